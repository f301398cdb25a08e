// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <cstdint>
#include <optional>
#include <type_traits>

namespace mtp::MTP_ABI {

/// How a file is sent.
struct send_file_options {
  bool as_photo = false;                      ///< shown as a picture, which the servers shrink
  bool spoiler = false;                       ///< hidden until somebody taps on it
  std::optional<std::int32_t> reply_to = {};  ///< id of the message that this one answers
  bool silent = false;                        ///< deliver without a notification
  /// As send_message_options::random_id.
  std::optional<std::int64_t> random_id = {};
};
static_assert(std::is_trivially_destructible_v<send_file_options>);

}  // namespace mtp::MTP_ABI
