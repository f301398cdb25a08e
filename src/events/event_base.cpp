// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/events/event_base.hpp>

#include "events/update_access.hpp"

#include <cassert>

namespace mtp::MTP_ABI {

event_base::event_base(update const& from, [[maybe_unused]] event_tag tag)
    : raw_(from.raw()),
      client_(detail::update_access::client(from)),
      self_(detail::update_access::self(from)) {
  assert(from.tag() == tag);
}

}  // namespace mtp::MTP_ABI
