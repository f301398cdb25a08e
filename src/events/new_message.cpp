// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/events/new_message.hpp>

#include "events/message_in.hpp"
#include "events/update_access.hpp"

#include <cassert>

namespace mtp::MTP_ABI {

using access = detail::update_access;

new_message::new_message(update const& from)
    : message(received<tl::message>(from.raw(), detail::message_in(*from.raw())),
              access::client(from), access::self(from)) {
  assert(from.tag() == tag);
}

}  // namespace mtp::MTP_ABI
