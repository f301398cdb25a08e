// SPDX-License-Identifier: MIT OR Apache-2.0
#include "storage/file/file_lease.hpp"

#include "storage/file/checked_file.hpp"
#include "storage/this_process.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <string_view>

namespace mtp::MTP_ABI::detail {
namespace {

constexpr std::size_t max_holder_note = 4096;
constexpr std::int64_t max_since = 9'000'000'000;

/// The number behind `word` in one of the lines; 0 when there is none.
template <class Integer>
Integer number_of(std::string_view note, std::string_view word) {
  Integer value = 0;
  auto const at = note.find(word);
  if (at == std::string_view::npos) return 0;
  note.remove_prefix(at + word.size());
  std::from_chars(note.data(), note.data() + note.size(), value);
  return value;
}

std::string line_of(std::string_view note, std::string_view word) {
  auto const at = note.find(word);
  if (at == std::string_view::npos) return {};
  note.remove_prefix(at + word.size());
  return std::string(note.substr(0, std::min<std::size_t>(note.find('\n'), 255)));
}

/// What the last holder said of itself.
store_holder noted_holder(file_system& files, std::filesystem::path const& path) {
  auto const note = files.read(path, max_holder_note);
  return note && *note ? decode_holder(**note) : store_holder{};
}

}  // namespace

bytes encode_holder(store_holder const& holder) {
  auto const since =
      std::chrono::duration_cast<std::chrono::seconds>(holder.since.time_since_epoch());
  auto const text = fmt::format("process {}\nhost {}\nsince {}\nfence {}\n", holder.process,
                                holder.host, since.count(), holder.fence);
  return bytes(text.begin(), text.end());
}

store_holder decode_holder(bytes_view note) {
  auto const text = as_text(note);
  // What a clock counts in smaller parts has its end long before.
  auto const noted = std::clamp(number_of<std::int64_t>(text, "since "), -max_since, max_since);
  auto const since = std::chrono::seconds(noted);
  return {.host = line_of(text, "host "),
          .process = number_of<std::int64_t>(text, text.starts_with("process ") ? "process " : ""),
          .since = std::chrono::system_clock::time_point(since),
          .fence = number_of<std::uint64_t>(text, "fence ")};
}

file_lease::file_lease(std::filesystem::path const& path, file_system& files,
                       std::chrono::system_clock::time_point now) {
  auto const name = with_suffix(path, ".lock");
  auto lock = files.lock(name);
  bool const busy = !lock && lock.error() == std::errc::device_or_resource_busy;
  if (busy) throw store_in_use(path.string(), noted_holder(files, name));
  lock_ = checked(name, std::move(lock));
  // Between the opening and the locking somebody may have put another file there.
  if (!lock_->is_in_place()) throw store_in_use(path.string(), noted_holder(files, name));
  auto const before = lock_->note();
  auto const last = before ? decode_holder(*before).fence : 0;
  fence_ = std::max(last + 1, last);
  checked(name, lock_->set_note(encode_holder(this_process(now, fence_))));
}

owning_process::owning_process() : number_(::getpid()) {}

bool owning_process::is_here() const { return number_ == ::getpid(); }

std::filesystem::path with_suffix(std::filesystem::path path, char const* suffix) {
  path += suffix;
  return path;
}

std::filesystem::path resolved(std::filesystem::path const& path) {
  std::error_code failed;
  auto real = std::filesystem::weakly_canonical(std::filesystem::absolute(path, failed), failed);
  return failed ? path : real;
}

std::filesystem::path folder_of(std::filesystem::path const& path) {
  return path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
}

}  // namespace mtp::MTP_ABI::detail
