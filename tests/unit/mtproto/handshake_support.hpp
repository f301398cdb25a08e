// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/mtproto/client_handshake.hpp>
#include <mtp/mtproto/plain_message.hpp>
#include <mtp/mtproto/server_handshake.hpp>
#include <support/catch.hpp>
#include <support/hex.hpp>
#include <support/rsa_keys.hpp>
#include <support/seeded_random.hpp>

#include <algorithm>
#include <optional>

namespace mtp::test {

using mtproto::client_handshake;
using mtproto::client_handshake_options;
using mtproto::handshake_fault;
using mtproto::server_handshake;
using mtproto::server_handshake_options;

/// 2024-02-08 20:45:04 UTC.
inline moment const handshake_time = {.steady = steady_time(std::chrono::hours(1)),
                                      .wall = std::chrono::system_clock::from_time_t(1707425104)};

inline crypto::rsa_private_key const& server_key() {
  static auto const key = *crypto::rsa_private_key::from_pem(rsa_keys::private_pkcs8);
  return key;
}

inline client_handshake make_client(random_source& random, client_handshake_options options = {}) {
  return client_handshake({server_key().public_key()}, random, options);
}

inline bytes packet_of(bytes_view body) { return mtproto::write_plain_message(4, body); }
inline bytes body_of(bytes_view packet) {
  auto const message = mtproto::read_plain_message(packet);
  REQUIRE(message);
  return bytes(message->body.begin(), message->body.end());
}

/// What a client sends; fails the test when it does anything else.
inline bytes sent(client_handshake::action const& action) {
  auto const* send = std::get_if<client_handshake::send>(&action);
  if (auto const* failed = std::get_if<client_handshake::failed>(&action))
    FAIL("the client failed: " << make_error_code(failed->reason).message());
  REQUIRE(send);
  return send->packet;
}

/// Why a client gave up; fails the test when it did not.
inline protocol_errc reason(client_handshake::action const& action) {
  auto const* failed = std::get_if<client_handshake::failed>(&action);
  REQUIRE(failed);
  return failed->reason;
}

/// What a server sends; fails the test when it refuses.
inline bytes sent(server_handshake::action const& action) {
  if (auto const* refused = std::get_if<server_handshake::refuse>(&action))
    FAIL("the server refused: " << refused->reason);
  if (auto const* made = std::get_if<server_handshake::established>(&action)) return made->packet;
  return std::get<server_handshake::send>(action).packet;
}

inline bool refuses(server_handshake::action const& action) {
  return std::holds_alternative<server_handshake::refuse>(action);
}

/// How an exchange between the two ended.
struct exchange_end {
  client_handshake::action client;
  std::optional<server_handshake::established> server = {};
  int packets = 0;  ///< sent by the client
};

/// Carries packets to and fro until one side has nothing more to send.
inline exchange_end run_exchange(client_handshake& client, server_handshake& server,
                                 moment now = handshake_time) {
  exchange_end end{.client = client.start(now)};
  while (auto const* send = std::get_if<client_handshake::send>(&end.client)) {
    REQUIRE(++end.packets < 20);
    auto const answer = server.on_packet(send->packet, now);
    if (auto const* made = std::get_if<server_handshake::established>(&answer)) end.server = *made;
    end.client = client.on_packet(sent(answer), now);
  }
  return end;
}

/// Random bytes of which those drawn as many at once as `given` has are the given ones: 256 for the
/// secrets, 16 for the nonces.
class injecting_random final : public random_source {
 public:
  injecting_random(std::uint64_t seed, bytes given) : seeded_(seed), given_(std::move(given)) {}
  void fill(mutable_bytes out) override {
    seeded_.fill(out);
    if (out.size() == given_.size()) std::ranges::copy(given_, out.begin());
  }

 private:
  seeded_random seeded_;
  bytes given_;
};

}  // namespace mtp::test
