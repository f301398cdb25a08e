// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/events/business.hpp>

#include "events/fields.hpp"

#include <mtp/tl/types/BotBusinessConnection.hpp>
#include <mtp/tl/types/BusinessBotRights.hpp>
#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/QuickReply.hpp>
#include <mtp/tl/types/Update.hpp>

#include <utility>

namespace mtp::MTP_ABI {

tl::string const& business_connection::id() const { return connection().connection_id; }

peer_id business_connection::user() const { return {peer_kind::user, connection().user_id}; }

bool business_connection::enabled() const { return !connection().disabled; }

tl::businessBotRights const* business_connection::rights() const {
  return connection().rights.get();
}

std::chrono::sys_seconds business_connection::date() const {
  return detail::to_date(connection().date);
}

tl::botBusinessConnection const& business_connection::connection() const {
  return as<tl::updateBotBusinessConnect>()->connection;
}

tl::string const& business_message::connection_id() const { return *raw()->connection_id(); }

bool business_message::edited() const { return raw()->holds<tl::updateBotEditBusinessMessage>(); }

std::optional<mtp::message> business_message::message() const {
  auto const* u = as<tl::updateBotNewBusinessMessage>();
  auto const* text = u ? &u->message : &as<tl::updateBotEditBusinessMessage>()->message;
  return detail::message_of({raw(), text}, client_, self_);
}

std::optional<mtp::message> business_message::reply_to() const {
  return detail::message_of({raw(), raw()->reply_to_message()}, client_, self_);
}

tl::string const& deleted_business_messages::connection_id() const {
  return *raw()->connection_id();
}

peer_id deleted_business_messages::chat() const {
  return detail::chat_in(*raw()).value_or(peer_id{});
}

tl::list<std::int32_t> const& deleted_business_messages::ids() const { return *raw()->messages(); }

std::optional<std::int32_t> quick_reply_change::shortcut() const {
  return detail::shortcut_in(*raw());
}

bool quick_reply_change::deleted() const { return raw()->holds<tl::updateDeleteQuickReply>(); }

tl::list<std::int32_t> const* quick_reply_change::deleted_messages() const {
  return raw()->messages();
}

peer_id managed_bot_change::user() const { return {peer_kind::user, *raw()->user_id()}; }

std::int64_t managed_bot_change::bot_id() const { return *raw()->bot_id(); }

}  // namespace mtp::MTP_ABI
