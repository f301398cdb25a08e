// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/events/client_change.hpp>

#include "events/update_access.hpp"

#include <cassert>

namespace mtp::MTP_ABI {

std::string_view name_of(client_change_kind kind) noexcept {
  switch (kind) {
    case client_change_kind::connected: return "connected";
    case client_change_kind::disconnected: return "disconnected";
    case client_change_kind::kept_away: return "kept away";
    case client_change_kind::caught_up: return "caught up";
    case client_change_kind::signed_in: return "signed in";
    case client_change_kind::signed_out: return "signed out";
    case client_change_kind::revoked: return "revoked";
    case client_change_kind::key_duplicated: return "key duplicated";
    case client_change_kind::frozen: return "frozen";
    case client_change_kind::unfrozen: return "unfrozen";
    case client_change_kind::key_suspect: return "key suspect";
    case client_change_kind::key_trusted: return "key trusted";
  }
  return "unknown";
}

client_change::client_change(update const& from)
    : kind_(detail::update_access::change(from)), why_(detail::update_access::why(from)) {
  assert(from.tag() == tag);
}

}  // namespace mtp::MTP_ABI
