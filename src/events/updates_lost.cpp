// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/events/updates_lost.hpp>

#include "events/update_access.hpp"

#include <cassert>

namespace mtp::MTP_ABI {

updates_lost::updates_lost(update const& from) : what_(detail::update_access::loss(from)) {
  assert(from.tag() == tag);
}

std::optional<peer_id> updates_lost::chat() const {
  if (what_.box != updates::update_number::order::channel) return {};
  return peer_id{peer_kind::channel, what_.channel};
}

std::optional<std::pair<std::int32_t, std::int32_t>> updates_lost::messages() const {
  if (what_.first_message == 0) return {};
  return std::pair(what_.first_message, what_.last_message);
}

std::string updates_lost::text() const { return describe(what_); }

}  // namespace mtp::MTP_ABI
