// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/events/all.hpp>
#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/MessageAction.hpp>
#include <mtp/tl/types/MessageEntity.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/Update.hpp>

#include <string>
#include <utility>

namespace mtp::test {

inline tl::message a_message(std::string const& text) {
  tl::message out{.id = 7, .peer_id = tl::peerUser{42}, .date = 1, .message = text};
  out.entities = {tl::messageEntityBold{.offset = 0, .length = 2},
                  tl::messageEntityItalic{.offset = 2, .length = 1}};
  return out;
}

/// As one that came from the wire and that nobody else holds.
inline update as_update(tl::Update raw) {
  return update(received<tl::Update>::own(std::move(raw)));
}
inline update a_new_message(std::string const& text) {
  return as_update(tl::updateNewMessage{.message = a_message(text), .pts = 1, .pts_count = 1});
}
inline update an_unreadable() { return update::unreadable(slice(bytes{1, 2, 3, 4})); }

}  // namespace mtp::test
