// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/type/InlineButtonType
#include <mtp/types/inline_button.hpp>

#include "types/buttons.hpp"

#include <mtp/tl/types/InlineButtonType.hpp>
#include <mtp/tl/types/InlineQueryPeerType.hpp>
#include <mtp/tl/types/InputUser.hpp>

#include <utility>

namespace mtp::MTP_ABI {
namespace {

tl::inlineButtonTypeCallback callback_of(std::string_view data) {
  detail::check_limit(data.size(), inline_button::max_data, "bytes of callback data");
  return {.data = tl::bytes(data)};
}

tl::InlineQueryPeerType place_of(query_place place) {
  switch (place) {
    case query_place::same_bot: return tl::inlineQueryPeerTypeSameBotPM{};
    case query_place::people: return tl::inlineQueryPeerTypePM{};
    case query_place::bots: return tl::inlineQueryPeerTypeBotPM{};
    case query_place::groups: return tl::inlineQueryPeerTypeChat{};
    case query_place::supergroups: return tl::inlineQueryPeerTypeMegagroup{};
    case query_place::channels: return tl::inlineQueryPeerTypeBroadcast{};
  }
  return {};
}

}  // namespace

inline_button::inline_button(std::string text, tl::InlineButtonType does)
    : text_(std::move(text)), does_(std::move(does)) {
  detail::check_text(text_);
}

inline_button inline_button::callback(std::string text, std::string_view data) {
  return {std::move(text), callback_of(data)};
}

inline_button inline_button::callback_with_password(std::string text, std::string_view data) {
  auto does = callback_of(data);
  does.requires_password = true;
  return {std::move(text), std::move(does)};
}

inline_button inline_button::url(std::string text, std::string_view address) {
  return {std::move(text), tl::inlineButtonTypeUrl{.url = tl::string(address)}};
}

inline_button inline_button::log_in(std::string text, std::string_view address,
                                    log_in_options const& options) {
  tl::inputInlineButtonTypeUrlAuth does;
  does.request_write_access = options.write_access;
  does.url = tl::string(address);
  if (!options.forward_text.empty()) does.fwd_text = tl::string(options.forward_text);
  if (options.bot != 0)
    does.bot = tl::inputUser{.user_id = options.bot, .access_hash = options.bot_access_hash};
  return {std::move(text), std::move(does)};
}

inline_button inline_button::web_app(std::string text, std::string_view address) {
  return {std::move(text), tl::inlineButtonTypeWebView{.url = tl::string(address)}};
}

inline_button inline_button::switch_inline(std::string text, std::string_view query,
                                           std::vector<query_place> const& places) {
  tl::inlineButtonTypeSwitchInline does;
  does.query = tl::string(query);
  if (!places.empty()) does.peer_types.emplace();
  for (auto const place : places) does.peer_types->push_back(place_of(place));
  return {std::move(text), std::move(does)};
}

inline_button inline_button::switch_inline_here(std::string text, std::string_view query) {
  tl::inlineButtonTypeSwitchInline does;
  does.same_peer = true;
  does.query = tl::string(query);
  return {std::move(text), std::move(does)};
}

inline_button inline_button::copy(std::string text, std::string_view what) {
  if (what.empty()) detail::throw_no_button("a button that copies nothing");
  detail::check_limit(detail::count_characters(what), max_copied, "characters to copy");
  return {std::move(text), tl::inlineButtonTypeCopy{.copy_text = tl::string(what)}};
}

inline_button inline_button::profile(std::string text, std::int64_t user,
                                     std::int64_t access_hash) {
  tl::inputInlineButtonTypeUserProfile does;
  does.user_id = tl::inputUser{.user_id = user, .access_hash = access_hash};
  return {std::move(text), std::move(does)};
}

inline_button inline_button::game(std::string text) {
  return {std::move(text), tl::inlineButtonTypeGame{}};
}

inline_button inline_button::pay(std::string text) {
  return {std::move(text), tl::inlineButtonTypeBuy{}};
}

inline_button inline_button::disabled(std::string text) {
  return {std::move(text), tl::inlineButtonTypeDisabled{}};
}

inline_button inline_button::with(button_style style) const {
  auto out = *this;
  out.style_ = style;
  return out;
}

}  // namespace mtp::MTP_ABI
