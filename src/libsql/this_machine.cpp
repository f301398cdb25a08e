// SPDX-License-Identifier: MIT OR Apache-2.0
#include "libsql/this_machine.hpp"

#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string_view>
#include <system_error>

namespace mtp::MTP_ABI::libsql {
namespace {

/// Linux tells both; where one is missing nothing is known.
std::string name_of_machine() {
  std::string start;
  std::ifstream("/proc/sys/kernel/random/boot_id") >> start;
  std::error_code problem;
  auto const space = std::filesystem::read_symlink("/proc/self/ns/pid", problem).string();
  return start.empty() || space.empty() ? std::string() : start + " " + space;
}

/// The 22nd word of its line, behind the name of the program, which may contain anything.
std::int64_t beginning_of(std::int64_t process) {
  std::ifstream in("/proc/" + std::to_string(process) + "/stat");
  std::string line(std::istreambuf_iterator<char>(in), {});
  auto at = line.rfind(')');
  for (int i = 0; i < 20 && at != std::string::npos; ++i) at = line.find(' ', at + 1);
  std::int64_t out = 0;
  if (at != std::string::npos)
    std::from_chars(line.data() + at + 1, line.data() + line.size(), out);
  return out;
}

}  // namespace

running_process this_running_process() {
  auto const number = static_cast<std::int64_t>(::getpid());
  return {.machine = name_of_machine(), .number = number, .began = beginning_of(number)};
}

bool is_dead(running_process const& one) {
  if (one.machine.empty() || one.number <= 0 || one.machine != name_of_machine()) return false;
  if (::kill(static_cast<pid_t>(one.number), 0) != 0 && errno == ESRCH) return true;
  auto const began = beginning_of(one.number);
  return one.began != 0 && began != 0 && began != one.began;
}

}  // namespace mtp::MTP_ABI::libsql
