// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/transfer/progress_bar.hpp>

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

namespace mtp::MTP_ABI {
namespace {

constexpr int bar_width = 24;
constexpr std::size_t max_label = 32;
constexpr duration redraw_every = std::chrono::milliseconds(100);

std::string printable_label(std::string_view label) {
  std::string out(label.substr(0, max_label));
  for (char& c : out) {
    auto const byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f) c = '?';
  }
  return out;
}

std::string size_text(double bytes) {
  static constexpr std::string_view units[] = {"B", "KiB", "MiB", "GiB", "TiB"};
  std::size_t unit = 0;
  while (bytes >= 1024 && unit + 1 < std::size(units)) bytes /= 1024, ++unit;
  return unit == 0 ? fmt::format("{:.0f} {}", bytes, units[unit])
                   : fmt::format("{:.1f} {}", bytes, units[unit]);
}

std::string time_text(std::chrono::seconds left) {
  auto const count = left.count();
  if (count < 3600) return fmt::format("{}:{:02}", count / 60, count % 60);
  return fmt::format("{}:{:02}:{:02}", count / 3600, count / 60 % 60, count % 60);
}

/// How much of it is done, from 0 to 1.
double part_of(std::uint64_t done, std::uint64_t total) {
  return total == 0 ? 1 : std::min(1., static_cast<double>(done) / static_cast<double>(total));
}

std::string bar_text(double part) {
  auto const full = static_cast<std::size_t>(part * bar_width);
  return fmt::format("[{:<{}}] {:3.0f} %", std::string(full, '#'), bar_width,
                     static_cast<double>(static_cast<int>(part * 100)));
}

std::string pace_text(transfer_progress const& now) {
  if (now.state == transfer_state::waiting) return "waits for the server";
  if (now.state == transfer_state::paused) return "paused";
  auto out = size_text(now.rate) + "/s";
  if (now.left && now.state == transfer_state::running) out += "  " + time_text(*now.left);
  return out;
}

}  // namespace

std::string to_line(transfer_progress const& now, std::string_view label) {
  auto const how_far = now.total ? bar_text(part_of(now.done, *now.total))
                                 : size_text(static_cast<double>(now.done));
  auto const rest = fmt::format("{}  {}", how_far, pace_text(now));
  return label.empty() ? rest : fmt::format("{}  {}", printable_label(label), rest);
}

progress_bar::progress_bar(std::string_view label, int output)
    : label_(label), output_(output), is_terminal_(::isatty(output) == 1) {}

progress_bar::~progress_bar() {
  if (in_line_) write("\n");
}

void progress_bar::operator()(transfer_progress const& now) {
  bool const is_due = now.elapsed >= next_ || now.state != transfer_state::running;
  if (!is_terminal_ || !is_due) return;
  next_ = now.elapsed + redraw_every;
  in_line_ = true;
  write("\r" + to_line(now, label_) + "\x1b[K");
}

/// What a terminal does not take at once is left out: the next line says more.
void progress_bar::write(std::string_view text) const {
  [[maybe_unused]] auto const written = ::write(output_, text.data(), text.size());
}

}  // namespace mtp::MTP_ABI
