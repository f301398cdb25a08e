// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/tl/forward.hpp>
#include <mtp/tl/received.hpp>

#include <cstdint>

namespace mtp::MTP_ABI::updates {

/// The update that a short form stands for. `self` is the account; 0 when that is not known.
received<tl::Update> from_short_form(tl::updateShortMessage const& from, std::int64_t self);
received<tl::Update> from_short_form(tl::updateShortChatMessage const& from);

/// The update around a message that a difference brings without one; empty for an empty message.
received<tl::Update> from_message(tl::Message const& message);
received<tl::Update> from_message(tl::EncryptedMessage const& message);

}  // namespace mtp::MTP_ABI::updates
