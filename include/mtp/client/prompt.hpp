// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/login/flow.hpp>

#include <functional>
#include <string>
#include <string_view>

namespace mtp::MTP_ABI {

/// Where prompt() asks: files of the system that are open already.
struct prompt_options {
  int input = 0;   ///< standard input
  int output = 2;  ///< standard error, so that what a program prints stays its own
  /// Draws the QR code that says a text, such as mtp::qr_code of the component mtp::qr; empty: none
  /// is drawn. Lines of UTF-8 that command no terminal. What it throws ends the log-in.
  std::function<std::string(std::string_view text)> draw = {};
  /// How the code of a number may come; copied before prompt() returns.
  login::code_options const* codes = nullptr;
};

/// Asks a person on a terminal for whatever a log-in needs: `co_await client.sign_in(prompt());`.
/// What is wrong with an answer is told before the question comes again. Passwords are not shown.
/// A QR code is drawn by `draw`, and the address is printed that it has to say. Lines may come from
/// a file or pipe too.
///
/// The terminal is as it was before whenever a question has ended, in whatever way. At Ctrl-C the
/// log-in ends with operation_aborted, as if it had been cancelled, and the session keeps what it
/// has.
///
/// Lifetime: the files stay open until the log-in has ended. Threads: reads where the log-in runs,
/// and holds up nothing there. Cancellation: of the questions, terminal. Errors: not_signed_in at
/// the end of the input; those of the system.
MTP_API login::asker prompt(prompt_options options = {});

}  // namespace mtp::MTP_ABI
