// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/storage/stored_peer.hpp>
#include <mtp/tl/forward.hpp>
#include <mtp/tl/list.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mtp::MTP_ABI::detail {

/// What a received user or chat says that is kept. To look whether that is known already takes no
/// memory.
///
/// Lifetime: refers to the object it was made of.
struct met_peer {
  peer_id id = {};
  std::int64_t access_hash = 0;  ///< 0 for min objects, whose hash serves other purposes
  bool min = false;
  bool whole = false;
  peer_shape shape = peer_shape::unknown;
  std::string_view first_name = {};  ///< or the title
  std::string_view last_name = {};
  std::string_view username = {};
  tl::list<tl::Username> const* usernames = nullptr;  ///< when it has several
  std::string_view phone = {};

  /// Whether `stored` says all of this.
  bool is_in(stored_peer const& stored) const;
  stored_peer to_stored(std::int32_t now) const;
};

/// Empty for what says nothing of anybody.
std::optional<met_peer> met_peer_of(tl::User const& who);
std::optional<met_peer> met_peer_of(tl::Chat const& where);

}  // namespace mtp::MTP_ABI::detail
