// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <cstdint>
#include <optional>
#include <type_traits>

namespace mtp::MTP_ABI {

/// How a message is sent.
struct send_message_options {
  std::optional<std::int32_t> reply_to = {};  ///< id of the message that this one answers
  bool silent = false;                        ///< deliver without a notification
  bool link_preview = true;                   ///< let the server show what a link points to
  /// What the servers know this message by; made up when absent. Whoever sends the same again under
  /// the same number, because a deadline passed or the program was started anew, gets the message
  /// that is there already. From a random generator, never 0.
  std::optional<std::int64_t> random_id = {};
};
static_assert(std::is_trivially_destructible_v<send_message_options>);

}  // namespace mtp::MTP_ABI
