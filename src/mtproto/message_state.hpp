// SPDX-License-Identifier: MIT OR Apache-2.0
// https://core.telegram.org/mtproto/service_messages_about_messages: what the server says of a
// message
#pragma once

#include <mtp/core/config.hpp>

#include <cstdint>

namespace mtp::MTP_ABI::mtproto {

inline constexpr std::uint8_t state_mask = 7;
inline constexpr std::uint8_t state_received = 4;
/// Beside that: the server has an answer to it.
inline constexpr std::uint8_t answer_exists = 64;

}  // namespace mtp::MTP_ABI::mtproto
