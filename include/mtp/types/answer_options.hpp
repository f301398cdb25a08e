// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <chrono>
#include <string_view>

namespace mtp::MTP_ABI {

/// How the button of a bot's message is answered.
///
/// Lifetime: operations copy the views before they return. Threads: a value.
struct callback_answer_options {
  bool alert = false;         ///< the text must be closed by hand
  std::string_view url = {};  ///< is opened: a game, or a link to the bot itself
  /// Meanwhile the server gives the same answer to whoever presses the same button.
  std::chrono::seconds cache_time{0};
};

/// How results of an inline query are shown.
///
/// Lifetime: operations copy the views before they return. Threads: a value.
struct inline_answer_options {
  bool gallery = false;   ///< pictures beside each other
  bool personal = false;  ///< only the one who asked may get them again from the server
  std::chrono::seconds cache_time{300};
  std::string_view next_offset = {};  ///< comes back when more is wanted; empty: this is all
};

}  // namespace mtp::MTP_ABI
