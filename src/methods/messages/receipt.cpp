// SPDX-License-Identifier: MIT OR Apache-2.0
#include "methods/messages/receipt.hpp"

#include <mtp/tl/types/Update.hpp>

namespace mtp::detail {

receipt::receipt(received<tl::Updates> const& answer, std::int64_t random_id) : answer_(answer) {
  if (auto const* all = answer->get_if<tl::updates_>()) read(all->updates, random_id);
  if (auto const* all = answer->get_if<tl::updatesCombined>()) read(all->updates, random_id);
}

received<tl::message> receipt::message() const {
  if (!message_) return {};
  return {answer_, message_};
}

void receipt::read(tl::list<tl::Update> const& updates, std::int64_t random_id) {
  for (auto const& update : updates) {
    auto const* named = update.get_if<tl::updateMessageID>();
    if (named && named->random_id == random_id) id_ = named->id;
  }
  for (auto const& update : updates) {
    if (auto const* u = update.get_if<tl::updateNewMessage>()) note(u->message);
    if (auto const* u = update.get_if<tl::updateNewChannelMessage>()) note(u->message);
  }
}

void receipt::note(tl::Message const& one) {
  auto const* text = one.get_if<tl::message>();
  if (text && text->id == id_) message_ = text;
}

}  // namespace mtp::detail
