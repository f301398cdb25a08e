// SPDX-License-Identifier: MIT OR Apache-2.0
//
// One number for peers of all kinds, as the Bot API has it: core.telegram.org/api/bots/ids.
#pragma once

#include <mtp/storage/marked_id.hpp>

#include <optional>

namespace mtp::MTP_ABI::sqlite {

/// 0, which names nobody, for a number that no such peer has.
constexpr std::int64_t to_marked(peer_id peer) { return to_marked_id(peer).value_or(0); }

/// Nothing for a number that is none of a user, a group or a channel.
constexpr std::optional<peer_id> from_marked(std::int64_t number) { return from_marked_id(number); }

/// The channel that a key of update states names, which may be marked or not.
constexpr std::int64_t channel_of(std::int64_t number) {
  using namespace mtp::detail;
  bool const marked = number < -channel_mark && number >= -channel_mark - max_monoforum;
  return marked ? -channel_mark - number : number;
}

}  // namespace mtp::MTP_ABI::sqlite
