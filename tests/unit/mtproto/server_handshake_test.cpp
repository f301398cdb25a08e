// SPDX-License-Identifier: MIT OR Apache-2.0
#include "handshake_support.hpp"

#include <mtproto/big_endian.hpp>
#include <mtproto/handshake_cipher.hpp>
#include <mtproto/handshake_objects.hpp>

#include <mtp/crypto/factorize.hpp>
#include <mtp/crypto/rsa_padding.hpp>

using namespace mtp;
using namespace mtp::test;
namespace wire = mtp::mtproto::wire;

namespace {

moment const now = handshake_time;

/// A client that does each step as the test says.
struct manual_client {
  seeded_random client_random{1};
  seeded_random server_random{2};
  server_handshake server;
  int128 nonce = client_random.make<int128>();
  int256 new_nonce = client_random.make<int256>();
  wire::resPQ offer = {};
  crypto::prime_pair factors = {};

  explicit manual_client(server_handshake_options options = {})
      : server(server_key(), server_random, std::move(options)) {}

  server_handshake::action give(bytes_view body) { return server.on_packet(packet_of(body), now); }

  template <class Object>
  static Object read(server_handshake::action const& action) {
    bytes const body = body_of(sent(action));
    bytes_view rest = body;
    auto const object = wire::read<Object>(rest);
    REQUIRE(object);
    return *object;
  }

  void ask() {
    offer = read<wire::resPQ>(give(wire::write(wire::req_pq_multi{nonce})));
    auto const pair = crypto::factorize(*mtproto::from_big_endian(offer.pq));
    REQUIRE(pair);
    factors = *pair;
  }

  wire::p_q_inner_data inner() const {
    return {.pq = offer.pq,
            .p = mtproto::shortest_big_endian(factors.p),
            .q = mtproto::shortest_big_endian(factors.q),
            .nonce = nonce,
            .server_nonce = offer.server_nonce,
            .new_nonce = new_nonce};
  }

  wire::req_DH_params request(bytes_view inner_data) {
    auto const block =
        crypto::rsa_pad_encrypt(server_key().public_key(), inner_data, client_random);
    return {.nonce = nonce,
            .server_nonce = offer.server_nonce,
            .p = mtproto::shortest_big_endian(factors.p),
            .q = mtproto::shortest_big_endian(factors.q),
            .public_key_fingerprint = server_key().public_key().fingerprint(),
            .encrypted_data = bytes(block.begin(), block.end())};
  }

  crypto::aes_key_iv key() const {
    return crypto::derive_handshake_key(new_nonce, offer.server_nonce);
  }

  /// A good value in an answer to the parameters.
  wire::client_DH_inner_data value() {
    auto const group = crypto::dh_group::make(crypto::known_dh_prime(), 3);
    auto const drawn = group->draw(client_random);
    return {.nonce = nonce,
            .server_nonce = offer.server_nonce,
            .g_b = bytes(drawn->public_value.begin(), drawn->public_value.end())};
  }

  wire::set_client_DH_params proposal(bytes_view inner_data) {
    return {.nonce = nonce,
            .server_nonce = offer.server_nonce,
            .encrypted_data = mtproto::seal_inner(key(), inner_data, client_random)};
  }

  void reach_parameters() {
    ask();
    read<wire::server_DH_params_ok>(give(wire::write(request(wire::write(inner())))));
  }
};

/// Changes the good request for parameters; the server must refuse it.
template <class Change>
void check_refused_request(Change change) {
  manual_client client;
  client.ask();
  auto inner = client.inner();
  auto request = client.request(wire::write(inner));
  change(client, inner, request);
  CHECK(refuses(client.give(wire::write(request))));
}

/// Changes the good value; the server must refuse it.
template <class Change>
void check_refused_value(Change change) {
  manual_client client;
  client.reach_parameters();
  auto value = client.value();
  change(value);
  CHECK(refuses(client.give(wire::write(client.proposal(wire::write(value))))));
}

}  // namespace

TEST_CASE("the offer is what clients insist on", "[mtproto][handshake][server]") {
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    manual_client client({.foreign_fingerprints = {7}});
    client.server_random = seeded_random(seed);
    client.ask();
    CHECK(client.offer.nonce == client.nonce);
    CHECK(client.offer.pq.size() == 8);
    CHECK(client.offer.pq[0] != 0);
    CHECK(client.offer.pq[0] < 0x80);
    CHECK(mtproto::shortest_big_endian(client.factors.p).size() == 4);
    CHECK(mtproto::shortest_big_endian(client.factors.q).size() == 4);
    CHECK(client.offer.server_public_key_fingerprints ==
          std::vector<std::int64_t>{7, server_key().public_key().fingerprint()});
  }
}

TEST_CASE("the old req_pq is answered too", "[mtproto][handshake][server]") {
  manual_client client;
  auto const offer =
      manual_client::read<wire::resPQ>(client.give(wire::write(wire::req_pq{client.nonce})));
  CHECK(offer.nonce == client.nonce);
}

TEST_CASE("the old padding of RSA is accepted, in all four kinds", "[mtproto][handshake][server]") {
  auto const legacy = [](auto change) {
    manual_client client;
    client.ask();
    auto const inner = client.inner();
    auto request = client.request(wire::write(inner));
    auto const block =
        crypto::rsa_legacy_encrypt(server_key().public_key(), change(inner), client.client_random);
    request.encrypted_data.assign(block.begin(), block.end());
    manual_client::read<wire::server_DH_params_ok>(client.give(wire::write(request)));
    auto const end = client.give(wire::write(client.proposal(wire::write(client.value()))));
    auto const* made = std::get_if<server_handshake::established>(&end);
    REQUIRE(made);
    return *made;
  };
  auto const copy = [](auto to, wire::p_q_inner_data const& from) {
    to.pq = from.pq;
    to.p = from.p;
    to.q = from.q;
    to.nonce = from.nonce;
    to.server_nonce = from.server_nonce;
    to.new_nonce = from.new_nonce;
    return wire::write(to);
  };
  legacy([](auto const& inner) { return wire::write(inner); });
  CHECK(legacy([&](auto const& inner) {
          return copy(wire::p_q_inner_data_dc{.dc = 3}, inner);
        }).dc == 3);
  CHECK(legacy([&](auto const& inner) {
          return copy(wire::p_q_inner_data_temp{.expires_in = 60}, inner);
        }).expires_in == 60);
  auto const both = legacy([&](auto const& inner) {
    return copy(wire::p_q_inner_data_temp_dc{.dc = -1, .expires_in = 90}, inner);
  });
  CHECK(both.dc == -1);
  CHECK(both.expires_in == 90);
}

TEST_CASE("what is identical gets the identical answer", "[mtproto][handshake][server]") {
  manual_client client;
  bytes const first = packet_of(wire::write(wire::req_pq_multi{client.nonce}));
  bytes const offer = sent(client.server.on_packet(first, now));
  CHECK(sent(client.server.on_packet(first, now)) == offer);
  client.ask();
  bytes const second = packet_of(wire::write(client.request(wire::write(client.inner()))));
  bytes const parameters = sent(client.server.on_packet(second, now));
  CHECK(sent(client.server.on_packet(second, now)) == parameters);
  CHECK(sent(client.server.on_packet(first, now)) == offer);
  bytes const third = packet_of(wire::write(client.proposal(wire::write(client.value()))));
  bytes const end = sent(client.server.on_packet(third, now));
  auto const again = client.server.on_packet(third, now);
  CHECK(std::holds_alternative<server_handshake::send>(again));  // the key is not made twice
  CHECK(sent(again) == end);
}

TEST_CASE("bytes behind an object do not matter", "[mtproto][handshake][server]") {
  manual_client client;
  client.ask();
  bytes body = wire::write(client.request(wire::write(client.inner())));
  body.resize(body.size() + 36, 0xcc);
  sent(client.give(body));
}

TEST_CASE("a wrong request for parameters is refused", "[mtproto][handshake][server]") {
  check_refused_request([](auto&, auto&, auto& r) { std::swap(r.p, r.q); });
  check_refused_request([](auto&, auto&, auto& r) { r.p.insert(r.p.begin(), 0); });
  check_refused_request([](auto&, auto&, auto& r) { r.q.insert(r.q.begin(), 0); });
  check_refused_request([](auto&, auto&, auto& r) { r.public_key_fingerprint ^= 1; });
  check_refused_request([](auto&, auto&, auto& r) { r.nonce[0] ^= 1; });
  check_refused_request([](auto&, auto&, auto& r) { r.server_nonce[0] ^= 1; });
  check_refused_request([](auto&, auto&, auto& r) { r.encrypted_data.clear(); });
  check_refused_request([](auto&, auto&, auto& r) { r.encrypted_data.pop_back(); });
  check_refused_request([](auto&, auto&, auto& r) { r.encrypted_data.push_back(0); });
  check_refused_request([](auto&, auto&, auto& r) { r.encrypted_data.assign(256, 0xff); });
  check_refused_request([](auto&, auto&, auto& r) { r.encrypted_data.assign(256, 0); });
}

TEST_CASE("wrong inner data is refused", "[mtproto][handshake][server]") {
  auto const refused = [](auto change) {
    check_refused_request([&](manual_client& client, wire::p_q_inner_data& inner, auto& request) {
      change(inner);
      request = client.request(wire::write(inner));
    });
  };
  refused([](auto& inner) { inner.nonce[5] ^= 1; });
  refused([](auto& inner) { inner.server_nonce[5] ^= 1; });
  refused([](auto& inner) { inner.pq[5] ^= 1; });
  refused([](auto& inner) { std::swap(inner.p, inner.q); });
  refused([](auto& inner) { inner.q.clear(); });
  check_refused_request([](manual_client& client, auto&, auto& request) {
    request = client.request(wire::write(wire::req_pq{client.nonce}));
  });
}

TEST_CASE("a wrong value is refused", "[mtproto][handshake][server]") {
  check_refused_value([](auto& v) { v.nonce[0] ^= 1; });
  check_refused_value([](auto& v) { v.server_nonce[0] ^= 1; });
  check_refused_value([](auto& v) { v.retry_id = 1; });
  check_refused_value([](auto& v) { v.g_b = {1}; });
  check_refused_value([](auto& v) { v.g_b.clear(); });
  check_refused_value([](auto& v) { v.g_b.assign(256, 0xff); });
  check_refused_value([](auto& v) { v.g_b.assign(300, 1); });
}

TEST_CASE("a value in the wrong wrapping is refused", "[mtproto][handshake][server]") {
  auto const refused = [](auto change) {
    manual_client client;
    client.reach_parameters();
    auto proposal = client.proposal(wire::write(client.value()));
    change(client, proposal);
    CHECK(refuses(client.give(wire::write(proposal))));
  };
  refused([](auto&, auto& p) { p.encrypted_data.pop_back(); });
  refused([](auto&, auto& p) { p.encrypted_data.clear(); });
  refused([](auto&, auto& p) { p.encrypted_data.resize(16); });
  refused([](auto&, auto& p) { p.encrypted_data[40] ^= 1; });
  refused([](manual_client& c, auto& p) {
    p.encrypted_data = mtproto::seal_inner(c.key(), wire::write(c.value()), c.client_random,
                                           handshake_fault::overlong_padding);
  });
  refused([](manual_client& c, auto& p) {
    p.encrypted_data = mtproto::seal_inner(c.key(), wire::write(c.value()), c.client_random,
                                           handshake_fault::answer_hash);
  });
}

TEST_CASE("a value with its leading zeros left out is taken", "[mtproto][handshake][server]") {
  manual_client client;
  client.reach_parameters();
  auto value = client.value();
  while (value.g_b[0] != 0) value = client.value();
  value.g_b.erase(value.g_b.begin());
  auto const end = client.give(wire::write(client.proposal(wire::write(value))));
  CHECK(std::holds_alternative<server_handshake::established>(end));
}

TEST_CASE("requests in a wrong order are refused", "[mtproto][handshake][server]") {
  manual_client early;
  CHECK(refuses(early.give(wire::write(early.request(wire::write(early.inner()))))));
  manual_client skipping;
  skipping.ask();
  CHECK(refuses(skipping.give(wire::write(skipping.proposal(wire::write(skipping.value()))))));
  manual_client twice;
  twice.reach_parameters();
  CHECK(refuses(twice.give(wire::write(twice.request(wire::write(twice.inner()))))));
  manual_client late;
  late.reach_parameters();
  sent(late.give(wire::write(late.proposal(wire::write(late.value())))));
  CHECK(refuses(late.give(wire::write(late.proposal(wire::write(late.value()))))));
}

TEST_CASE("after a refusal everything is refused", "[mtproto][handshake][server]") {
  manual_client client;
  client.ask();
  auto const refused = client.give(bytes(4, 0));
  REQUIRE(refuses(refused));
  CHECK(std::get<server_handshake::refuse>(refused).code == -404);
  CHECK(refuses(client.give(wire::write(wire::req_pq_multi{client.nonce}))));
}

TEST_CASE("an exchange is forgotten after ten minutes", "[mtproto][handshake][server]") {
  manual_client client;
  client.ask();
  bytes const packet = packet_of(wire::write(client.request(wire::write(client.inner()))));
  CHECK(refuses(client.server.on_packet(packet, now.after(std::chrono::minutes(11)))));
  manual_client quick;
  quick.ask();
  bytes const in_time = packet_of(wire::write(quick.request(wire::write(quick.inner()))));
  CHECK_FALSE(refuses(quick.server.on_packet(in_time, now.after(std::chrono::minutes(9)))));
}

TEST_CASE("only so many exchanges are kept, the newest ones", "[mtproto][handshake][server]") {
  manual_client client;
  client.ask();
  bytes const first_offer = client.offer.pq;
  int128 nonce = {};
  for (std::size_t i = 1; i < server_handshake::most_exchanges; ++i) {
    nonce[0] = static_cast<std::uint8_t>(i);
    sent(client.give(wire::write(wire::req_pq_multi{nonce})));
  }
  client.ask();
  CHECK(client.offer.pq == first_offer);  // still there
  nonce[1] = 1;
  sent(client.give(wire::write(wire::req_pq_multi{nonce})));
  client.ask();
  CHECK(client.offer.pq != first_offer);  // the oldest had to go
}
