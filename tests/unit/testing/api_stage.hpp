// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "memory_client.hpp"

#include <mtp/testing/layer_set.hpp>
#include <mtp/tl/api.hpp>

#include <testing/api/api_server.hpp>

#include <memory>
#include <string>

namespace mtp::test {

inline crypto::rsa_private_key const& stage_key() {
  static auto const key = crypto::rsa_private_key::generate();
  return key;
}

/// A whole data centre without sockets.
struct api_stage {
  api_stage() { api.addresses() = {{2, "127.0.0.1", 4430}}; }

  testing::world population = testing::default_world(1'800'000'000);
  testing::key_ring keys;
  testing::layer_set layers;
  testing::api_server api{population, keys, system_random(), layers, {}, false};
  testing::hub core{stage_key(), keys, api, system_random()};
};

/// A client that calls typed functions of our layer and reads typed answers.
class api_client : public memory_client {
 public:
  explicit api_client(api_stage& stage, testing::dc_address where = {})
      : memory_client(stage.core, stage_key().public_key(), std::move(where)) {
    if (!shake_hands()) throw std::runtime_error("no key");
  }
  /// Another session under a key that is known already.
  api_client(api_stage& stage, crypto::auth_key const& key, testing::dc_address where = {})
      : memory_client(stage.core, stage_key().public_key(), std::move(where)) {
    begin_session(key);
  }

  /// As a fresh connection does: in initConnection.
  template <class F>
  static bytes initialised(F const& call, std::int32_t layer = tl::layer) {
    tl::initConnection init;
    init.api_id = 1;
    init.query = tl::raw(testing::encode_object(call));
    tl::invokeWithLayer outer;
    outer.layer = layer;
    outer.query = tl::raw(testing::encode_object(init));
    return testing::encode_object(outer);
  }

  /// Calls `F`; the first call is wrapped. The answer, empty when it was refused.
  template <class F>
  received<typename F::response> call(F const& request) {
    auto const body = call_bytes(first_ ? initialised(request) : testing::encode_object(request));
    first_ = false;
    if (body.empty()) return {};
    auto read = tl::decode<typename F::response>(body);
    if (!read) throw std::runtime_error(read.error().text());
    return *read;
  }

  /// Calls something that answers Bool.
  template <class F>
  bool yes(F const& request) {
    auto const body = call_bytes(first_ ? initialised(request) : testing::encode_object(request));
    first_ = false;
    return body.size() == 4 && load_le<std::uint32_t>(body.data()) == 0x997275b5;
  }

  /// What the call is refused with; empty when it is not.
  template <class F>
  std::string refusal(F const& request) {
    call_bytes(first_ ? initialised(request) : testing::encode_object(request));
    first_ = false;
    return last_refusal;
  }

  bytes call_bytes(bytes body) {
    last_refusal.clear();
    auto const wanted = ask(std::move(body));
    for (auto const& e : events) {
      if (auto const* a = std::get_if<mtproto::session_events::answer>(&e);
          a && a->request == wanted)
        return a->body.to_bytes();
      if (auto const* r = std::get_if<mtproto::session_events::refusal>(&e);
          r && r->request == wanted)
        last_refusal = std::to_string(r->code) + " " + r->text;
    }
    return {};
  }

  /// The updates that arrived, in order, taken away.
  std::vector<tl::Update> take_updates() {
    run();
    std::vector<tl::Update> out;
    for (auto const& update : all<mtproto::session_events::pushed_object>()) {
      auto const read = tl::decode<tl::Updates>(bytes_view(update.body));
      if (!read) throw std::runtime_error(read.error().text());
      auto const& whole = *read;
      if (auto const* several = whole->template get_if<tl::updates_>())
        for (auto const& one : several->updates) out.push_back(one);
    }
    std::erase_if(events, [](auto const& e) {
      return std::holds_alternative<mtproto::session_events::pushed_object>(e);
    });
    return out;
  }

  void sign_in_bot() {
    tl::auth::importBotAuthorization q;
    q.bot_auth_token = "777000777:AAEchoBotOfTheOfflineDataCentre00001";
    if (!call(q)) throw std::runtime_error(last_refusal);
  }

  void sign_in(std::string phone) {
    tl::auth::sendCode ask_code;
    ask_code.phone_number = tl::string(phone);
    ask_code.settings = tl::codeSettings{};
    auto const sent = call(ask_code);
    tl::auth::signIn q;
    q.phone_number = tl::string(phone);
    q.phone_code_hash = sent->get_if<tl::auth::sentCode>()->phone_code_hash;
    q.phone_code = tl::string("12345");
    if (!call(q)) throw std::runtime_error(last_refusal);
  }

  tl::InputPeer peer_of(std::string const& username) {
    tl::contacts::resolveUsername q;
    q.username = tl::string(username);
    auto const found = call(q);
    if (!found) throw std::runtime_error(last_refusal);
    auto const* user = found->users[0].get_if<tl::user>();
    return tl::inputPeerUser{.user_id = user->id, .access_hash = *user->access_hash};
  }

  tl::messages::sendMessage message(tl::InputPeer to, std::string text) {
    tl::messages::sendMessage q;
    q.peer = std::move(to);
    q.message = tl::string(text);
    q.random_id = ++last_random_id_;
    return q;
  }

  std::string last_refusal;

 private:
  bool first_ = true;
  std::int64_t last_random_id_ = 100;
};

}  // namespace mtp::test
