// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/task.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace mtp::MTP_ABI {

/// How the code of a log-in reaches its person.
enum class code_delivery : std::uint8_t {
  unknown,      ///< in a way that this version does not know
  app,          ///< to the other devices that are signed in
  sms,          ///< in a text message
  call,         ///< told in a call
  email,        ///< to their address
  fragment,     ///< on fragment.com, for anonymous numbers
  flash_call,   ///< the number that calls is the code
  missed_call,  ///< the last digits of the number that calls are the code
  word,         ///< a word in a text message
  phrase,       ///< a phrase in a text message
};

/// "app", "sms", ...
MTP_API std::string_view name_of(code_delivery how) noexcept;

/// Where the code of a log-in went.
struct sent_code {
  code_delivery delivery = code_delivery::unknown;
  int length = 0;  ///< how many characters it has; 0 when the server did not say
  /// What else is known: the pattern of the number or address, the first digits of the number, the
  /// first letters of the phrase, the page.
  std::string clue = {};
};

/// Asks a person for the code that was sent to them. Lifetime: `sent` lives until it ends.
using code_prompt = std::function<task<std::string>(sent_code const& sent)>;

}  // namespace mtp::MTP_ABI
