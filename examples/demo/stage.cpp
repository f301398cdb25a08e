// SPDX-License-Identifier: MIT OR Apache-2.0
#include "stage.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace demo {
namespace {

constexpr int bold = 1, faint = 2, green = 32, yellow = 33, cyan = 36;

}  // namespace

stage::stage() : colours_(isatty(STDOUT_FILENO) == 1 && std::getenv("NO_COLOR") == nullptr) {}

std::string stage::paint(int colour, std::string_view text) const {
  return colours_ ? fmt::format("\x1b[{}m{}\x1b[0m", colour, text) : std::string(text);
}

void stage::title(std::string_view text) const {
  fmt::print("\n{}\n\n", paint(bold, text));
  std::fflush(stdout);
}

void stage::fact(std::string_view name, std::string_view text) const {
  fmt::print("  {} {}\n", paint(faint, fmt::format("{:<12}", name)), text);
  std::fflush(stdout);
}

void stage::line(std::string_view who, std::string_view text, bool answer,
                 std::string_view remark) const {
  auto const name = paint(answer ? green : cyan, fmt::format("{:>6}", who));
  fmt::print("  {} {} {}", name, answer ? "<" : ">", text);
  if (!remark.empty()) fmt::print("   {}", paint(faint, remark));
  fmt::print("\n");
  std::fflush(stdout);
}

void stage::event(std::string_view text) const {
  fmt::print("  {}\n", paint(yellow, fmt::format("       * {}", text)));
  std::fflush(stdout);
}

}  // namespace demo
