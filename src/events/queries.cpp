// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/events/queries.hpp>

#include "events/fields.hpp"

#include <mtp/tl/types/EphemeralMessage.hpp>
#include <mtp/tl/types/InlineQueryPeerType.hpp>
#include <mtp/tl/types/InputBotInlineMessageID.hpp>
#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/Update.hpp>

#include <utility>

namespace mtp::MTP_ABI {

std::int64_t callback_query::id() const { return *raw()->query_id(); }

peer_id callback_query::sender() const { return {peer_kind::user, *raw()->user_id()}; }

std::optional<peer_id> callback_query::chat() const { return detail::chat_in(*raw()); }

std::optional<std::int32_t> callback_query::message_id() const {
  return detail::message_id_in(*raw());
}

tl::InputBotInlineMessageID const* callback_query::inline_message_id() const {
  auto const* u = as<tl::updateInlineBotCallbackQuery>();
  return u ? detail::if_set(u->msg_id) : nullptr;
}

std::string_view callback_query::data() const { return detail::callback_data(*raw()); }

std::string_view callback_query::game() const {
  auto const* name = raw()->game_short_name();
  return name ? name->view() : std::string_view();
}

std::int64_t callback_query::chat_instance() const {
  auto const* instance = raw()->chat_instance();
  return instance ? *instance : 0;
}

std::string_view callback_query::business_connection() const {
  auto const* id = raw()->connection_id();
  return id ? id->view() : std::string_view();
}

std::int64_t inline_query::id() const { return as<tl::updateBotInlineQuery>()->query_id; }

peer_id inline_query::sender() const { return {peer_kind::user, *raw()->user_id()}; }

tl::string const& inline_query::query() const { return as<tl::updateBotInlineQuery>()->query; }

tl::string const& inline_query::offset() const { return as<tl::updateBotInlineQuery>()->offset; }

tl::GeoPoint const* inline_query::location() const {
  return detail::if_set(as<tl::updateBotInlineQuery>()->geo);
}

tl::InlineQueryPeerType const* inline_query::chat_type() const {
  return detail::if_set(as<tl::updateBotInlineQuery>()->peer_type);
}

peer_id chosen_inline_result::sender() const { return {peer_kind::user, *raw()->user_id()}; }

tl::string const& chosen_inline_result::query() const {
  return as<tl::updateBotInlineSend>()->query;
}

tl::string const& chosen_inline_result::result_id() const {
  return as<tl::updateBotInlineSend>()->id;
}

tl::InputBotInlineMessageID const* chosen_inline_result::inline_message_id() const {
  return detail::if_set(as<tl::updateBotInlineSend>()->msg_id);
}

tl::GeoPoint const* chosen_inline_result::location() const {
  return detail::if_set(as<tl::updateBotInlineSend>()->geo);
}

std::int64_t guest_chat_query::id() const { return as<tl::updateBotGuestChatQuery>()->query_id; }

std::optional<mtp::message> guest_chat_query::message() const {
  return detail::message_of({raw(), &as<tl::updateBotGuestChatQuery>()->message}, client_, self_);
}

tl::list<tl::Message> const* guest_chat_query::references() const {
  return detail::if_set(as<tl::updateBotGuestChatQuery>()->reference_messages);
}

std::int64_t web_app_sent::id() const { return *raw()->query_id(); }

peer_id join_decision::chat() const { return detail::chat_in(*raw()).value_or(peer_id{}); }

std::int64_t join_decision::id() const { return *raw()->query_id(); }

tl::JoinChatBotResult const& join_decision::result() const {
  return as<tl::updateJoinChatWebViewDecision>()->result;
}

std::optional<std::int64_t> web_hook_event::id() const {
  return detail::copy_of(raw()->query_id());
}

tl::string const& web_hook_event::json() const {
  auto const* query = as<tl::updateBotWebhookJSONQuery>();
  return query ? query->data.data : as<tl::updateBotWebhookJSON>()->data.data;
}

}  // namespace mtp::MTP_ABI
