// SPDX-License-Identifier: MIT OR Apache-2.0
#include "handshake_support.hpp"

#include <support/vectors/dh.hpp>

using namespace mtp;
using namespace mtp::test;

namespace {

exchange_end exchange_with(server_handshake_options server_options,
                           client_handshake_options client_options = {}) {
  static std::uint64_t seed = 0;
  seeded_random client_random(++seed);
  seeded_random server_random(++seed + 1000);
  auto client = make_client(client_random, client_options);
  server_handshake server(server_key(), server_random, std::move(server_options));
  return run_exchange(client, server);
}

client_handshake::done const& agreed(exchange_end const& end) {
  auto const* done = std::get_if<client_handshake::done>(&end.client);
  REQUIRE(done);
  REQUIRE(end.server);
  CHECK(done->key == end.server->key);
  CHECK_FALSE(done->key.is_empty());
  CHECK(done->salt == end.server->salt);
  CHECK(done->server_time == end.server->created);
  return *done;
}

struct provoked {
  handshake_fault fault;
  protocol_errc reason;
};

}  // namespace

TEST_CASE("client and server agree on a key", "[mtproto][handshake]") {
  auto const end = exchange_with({}, {.dc = 10002});
  auto const& done = agreed(end);
  CHECK(end.packets == 3);
  CHECK(done.server_time == 1707425104);
  CHECK(done.expires_at == 0);
  CHECK(end.server->dc == 10002);
  CHECK_FALSE(end.server->expires_in);
}

TEST_CASE("the server learns what the client names, in all four kinds", "[mtproto][handshake]") {
  auto const day = std::chrono::hours(24);
  auto const old = exchange_with({}, {.name_dc = false});
  agreed(old);
  CHECK_FALSE(old.server->dc);
  CHECK_FALSE(old.server->expires_in);
  auto const temporary = exchange_with({}, {.dc = -4, .expires_in = day});
  CHECK(agreed(temporary).expires_at == 1707425104 + 86400);
  CHECK(temporary.server->dc == -4);
  CHECK(temporary.server->expires_in == 86400);
  auto const old_temporary = exchange_with({}, {.expires_in = day, .name_dc = false});
  agreed(old_temporary);
  CHECK_FALSE(old_temporary.server->dc);
  CHECK(old_temporary.server->expires_in == 86400);
}

TEST_CASE("every random start ends in a key", "[mtproto][handshake]") {
  for (int i = 0; i < 20; ++i) agreed(exchange_with({.foreign_fingerprints = {1, -1}}));
}

TEST_CASE("a client is told the time of the server", "[mtproto][handshake]") {
  auto const end = exchange_with({.time_skew = std::chrono::hours(-1)});
  CHECK(agreed(end).time_offset == std::chrono::hours(-1));
  CHECK(agreed(end).server_time == 1707425104 - 3600);
}

TEST_CASE("other generators and other safe primes are possible", "[mtproto][handshake]") {
  agreed(exchange_with({.generator = 7}));
  agreed(exchange_with({.generator = 4}));
}

TEST_CASE("a key that begins with a zero byte is whole on both sides", "[mtproto][handshake]") {
  auto const& v = vectors::leading_zero_all[0];
  injecting_random client_random(1, from_hex(v.b));
  injecting_random server_random(2, from_hex(v.a));
  auto client = make_client(client_random);
  server_handshake server(server_key(), server_random);
  auto const end = run_exchange(client, server);
  CHECK(to_hex(agreed(end).key.data()) == v.auth_key);
  std::array<std::uint8_t, 8> id;
  store_le(id.data(), agreed(end).key.id());
  CHECK(to_hex(id) == v.auth_key_id);
}

TEST_CASE("the server may ask for another key five times, no more", "[mtproto][handshake]") {
  for (int retries = 1; retries <= client_handshake::max_retries; ++retries) {
    auto const end = exchange_with({.retries = retries});
    agreed(end);
    CHECK(end.packets == 3 + retries);
  }
  auto const end = exchange_with({.retries = client_handshake::max_retries + 1});
  CHECK(reason(end.client) == protocol_errc::handshake_failed);
  CHECK_FALSE(end.server);
}

TEST_CASE("a key whose id exists already is not accepted", "[mtproto][handshake]") {
  std::vector<std::int64_t> asked;
  auto const end = exchange_with({.is_taken = [&](std::int64_t id) {
    asked.push_back(id);
    return asked.size() < 3;
  }});
  REQUIRE(asked.size() == 3);
  CHECK(asked[2] == agreed(end).key.id());
  CHECK(asked[0] != asked[2]);
  CHECK(end.packets == 5);
}

TEST_CASE("the client notices every fault of the server", "[mtproto][handshake]") {
  using enum handshake_fault;
  using enum protocol_errc;
  provoked const all[] = {
      {res_pq_nonce, bad_nonce},
      {foreign_key, no_known_rsa_key},
      {prime_pq, bad_pq},
      {square_pq, bad_pq},
      {parameters_nonce, bad_nonce},
      {parameters_server_nonce, bad_nonce},
      {unaligned_answer, bad_answer_length},
      {answer_hash, bad_answer_hash},
      {overlong_padding, bad_answer_length},
      {inner_nonce, bad_nonce},
      {inner_server_nonce, bad_nonce},
      {composite_prime, bad_dh_prime},
      {short_prime, bad_dh_prime},
      {wrong_generator, bad_dh_generator},
      {value_one, bad_dh_value},
      {value_small, bad_dh_value},
      {value_large, bad_dh_value},
      {refused, handshake_failed},
      {refused_hash, bad_answer_hash},
      {outcome_nonce, bad_nonce},
      {outcome_server_nonce, bad_nonce},
      {outcome_hash, bad_answer_hash},
      {retry_hash, bad_answer_hash},
      {failed, handshake_failed},
      {failed_hash, bad_answer_hash},
  };
  for (auto const& p : all) {
    CAPTURE(static_cast<int>(p.fault));
    CHECK(reason(exchange_with({.fault = p.fault}).client) == p.reason);
  }
}

TEST_CASE("the client notices other nonces in every kind of bad news (H1, H2)",
          "[mtproto][handshake]") {
  struct news {
    server_handshake_options of;
    std::uint32_t kind;
  };
  news const all[] = {{{.fault = handshake_fault::refused}, 0x79cb045d},
                      {{.retries = 1}, 0x46dc1fb9},
                      {{.fault = handshake_fault::failed}, 0xa69dae02}};
  std::size_t const byte = GENERATE(4, 4 + 15, 20, 20 + 15);  // of nonce and server_nonce
  for (auto const& [options, kind] : all) {
    CAPTURE(kind, byte);
    seeded_random client_random(1);
    seeded_random server_random(2);
    auto client = make_client(client_random);
    server_handshake server(server_key(), server_random, options);
    bytes answer = sent(server.on_packet(sent(client.start(handshake_time)), handshake_time));
    while (load_le<std::uint32_t>(body_of(answer).data()) != kind)
      answer =
          sent(server.on_packet(sent(client.on_packet(answer, handshake_time)), handshake_time));
    answer[20 + byte] ^= 1;
    CHECK(reason(client.on_packet(answer, handshake_time)) == protocol_errc::bad_nonce);
  }
}

TEST_CASE("two exchanges never share their random numbers", "[mtproto][handshake]") {
  seeded_random random(9);  // H13: all of it comes from the source that was given
  auto first = make_client(random);
  auto second = make_client(random);
  CHECK(body_of(sent(first.start(handshake_time))) != body_of(sent(second.start(handshake_time))));
}

TEST_CASE("the secret nonce is drawn (H13)", "[mtproto][handshake]") {
  seeded_random client_random(1);
  seeded_random server_random(2);
  auto client = make_client(client_random);
  server_handshake server(server_key(), server_random);
  auto action = client.start(handshake_time);
  bytes const first = sent(server.on_packet(sent(action), handshake_time));
  action = client.on_packet(first, handshake_time);
  for (int step = 0; step < 2; ++step)
    action = client.on_packet(sent(server.on_packet(sent(action), handshake_time)), handshake_time);
  auto const* done = std::get_if<client_handshake::done>(&action);
  REQUIRE(done);
  // The first salt is the secret nonce, over which the server's is laid.
  bytes const answer = body_of(first);
  CHECK(done->salt != load_le<std::int64_t>(answer.data() + 20));
}

TEST_CASE("message ids rise, tell the time and whose they are", "[mtproto][handshake]") {
  seeded_random client_random(1);
  seeded_random server_random(2);
  auto client = make_client(client_random);
  server_handshake server(server_key(), server_random);
  auto const id_of = [](bytes_view packet) { return mtproto::read_plain_message(packet)->id; };
  std::int64_t last_request = 0;
  std::int64_t last_answer = 0;
  auto action = client.start(handshake_time);
  for (int step = 0; step < 3; ++step) {  // all at the same moment
    bytes const request = sent(action);
    bytes const answer = sent(server.on_packet(request, handshake_time));
    CHECK(id_of(request) > last_request);
    CHECK(id_of(request) % 4 == 0);
    CHECK(id_of(request) >> 32 == 1707425104);
    CHECK((id_of(request) & 0xffffffff) != 0);
    CHECK(id_of(answer) > last_answer);
    CHECK(id_of(answer) % 4 == 1);
    CHECK(id_of(answer) >> 32 == 1707425104);
    last_request = id_of(request);
    last_answer = id_of(answer);
    action = client.on_packet(answer, handshake_time);
  }
  CHECK(std::holds_alternative<client_handshake::done>(action));
}
