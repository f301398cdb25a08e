// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/transfer/progress_ref.hpp>

#include <string>
#include <string_view>

namespace mtp::MTP_ABI {

/// One line that says how far a transfer is: "holiday.mp4  [######    ]  61 %  12.4 MiB/s  0:07".
/// Characters of `label` that command a terminal are replaced.
MTP_API std::string to_line(transfer_progress const& now, std::string_view label = {});

/// Draws the progress of a transfer on a terminal, some ten times a second. Says nothing where
/// there is no terminal. Goes into the options of a transfer: `{.on_progress = bar}`.
///
/// Threads: not thread-safe; one transfer at a time.
class MTP_API progress_bar {
 public:
  /// On standard error, unless that is another descriptor.
  explicit progress_bar(std::string_view label = {}, int output = 2);
  progress_bar(progress_bar const&) = delete;
  progress_bar& operator=(progress_bar const&) = delete;
  /// Ends the line.
  ~progress_bar();

  void operator()(transfer_progress const& now);

 private:
  void write(std::string_view text) const;

  std::string label_;
  int output_;
  bool is_terminal_;
  bool in_line_ = false;
  duration next_ = {};  ///< of the time that the transfer takes
};

}  // namespace mtp::MTP_ABI
