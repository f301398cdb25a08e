// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/storage/peer_id.hpp>
#include <mtp/tl/forward.hpp>
#include <mtp/types/membership.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace mtp::MTP_ABI::detail {

/// What an update says of somebody in a group or channel.
std::optional<peer_id> actor_in(tl::Update const& of);
std::optional<member_status> status_before(tl::Update const& of);
std::optional<member_status> status_now(tl::Update const& of);
std::string_view rank_in(tl::Update const& of);
/// Which basic group a list is of.
std::int64_t group_of(tl::ChatParticipants const& list);

/// Whether somebody of that status is in the chat; empty for nothing.
inline std::optional<bool> is_inside(std::optional<member_status> status) {
  if (!status) return {};
  return *status != member_status::none && *status != member_status::banned;
}

}  // namespace mtp::MTP_ABI::detail
