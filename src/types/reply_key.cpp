// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/type/ButtonType
#include <mtp/types/reply_key.hpp>

#include "types/buttons.hpp"

#include <mtp/tl/types/ButtonType.hpp>
#include <mtp/tl/types/ChatAdminRights.hpp>
#include <mtp/tl/types/RequestPeerType.hpp>

#include <utility>

namespace mtp::MTP_ABI {

reply_key::reply_key(std::string text) : reply_key(std::move(text), tl::buttonTypeDefault{}) {}

reply_key::reply_key(std::string text, tl::ButtonType does)
    : text_(std::move(text)), does_(std::move(does)) {
  detail::check_text(text_);
}

reply_key reply_key::phone(std::string text) {
  return {std::move(text), tl::buttonTypeRequestPhone{}};
}

reply_key reply_key::location(std::string text) {
  return {std::move(text), tl::buttonTypeRequestGeoLocation{}};
}

reply_key reply_key::poll(std::string text, std::optional<bool> quiz) {
  return {std::move(text), tl::buttonTypeRequestPoll{.quiz = quiz}};
}

reply_key reply_key::web_app(std::string text, std::string_view address) {
  return {std::move(text), tl::buttonTypeSimpleWebView{.url = tl::string(address)}};
}

reply_key reply_key::people(std::string text, std::int32_t number, people_wish wish,
                            chosen_peers_options told) {
  return peers(std::move(text), number,
               tl::requestPeerTypeUser{.bot = wish.bot, .premium = wish.premium}, told);
}

reply_key reply_key::group(std::string text, std::int32_t number, chat_wish wish,
                           chosen_peers_options told) {
  tl::requestPeerTypeChat of;
  of.creator = wish.own;
  of.bot_participant = wish.bot_member;
  of.has_username = wish.has_username;
  of.forum = wish.forum;
  return peers(std::move(text), number, std::move(of), told);
}

reply_key reply_key::channel(std::string text, std::int32_t number, chat_wish wish,
                             chosen_peers_options told) {
  tl::requestPeerTypeBroadcast of;
  of.creator = wish.own;
  of.has_username = wish.has_username;
  return peers(std::move(text), number, std::move(of), told);
}

reply_key reply_key::managed_bot(std::string text, std::int32_t number, std::string_view name,
                                 std::string_view username) {
  tl::requestPeerTypeCreateBot of;
  of.bot_managed = true;
  if (!name.empty()) of.suggested_name = tl::string(name);
  if (!username.empty()) of.suggested_username = tl::string(username);
  return peers(std::move(text), number, std::move(of));
}

reply_key reply_key::peers(std::string text, std::int32_t number, tl::RequestPeerType wish,
                           chosen_peers_options told) {
  tl::inputButtonTypeRequestPeer does;
  does.name_requested = told.name;
  does.username_requested = told.username;
  does.photo_requested = told.photo;
  does.button_id = number;
  does.peer_type = std::move(wish);
  does.max_quantity = told.max;
  return {std::move(text), std::move(does)};
}

reply_key reply_key::with(button_style style) const {
  auto out = *this;
  out.style_ = style;
  return out;
}

}  // namespace mtp::MTP_ABI
