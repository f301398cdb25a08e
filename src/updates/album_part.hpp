// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/tl/forward.hpp>

#include <compare>
#include <cstdint>
#include <optional>
#include <vector>

namespace mtp::MTP_ABI::updates {

/// A conversation, as the numbers of its messages are unique in it.
struct album_chat {
  std::uint16_t kind = 0;  ///< a tag of tl::Peer
  std::int64_t id = 0;
  auto operator<=>(album_chat const&) const = default;
};

bool is_channel(album_chat const& chat);

/// Where a new message stands.
struct album_place {
  album_chat chat = {};
  std::int32_t message = 0;
  std::optional<std::int64_t> group = {};  ///< empty: it is no part of an album
};

/// Empty when the update brings no new message.
std::optional<album_place> album_place_of(tl::Update const& of);

/// The messages that the update changes or deletes.
struct album_touch {
  std::optional<album_chat> chat = {};  ///< empty: any that is no channel
  std::vector<std::int32_t> messages = {};
};
album_touch album_touch_of(tl::Update const& of);

}  // namespace mtp::MTP_ABI::updates
