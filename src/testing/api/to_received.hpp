// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "call_context.hpp"
#include "tl_values.hpp"

// Senders name people by an access hash of their own, readers are told whom by number.

namespace mtp::MTP_ABI::testing {

/// Entities as a message keeps them; no bytes when there are none. A mention of somebody whom the
/// sender cannot name is left out: the text stays.
bytes to_received_entities(call_context const& c, tl::list<tl::MessageEntity> const& sent);

/// A keyboard as a message keeps it: its buttons are those of readers, and the ones that ask for a
/// log-in are numbered from 0. No bytes when there is none.
///
/// Errors: BUTTON_USER_INVALID for the profile of somebody whom the sender cannot name.
outcome<bytes> to_received_markup(call_context const& c, tl::ReplyMarkup const& sent);

}  // namespace mtp::MTP_ABI::testing
