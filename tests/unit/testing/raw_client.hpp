// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "api_stage.hpp"

#include <mtp/crypto/aes.hpp>
#include <mtp/crypto/key_derivation.hpp>
#include <mtp/crypto/message_cipher.hpp>
#include <mtp/mtproto/encrypted_message.hpp>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace mtp::test {

/// A client that chooses its message ids itself and puts each packet together by hand.
class raw_client : public memory_client {
 public:
  struct message {
    std::int64_t id = 0;
    bytes body = {};
  };

  explicit raw_client(api_stage& stage, std::chrono::seconds expires_in = std::chrono::seconds(0),
                      bool names_dc = true)
      : memory_client(stage.core, stage_key().public_key()) {
    name_dc = names_dc;
    begins_session = false;
    if (!shake_hands(expires_in)) throw std::runtime_error("no key");
    on_raw_packet = [this](bytes packet) { take_packet(std::move(packet)); };
  }

  std::int64_t session_id = system_random().make<std::int64_t>();
  std::map<std::int64_t, bytes> results;  ///< by the id of the message that asked

  std::int64_t next_id() {
    auto const seconds =
        std::chrono::duration_cast<std::chrono::seconds>(now.wall.time_since_epoch());
    return (seconds.count() << 32) + 4 * ++ids_;
  }

  /// Sends one message and returns how it was answered: "ok", a refusal, or "" for not at all.
  std::string send(message const& one) {
    send_body(one.id, 2 * contents_++ + 1, one.body);
    return outcome_of(one.id);
  }

  /// Sends several in a container.
  void send_together(std::vector<message> const& all) {
    bytes body(8);
    store_le(body.data(), std::uint32_t{0x73f1f8dc});
    store_le(body.data() + 4, static_cast<std::uint32_t>(all.size()));
    for (auto const& one : all) {
      auto const at = body.size();
      body.resize(at + 16);
      store_le(body.data() + at, one.id);
      store_le(body.data() + at + 8, 2 * contents_++ + 1);
      store_le(body.data() + at + 12, static_cast<std::uint32_t>(one.body.size()));
      body.insert(body.end(), one.body.begin(), one.body.end());
    }
    send_body(next_id(), 2 * contents_, body);
  }

  template <class F>
  std::string call(F const& request) {
    return send({next_id(), testing::encode_object(request)});
  }

  std::string outcome_of(std::int64_t id) const {
    auto const at = results.find(id);
    if (at == results.end()) return "";
    auto const& body = at->second;
    if (load_le<std::uint32_t>(body.data()) != 0x2144ca19) return "ok";
    auto const length = body[8];  // of an rpc_error's text, which is short
    return std::to_string(load_le<std::int32_t>(body.data() + 4)) + " " +
           std::string(as_text(bytes_view(body).subspan(9, length)));
  }

 private:
  void send_body(std::int64_t id, std::int32_t sequence, bytes_view body) {
    mtproto::message_header const header{
        .salt = salt, .session = session_id, .id = id, .sequence = sequence};
    send_packet(
        mtproto::seal_message(key(), crypto::direction::to_server, header, body, system_random()));
  }

  void take_packet(bytes packet) {
    auto opened = mtproto::open_message(key(), crypto::direction::to_client, std::move(packet));
    if (opened) take_object(opened->body);
  }

  void take_object(bytes_view object) {
    auto const id = load_le<std::uint32_t>(object.data());
    if (id == 0xf35c6d01)
      results[load_le<std::int64_t>(object.data() + 4)] = bytes(object.begin() + 12, object.end());
    if (id != 0x73f1f8dc) return;
    auto rest = object.subspan(8);
    while (rest.size() > 16) {
      auto const size = load_le<std::uint32_t>(rest.data() + 12);
      take_object(rest.subspan(16, size));
      rest = rest.subspan(16 + size);
    }
  }

  std::int64_t ids_ = 0;
  std::int32_t contents_ = 0;
};

/// What a client claims when it binds a temporary key; a test changes what is to be wrong.
struct binding_claim {
  std::int64_t nonce = 77;
  std::int64_t temporary_key = 0;
  std::int64_t permanent_key = 0;
  std::int64_t session = 0;
  std::int32_t expires_at = 0;
  std::int64_t message_id = 0;
};

/// Encrypts a claim as protocol.md 5 says (core.telegram.org/api/pfs).
inline bytes sealed_claim(crypto::auth_key const& permanent, binding_claim const& claim) {
  bytes plain(80);
  system_random().fill(plain);
  auto* const at = plain.data() + 16;
  store_le(at, claim.message_id);
  store_le(at + 8, std::uint32_t{0});
  store_le(at + 12, std::uint32_t{40});
  store_le(at + 16, std::uint32_t{0x75a3f765});
  store_le(at + 20, claim.nonce);
  store_le(at + 28, claim.temporary_key);
  store_le(at + 36, claim.permanent_key);
  store_le(at + 44, claim.session);
  store_le(at + 52, claim.expires_at);
  auto const message_key = crypto::message_key_v1(bytes_view(plain).first(72));
  auto key = crypto::derive_key_v1(permanent, message_key, crypto::direction::to_server);
  bytes out(24 + plain.size());
  store_le(out.data(), permanent.id());
  std::copy(message_key.begin(), message_key.end(), out.begin() + 8);
  crypto::ige_encrypt(key.key, key.iv, plain, mutable_bytes(out).subspan(24));
  return out;
}

/// The claim that binds `client`'s key in a message of that id.
inline binding_claim claim_of(raw_client const& client, crypto::auth_key const& permanent,
                              std::int64_t message_id, std::int32_t lifetime = 3600) {
  constexpr std::int32_t stage_time = 1'800'000'000;
  return {.temporary_key = client.key().id(),
          .permanent_key = permanent.id(),
          .session = client.session_id,
          .expires_at = stage_time + lifetime,
          .message_id = message_id};
}

inline tl::auth::bindTempAuthKey binding_call(crypto::auth_key const& permanent,
                                              binding_claim const& claim) {
  tl::auth::bindTempAuthKey q;
  q.perm_auth_key_id = claim.permanent_key;
  q.nonce = claim.nonce;
  q.expires_at = claim.expires_at;
  q.encrypted_message = tl::bytes(sealed_claim(permanent, claim));
  return q;
}

/// Binds the client's key as it should be.
inline std::string bind_key(raw_client& client, crypto::auth_key const& permanent,
                            std::int32_t lifetime = 3600) {
  auto const id = client.next_id();
  return client.send({id, testing::encode_object(
                              binding_call(permanent, claim_of(client, permanent, id, lifetime)))});
}

}  // namespace mtp::test
