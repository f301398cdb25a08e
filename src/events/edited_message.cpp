// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/events/edited_message.hpp>

#include "events/message_in.hpp"
#include "events/update_access.hpp"

#include <mtp/tl/types/Message.hpp>

#include <cassert>

namespace mtp::MTP_ABI {

edited_message::edited_message(update const& from)
    : message(received<tl::message>(from.raw(), detail::message_in(*from.raw())),
              detail::update_access::client(from), detail::update_access::self(from)) {
  assert(from.tag() == tag);
}

bool edited_message::quiet() const { return raw()->edit_hide; }

}  // namespace mtp::MTP_ABI
