// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/events/secret_chats.hpp>

#include "events/fields.hpp"

#include <mtp/tl/types/EncryptedChat.hpp>
#include <mtp/tl/types/EncryptedMessage.hpp>
#include <mtp/tl/types/Update.hpp>

namespace mtp::MTP_ABI {

namespace {

std::int32_t id_of(tl::EncryptedMessage const& message) {
  std::int32_t out = 0;
  message.visit([&](auto const& m) { out = m.chat_id; });
  return out;
}

}  // namespace

std::int32_t secret_chat_change::id() const {
  auto const* id = chat().id();
  return id ? *id : 0;
}

bool secret_chat_change::requested() const { return chat().holds<tl::encryptedChatRequested>(); }

bool secret_chat_change::open() const { return chat().holds<tl::encryptedChat>(); }

bool secret_chat_change::ended() const { return chat().holds<tl::encryptedChatDiscarded>(); }

std::optional<peer_id> secret_chat_change::creator() const {
  auto const* user = chat().admin_id();
  return user ? std::optional(peer_id{peer_kind::user, *user}) : std::nullopt;
}

std::chrono::sys_seconds secret_chat_change::date() const {
  return detail::to_date(*raw()->date());
}

tl::EncryptedChat const& secret_chat_change::chat() const {
  return as<tl::updateEncryption>()->chat;
}

std::int32_t secret_message::chat_id() const { return id_of(content()); }

tl::EncryptedMessage const& secret_message::content() const {
  return as<tl::updateNewEncryptedMessage>()->message;
}

std::int32_t secret_messages_read::chat_id() const {
  return as<tl::updateEncryptedMessagesRead>()->chat_id;
}

std::chrono::sys_seconds secret_messages_read::up_to() const {
  return detail::to_date(as<tl::updateEncryptedMessagesRead>()->max_date);
}

std::chrono::sys_seconds secret_messages_read::date() const {
  return detail::to_date(*raw()->date());
}

}  // namespace mtp::MTP_ABI
