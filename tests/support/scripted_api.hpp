// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "support/scripted_server.hpp"

#include <mtp/tl/decode.hpp>
#include <mtp/tl/encode.hpp>
#include <mtp/tl/functions/auth.hpp>
#include <mtp/tl/functions/messages.hpp>
#include <mtp/tl/functions/root.hpp>
#include <mtp/tl/functions/updates.hpp>
#include <mtp/tl/functions/users.hpp>
#include <mtp/tl/types/InputClientProxy.hpp>
#include <mtp/tl/types/InputUser.hpp>
#include <mtp/tl/types/JSONValue.hpp>
#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/Update.hpp>
#include <mtp/tl/types/Updates.hpp>
#include <mtp/tl/types/User.hpp>
#include <mtp/tl/types/auth/Authorization.hpp>
#include <mtp/tl/types/help/TermsOfService.hpp>
#include <mtp/tl/types/updates/Difference.hpp>
#include <mtp/tl/types/updates/State.hpp>

#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace mtp::test {

template <class T>
bytes to_bytes(T const& value) {
  auto out = tl::encode(value);
  if (!out) throw std::logic_error(out.error().text());
  return *std::move(out);
}

/// The API of a very small data centre: one bot, one person who writes to it. Whatever it is asked,
/// a test may answer first.
class scripted_api {
 public:
  static constexpr std::int64_t bot_id = 777000777;
  static constexpr std::string_view token = "777000777:secret";
  static constexpr std::int64_t alice_id = 42;

  using reply = scripted_server::reply;
  /// What a test says to a call with that constructor id; empty leaves it to the API.
  std::function<std::optional<reply>(std::uint32_t id, bytes_view query)> first = {};

  std::map<std::uint32_t, int> asked = {};  ///< how often, by constructor id
  int logins = 0;
  int init_connections = 0;
  bool signed_in = false;
  std::vector<std::string> sent = {};  ///< by the bot
  std::vector<std::int64_t> random_ids = {};

  reply operator()(bytes const& body) {
    bytes_view query = body;
    received<tl::invokeWithLayer> layer;
    received<tl::initConnection> who;
    if (load_le<std::uint32_t>(query.data()) == tl::invokeWithLayer::tl_id) {
      layer = *tl::decode<tl::invokeWithLayer>(query);
      who = *tl::decode<tl::initConnection>(layer->query.view());
      query = who->query.view();
      ++init_connections;
    }
    auto const id = load_le<std::uint32_t>(query.data());
    ++asked[id];
    if (first) {
      if (auto said = first(id, query)) return *said;
    }
    return answer(id, query);
  }

  /// Alice writes. What the server pushes; it stands in the difference too.
  tl::Updates alice_writes(std::string_view text) { return news_of(keep(text, false)); }
  /// The same with a message of any kind, whose id is next_id().
  tl::Updates alice_sends(tl::Message message) {
    mailbox_.push_back(message);
    return news_of(std::move(message));
  }
  std::int32_t next_id() const { return pts() + 1; }
  std::int32_t pts() const { return static_cast<std::int32_t>(mailbox_.size()); }

 private:
  tl::Updates news_of(tl::Message message) const {
    tl::updateNewMessage update;
    update.message = std::move(message);
    update.pts = pts();
    update.pts_count = 1;
    tl::updates_ all;
    all.updates.push_back(std::move(update));
    all.users.push_back(alice());
    all.date = 1'700'000'000;
    return all;
  }

  reply answer(std::uint32_t id, bytes_view query) {
    if (id == tl::auth::importBotAuthorization::tl_id) return log_in(query);
    if (!signed_in) return scripted_server::refusal{401, "AUTH_KEY_UNREGISTERED"};
    if (id == tl::users::getUsers::tl_id) return to_bytes(tl::list<tl::User>{bot()});
    if (id == tl::updates::getState::tl_id) return to_bytes(state());
    if (id == tl::updates::getDifference::tl_id) return difference(query);
    if (id == tl::messages::sendMessage::tl_id) return send(query);
    return scripted_server::refusal{400, "METHOD_INVALID"};
  }

  reply log_in(bytes_view query) {
    auto const call = *tl::decode<tl::auth::importBotAuthorization>(query);
    if (std::string_view(call->bot_auth_token) != token)
      return scripted_server::refusal{400, "ACCESS_TOKEN_INVALID"};
    ++logins;
    signed_in = true;
    tl::auth::authorization out;
    out.user = bot();
    return to_bytes(out);
  }

  reply difference(bytes_view query) {
    auto const call = *tl::decode<tl::updates::getDifference>(query);
    if (call->pts >= pts()) {
      tl::updates::differenceEmpty none;
      none.date = 1'700'000'000;
      return to_bytes(none);
    }
    tl::updates::difference out;
    for (auto i = static_cast<std::size_t>(call->pts); i < mailbox_.size(); ++i)
      out.new_messages.push_back(mailbox_[i]);
    out.users.push_back(alice());
    out.state = state();
    return to_bytes(out);
  }

  reply send(bytes_view query) {
    auto const call = *tl::decode<tl::messages::sendMessage>(query);
    for (std::size_t i = 0; i < random_ids.size(); ++i) {
      if (random_ids[i] == call->random_id)
        return scripted_server::refusal{400, "RANDOM_ID_DUPLICATE"};
    }
    random_ids.push_back(call->random_id);
    sent.push_back(call->message.str());
    keep(call->message, true);
    tl::updateShortSentMessage out;
    out.out = true;
    out.id = out.pts = pts();
    out.pts_count = 1;
    out.date = 1'700'000'000;
    return to_bytes(out);
  }

  tl::message keep(std::string_view text, bool out) {
    tl::message message;
    message.out = out;
    message.id = pts() + 1;
    message.peer_id = tl::peerUser{.user_id = alice_id};
    message.message = text;
    message.date = 1'700'000'000;
    mailbox_.push_back(message);
    return message;
  }

  tl::updates::state state() const {
    return {.pts = pts(), .qts = 0, .date = 1'700'000'000, .seq = 0, .unread_count = 0};
  }
  static tl::user bot() {
    tl::user out;
    out.self = out.bot = true;
    out.id = bot_id;
    out.access_hash = 1;
    out.first_name = tl::string("Echo");
    out.username = tl::string("echo_bot");
    out.bot_info_version = 1;
    return out;
  }
  static tl::user alice() {
    tl::user out;
    out.id = alice_id;
    out.access_hash = 4242;
    out.first_name = tl::string("Alice");
    return out;
  }

  std::vector<tl::Message> mailbox_;
};

/// Answers the calls of one function, always alike.
template <class Function>
auto always(scripted_api::reply what) {
  return [what](std::uint32_t id, bytes_view) -> std::optional<scripted_api::reply> {
    if (id != Function::tl_id) return {};
    return what;
  };
}

}  // namespace mtp::test
