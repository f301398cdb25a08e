// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/mtproto/client_handshake.hpp>

#include "handshake_support.hpp"

#include <support/vectors/handshakes.hpp>
#include <support/vectors/rsa.hpp>

using namespace mtp;
using namespace mtp::test;

namespace {

/// All the random bytes of a recorded client in the order of their use.
bytes script_of(vectors::handshake const& v, std::string_view temporary_key) {
  bytes script;
  for (std::string_view const part :
       {v.nonce, v.new_nonce, v.rsa_pad_padding, temporary_key, v.b, v.client_padding}) {
    append(script, from_hex(part));
  }
  return script;
}

client_handshake recorded_client(vectors::handshake const& v, random_source& random,
                                 client_handshake_options options) {
  return client_handshake({*crypto::rsa_public_key::from_modulus(v.rsa_modulus)}, random, options);
}

void check_outcome(client_handshake::action const& action, vectors::handshake const& v) {
  auto const* done = std::get_if<client_handshake::done>(&action);
  REQUIRE(done);
  CHECK(to_hex(done->key.data()) == v.auth_key);
  std::array<std::uint8_t, 8> wire;
  store_le(wire.data(), done->key.id());
  CHECK(to_hex(wire) == v.auth_key_id);
  store_le(wire.data(), done->salt);
  CHECK(to_hex(wire) == v.server_salt);
  CHECK(done->server_time == v.server_time);
  CHECK(done->time_offset == std::chrono::seconds(v.server_time - 1707425104));
  CHECK(done->expires_at == 0);
}

}  // namespace

TEST_CASE("the exchange that grammers recorded is repeated byte for byte", "[mtproto][handshake]") {
  auto const& v = vectors::handshake_all[0];
  scripted_random random(script_of(v, v.rsa_pad_temp_key));
  auto client = recorded_client(v, random, {.name_dc = false});
  auto const now = handshake_time;
  CHECK(to_hex(body_of(sent(client.start(now)))) == v.req_pq_multi);
  CHECK(to_hex(body_of(sent(client.on_packet(packet_of(from_hex(v.res_pq)), now)))) ==
        v.req_dh_params);
  CHECK(to_hex(body_of(sent(client.on_packet(packet_of(from_hex(v.server_dh_params_ok)), now)))) ==
        v.set_client_dh_params);
  check_outcome(client.on_packet(packet_of(from_hex(v.dh_gen_ok)), now), v);
  CHECK(random.left() == 0);
}

TEST_CASE("the documented sample of 2024 is repeated, all but what RSA hides",
          "[mtproto][handshake]") {
  auto const& v = vectors::handshake_all[1];
  // The sample does not tell the temporary key of RSA_PAD: any will do.
  scripted_random random(script_of(v, std::string(64, '5')));
  auto client = recorded_client(v, random, {.dc = 2});
  auto const now = handshake_time;
  CHECK(to_hex(body_of(sent(client.start(now)))) == v.req_pq_multi);
  auto const request = body_of(sent(client.on_packet(packet_of(from_hex(v.res_pq)), now)));
  CHECK(request.size() * 2 == v.req_dh_params.size());
  CHECK(to_hex(request).substr(0, 128) == v.req_dh_params.substr(0, 128));
  CHECK(to_hex(body_of(sent(client.on_packet(packet_of(from_hex(v.server_dh_params_ok)), now)))) ==
        v.set_client_dh_params);
  check_outcome(client.on_packet(packet_of(from_hex(v.dh_gen_ok)), now), v);
  CHECK(random.left() == 0);
}

TEST_CASE("the first known key in the server's order is taken", "[mtproto][handshake]") {
  auto const& v = vectors::handshake_all[0];
  std::vector<crypto::rsa_public_key> keys;
  for (auto const& known : vectors::rsa_fingerprint_all)
    keys.push_back(*crypto::rsa_public_key::from_modulus(known.modulus));
  // The recorded answer offers the key of the test servers first and the one of 2013 last.
  injecting_random random(1, from_hex(v.nonce));
  client_handshake client(keys, random);
  client.start(handshake_time);
  auto const request =
      body_of(sent(client.on_packet(packet_of(from_hex(v.res_pq)), handshake_time)));
  CHECK(to_hex(request).substr(104, 16) == "03268d20df9858b2");
}

TEST_CASE("a client takes packets in their order only", "[mtproto][handshake]") {
  auto const& v = vectors::handshake_all[0];
  auto const now = handshake_time;
  auto const feed = [&](std::initializer_list<std::string_view> bodies) {
    scripted_random random(script_of(v, v.rsa_pad_temp_key));
    auto client = recorded_client(v, random, {.name_dc = false});
    auto last = client.start(now);
    for (std::string_view const body : bodies)
      last = client.on_packet(packet_of(from_hex(body)), now);
    return last;
  };
  CHECK(reason(feed({v.server_dh_params_ok})) == protocol_errc::malformed);
  CHECK(reason(feed({v.dh_gen_ok})) == protocol_errc::malformed);
  CHECK(reason(feed({v.res_pq, v.res_pq})) == protocol_errc::malformed);
  CHECK(reason(feed({v.res_pq, v.dh_gen_ok})) == protocol_errc::malformed);
  CHECK(reason(feed({v.res_pq, v.server_dh_params_ok, v.server_dh_params_ok})) ==
        protocol_errc::malformed);
  CHECK(std::holds_alternative<client_handshake::done>(
      feed({v.res_pq, v.server_dh_params_ok, v.dh_gen_ok})));
  CHECK(reason(feed({v.res_pq, v.server_dh_params_ok, v.dh_gen_ok, v.dh_gen_ok})) ==
        protocol_errc::malformed);
}

TEST_CASE("after a failure even the right packet does not help", "[mtproto][handshake]") {
  auto const& v = vectors::handshake_all[0];
  scripted_random random(script_of(v, v.rsa_pad_temp_key));
  auto client = recorded_client(v, random, {.name_dc = false});
  client.start(handshake_time);
  CHECK(reason(client.on_packet({}, handshake_time)) == protocol_errc::malformed);
  CHECK(reason(client.on_packet(packet_of(from_hex(v.res_pq)), handshake_time)) ==
        protocol_errc::malformed);
}

TEST_CASE("a client that was not started takes nothing", "[mtproto][handshake]") {
  seeded_random random(1);
  auto client = make_client(random);
  CHECK(reason(client.on_packet(packet_of(from_hex(vectors::handshake_all[0].res_pq)),
                                handshake_time)) == protocol_errc::malformed);
}
