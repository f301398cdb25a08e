// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/secret.hpp>

#include <string>

namespace mtp::MTP_ABI::login {

/// How a code may come (https://core.telegram.org/api/auth): what the program can make of the ways
/// that need more than a person who reads. The server sends no code in a way that is not allowed.
struct code_options {
  /// The program sees which number calls: that number is the code.
  bool flash_call = false;
  /// The last digits of the number that calls are the code.
  bool missed_call = false;
  /// The number belongs to this very device. Counts with `flash_call`.
  bool this_device = false;
  /// There is a SIM card here, and nobody knows whether the number is its own.
  bool perhaps_this_device = false;
  /// Text messages end with the hash by which Android hands them to the program.
  bool app_hash = false;
  /// For a push of Firebase to iOS: the token of the device. Empty: none.
  secret<std::string> push_token = {};
  bool push_sandbox = false;  ///< that token is of Apple's test environment
};

}  // namespace mtp::MTP_ABI::login
