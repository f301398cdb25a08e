// SPDX-License-Identifier: MIT OR Apache-2.0
#include "events/message_in.hpp"

#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/Update.hpp>

namespace mtp::MTP_ABI::detail {

tl::message const* message_in(tl::Update const& update) {
  tl::Message const* message = nullptr;
  if (auto const* u = update.get_if<tl::updateNewMessage>()) message = &u->message;
  if (auto const* u = update.get_if<tl::updateNewChannelMessage>()) message = &u->message;
  if (auto const* u = update.get_if<tl::updateEditMessage>()) message = &u->message;
  if (auto const* u = update.get_if<tl::updateEditChannelMessage>()) message = &u->message;
  return message ? message->get_if<tl::message>() : nullptr;
}

}  // namespace mtp::MTP_ABI::detail
