// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/secret.hpp>
#include <mtp/core/task.hpp>

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace mtp::MTP_ABI::detail {

/// Lines of a terminal, or of whatever stands in its place.
///
/// Threads: not thread-safe; belongs to the strand on which its lines are read.
class terminal {
 public:
  terminal(int input, int output) : input_(input), output_(output) {}
  terminal(terminal const&) = delete;
  terminal& operator=(terminal const&) = delete;
  ~terminal();

  /// Shows text of whatever origin: characters that command a terminal are replaced. What cannot be
  /// written is left out.
  void show(std::string_view text) const;
  /// The next line, without its end; empty at the end of the input. What is typed is not shown when
  /// it is `hidden`.
  ///
  /// Cancellation: terminal. Errors: operation_aborted at SIGINT and SIGTERM too; those of the
  /// system.
  task<std::optional<secret<std::string>>> read_line(bool hidden);

 private:
  task<> wait_for_input();
  std::optional<secret<std::string>> take_line();
  secret<std::string> take(std::size_t length, std::size_t with_end);
  bool read_some();

  int input_;
  int output_;
  std::array<char, 4096> held_ = {};  ///< more is in no line of a terminal
  std::size_t size_ = 0;
};

/// `text` without what commands a terminal: it may come from a server.
std::string harmless(std::string_view text);

}  // namespace mtp::MTP_ABI::detail
