// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/events/unknown_update.hpp>

#include "events/update_access.hpp"

#include <cassert>

namespace mtp::MTP_ABI {

unknown_update::unknown_update(update const& from)
    : body_(detail::update_access::unreadable(from)) {
  assert(from.tag() == tag);
}

}  // namespace mtp::MTP_ABI
