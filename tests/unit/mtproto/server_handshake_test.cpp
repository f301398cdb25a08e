// SPDX-License-Identifier: MIT OR Apache-2.0
#include "handshake_support.hpp"

#include <mtp/crypto/factorize.hpp>
#include <mtp/crypto/rsa_padding.hpp>

#include <mtproto/big_endian.hpp>
#include <mtproto/handshake_cipher.hpp>
#include <mtproto/handshake_objects.hpp>

using namespace mtp;
using namespace mtp::test;
using mtproto::read_object;
using mtproto::write_object;
namespace object = mtp::tl::mtproto;

namespace {

moment const now = handshake_time;

/// A client that does each step as the test says.
struct manual_client {
  seeded_random client_random{1};
  seeded_random server_random{2};
  server_handshake server;
  int128 nonce = client_random.make<int128>();
  int256 new_nonce = client_random.make<int256>();
  object::resPQ offer = {};
  crypto::prime_pair factors = {};

  explicit manual_client(server_handshake_options options = {})
      : server(server_key(), server_random, std::move(options)) {}

  server_handshake::action give(bytes_view body) { return server.on_packet(packet_of(body), now); }

  template <class Object>
  static Object read(server_handshake::action const& action) {
    bytes const body = body_of(sent(action));
    bytes_view rest = body;
    auto const read = read_object<Object>(rest);
    REQUIRE(read);
    return *read;
  }

  void ask() {
    offer = read<object::resPQ>(give(write_object(object::req_pq_multi{nonce})));
    auto const pair = crypto::factorize(*mtproto::from_big_endian(offer.pq));
    REQUIRE(pair);
    factors = *pair;
  }

  object::p_q_inner_data inner() const {
    return {.pq = offer.pq,
            .p = mtproto::shortest_big_endian(factors.p),
            .q = mtproto::shortest_big_endian(factors.q),
            .nonce = nonce,
            .server_nonce = offer.server_nonce,
            .new_nonce = new_nonce};
  }

  object::req_DH_params request(bytes_view inner_data) {
    auto const block =
        crypto::rsa_pad_encrypt(server_key().public_key(), inner_data, client_random);
    return {.nonce = nonce,
            .server_nonce = offer.server_nonce,
            .p = mtproto::shortest_big_endian(factors.p),
            .q = mtproto::shortest_big_endian(factors.q),
            .public_key_fingerprint = server_key().public_key().fingerprint(),
            .encrypted_data = block};
  }

  crypto::aes_key_iv key() const {
    return crypto::derive_handshake_key(new_nonce, offer.server_nonce);
  }

  /// A good value in an answer to the parameters.
  object::client_DH_inner_data value() {
    auto const group = crypto::dh_group::make(crypto::known_dh_prime(), 3);
    auto const drawn = group->draw(client_random);
    return {.nonce = nonce, .server_nonce = offer.server_nonce, .g_b = drawn->public_value};
  }

  object::set_client_DH_params proposal(bytes_view inner_data) {
    return {.nonce = nonce,
            .server_nonce = offer.server_nonce,
            .encrypted_data = mtproto::seal_inner(key(), inner_data, client_random)};
  }

  void reach_parameters() {
    ask();
    read<object::server_DH_params_ok>(give(write_object(request(write_object(inner())))));
  }
};

/// Changes bytes of TL, which are not changed in place.
template <class Change>
void edit(tl::bytes& data, Change change) {
  bytes copy = data.copy();
  change(copy);
  data = copy;
}

/// Changes the good request for parameters; the server must refuse it.
template <class Change>
void check_refused_request(Change change) {
  manual_client client;
  client.ask();
  auto inner = client.inner();
  auto request = client.request(write_object(inner));
  change(client, inner, request);
  CHECK(refuses(client.give(write_object(request))));
}

/// Changes the good value; the server must refuse it.
template <class Change>
void check_refused_value(Change change) {
  manual_client client;
  client.reach_parameters();
  auto value = client.value();
  change(value);
  CHECK(refuses(client.give(write_object(client.proposal(write_object(value))))));
}

}  // namespace

TEST_CASE("the offer is what clients insist on", "[mtproto][handshake][server]") {
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    manual_client client({.foreign_fingerprints = {7}});
    client.server_random = seeded_random(seed);
    client.ask();
    CHECK(client.offer.nonce == client.nonce);
    CHECK(client.offer.pq.size() == 8);
    CHECK(client.offer.pq.data()[0] != 0);
    CHECK(client.offer.pq.data()[0] < 0x80);
    CHECK(mtproto::shortest_big_endian(client.factors.p).size() == 4);
    CHECK(mtproto::shortest_big_endian(client.factors.q).size() == 4);
    CHECK(client.offer.server_public_key_fingerprints ==
          tl::list<std::int64_t>{7, server_key().public_key().fingerprint()});
  }
}

TEST_CASE("the old req_pq is answered too", "[mtproto][handshake][server]") {
  manual_client client;
  auto const offer =
      manual_client::read<object::resPQ>(client.give(write_object(object::req_pq{client.nonce})));
  CHECK(offer.nonce == client.nonce);
}

TEST_CASE("the old padding of RSA is accepted, in all four kinds", "[mtproto][handshake][server]") {
  auto const legacy = [](auto change) {
    manual_client client;
    client.ask();
    auto const inner = client.inner();
    auto request = client.request(write_object(inner));
    auto const block =
        crypto::rsa_legacy_encrypt(server_key().public_key(), change(inner), client.client_random);
    request.encrypted_data = block;
    manual_client::read<object::server_DH_params_ok>(client.give(write_object(request)));
    auto const end = client.give(write_object(client.proposal(write_object(client.value()))));
    auto const* made = std::get_if<server_handshake::established>(&end);
    REQUIRE(made);
    return *made;
  };
  auto const copy = [](auto to, object::p_q_inner_data const& from) {
    to.pq = from.pq;
    to.p = from.p;
    to.q = from.q;
    to.nonce = from.nonce;
    to.server_nonce = from.server_nonce;
    to.new_nonce = from.new_nonce;
    return write_object(to);
  };
  legacy([](auto const& inner) { return write_object(inner); });
  CHECK(legacy([&](auto const& inner) {
          return copy(object::p_q_inner_data_dc{.dc = 3}, inner);
        }).dc == 3);
  CHECK(legacy([&](auto const& inner) {
          return copy(object::p_q_inner_data_temp{.expires_in = 60}, inner);
        }).expires_in == 60);
  auto const both = legacy([&](auto const& inner) {
    return copy(object::p_q_inner_data_temp_dc{.dc = -1, .expires_in = 90}, inner);
  });
  CHECK(both.dc == -1);
  CHECK(both.expires_in == 90);
}

TEST_CASE("what is identical gets the identical answer", "[mtproto][handshake][server]") {
  manual_client client;
  bytes const first = packet_of(write_object(object::req_pq_multi{client.nonce}));
  bytes const offer = sent(client.server.on_packet(first, now));
  CHECK(sent(client.server.on_packet(first, now)) == offer);
  client.ask();
  bytes const second = packet_of(write_object(client.request(write_object(client.inner()))));
  bytes const parameters = sent(client.server.on_packet(second, now));
  CHECK(sent(client.server.on_packet(second, now)) == parameters);
  CHECK(sent(client.server.on_packet(first, now)) == offer);
  bytes const third = packet_of(write_object(client.proposal(write_object(client.value()))));
  bytes const end = sent(client.server.on_packet(third, now));
  auto const again = client.server.on_packet(third, now);
  CHECK(std::holds_alternative<server_handshake::send>(again));  // the key is not made twice
  CHECK(sent(again) == end);
}

TEST_CASE("bytes behind an object do not matter", "[mtproto][handshake][server]") {
  manual_client client;
  client.ask();
  bytes body = write_object(client.request(write_object(client.inner())));
  body.resize(body.size() + 36, 0xcc);
  sent(client.give(body));
}

TEST_CASE("a wrong request for parameters is refused", "[mtproto][handshake][server]") {
  check_refused_request([](auto&, auto&, auto& r) { std::swap(r.p, r.q); });
  check_refused_request(
      [](auto&, auto&, auto& r) { edit(r.p, [](bytes& p) { p.insert(p.begin(), 0); }); });
  check_refused_request(
      [](auto&, auto&, auto& r) { edit(r.q, [](bytes& q) { q.insert(q.begin(), 0); }); });
  check_refused_request([](auto&, auto&, auto& r) { r.public_key_fingerprint ^= 1; });
  check_refused_request([](auto&, auto&, auto& r) { r.nonce[0] ^= 1; });
  check_refused_request([](auto&, auto&, auto& r) { r.server_nonce[0] ^= 1; });
  check_refused_request([](auto&, auto&, auto& r) { r.encrypted_data = {}; });
  check_refused_request(
      [](auto&, auto&, auto& r) { edit(r.encrypted_data, [](bytes& b) { b.pop_back(); }); });
  check_refused_request(
      [](auto&, auto&, auto& r) { edit(r.encrypted_data, [](bytes& b) { b.push_back(0); }); });
  check_refused_request([](auto&, auto&, auto& r) { r.encrypted_data = bytes(256, 0xff); });
  check_refused_request([](auto&, auto&, auto& r) { r.encrypted_data = bytes(256, 0); });
}

TEST_CASE("wrong inner data is refused", "[mtproto][handshake][server]") {
  auto const refused = [](auto change) {
    check_refused_request([&](manual_client& client, object::p_q_inner_data& inner, auto& request) {
      change(inner);
      request = client.request(write_object(inner));
    });
  };
  refused([](auto& inner) { inner.nonce[5] ^= 1; });
  refused([](auto& inner) { inner.server_nonce[5] ^= 1; });
  refused([](auto& inner) { edit(inner.pq, [](bytes& b) { b[5] ^= 1; }); });
  refused([](auto& inner) { std::swap(inner.p, inner.q); });
  refused([](auto& inner) { inner.q = {}; });
  check_refused_request([](manual_client& client, auto&, auto& request) {
    request = client.request(write_object(object::req_pq{client.nonce}));
  });
}

TEST_CASE("a wrong value is refused", "[mtproto][handshake][server]") {
  check_refused_value([](auto& v) { v.nonce[0] ^= 1; });
  check_refused_value([](auto& v) { v.server_nonce[0] ^= 1; });
  check_refused_value([](auto& v) { v.retry_id = 1; });
  check_refused_value([](auto& v) { v.g_b = bytes{1}; });
  check_refused_value([](auto& v) { v.g_b = {}; });
  check_refused_value([](auto& v) { v.g_b = bytes(256, 0xff); });
  check_refused_value([](auto& v) { v.g_b = bytes(300, 1); });
}

TEST_CASE("a value in the wrong wrapping is refused", "[mtproto][handshake][server]") {
  auto const refused = [](auto change) {
    manual_client client;
    client.reach_parameters();
    auto proposal = client.proposal(write_object(client.value()));
    change(client, proposal);
    CHECK(refuses(client.give(write_object(proposal))));
  };
  refused([](auto&, auto& p) { edit(p.encrypted_data, [](bytes& b) { b.pop_back(); }); });
  refused([](auto&, auto& p) { p.encrypted_data = {}; });
  refused([](auto&, auto& p) { edit(p.encrypted_data, [](bytes& b) { b.resize(16); }); });
  refused([](auto&, auto& p) { edit(p.encrypted_data, [](bytes& b) { b[40] ^= 1; }); });
  refused([](manual_client& c, auto& p) {
    p.encrypted_data = mtproto::seal_inner(c.key(), write_object(c.value()), c.client_random,
                                           handshake_fault::overlong_padding);
  });
  refused([](manual_client& c, auto& p) {
    p.encrypted_data = mtproto::seal_inner(c.key(), write_object(c.value()), c.client_random,
                                           handshake_fault::answer_hash);
  });
}

TEST_CASE("a value with its leading zeros left out is taken", "[mtproto][handshake][server]") {
  manual_client client;
  client.reach_parameters();
  auto value = client.value();
  while (value.g_b.data()[0] != 0) value = client.value();
  edit(value.g_b, [](bytes& b) { b.erase(b.begin()); });
  auto const end = client.give(write_object(client.proposal(write_object(value))));
  CHECK(std::holds_alternative<server_handshake::established>(end));
}

TEST_CASE("requests in a wrong order are refused", "[mtproto][handshake][server]") {
  manual_client early;
  CHECK(refuses(early.give(write_object(early.request(write_object(early.inner()))))));
  manual_client skipping;
  skipping.ask();
  CHECK(refuses(skipping.give(write_object(skipping.proposal(write_object(skipping.value()))))));
  manual_client twice;
  twice.reach_parameters();
  CHECK(refuses(twice.give(write_object(twice.request(write_object(twice.inner()))))));
  manual_client late;
  late.reach_parameters();
  sent(late.give(write_object(late.proposal(write_object(late.value())))));
  CHECK(refuses(late.give(write_object(late.proposal(write_object(late.value()))))));
}

TEST_CASE("after a refusal everything is refused", "[mtproto][handshake][server]") {
  manual_client client;
  client.ask();
  auto const refused = client.give(bytes(4, 0));
  REQUIRE(refuses(refused));
  CHECK(std::get<server_handshake::refuse>(refused).code == -404);
  CHECK(refuses(client.give(write_object(object::req_pq_multi{client.nonce}))));
}

TEST_CASE("an exchange is forgotten after ten minutes", "[mtproto][handshake][server]") {
  manual_client client;
  client.ask();
  bytes const packet = packet_of(write_object(client.request(write_object(client.inner()))));
  CHECK(refuses(client.server.on_packet(packet, now.after(std::chrono::minutes(11)))));
  manual_client quick;
  quick.ask();
  bytes const in_time = packet_of(write_object(quick.request(write_object(quick.inner()))));
  CHECK_FALSE(refuses(quick.server.on_packet(in_time, now.after(std::chrono::minutes(9)))));
}

TEST_CASE("only so many exchanges are kept, the newest ones", "[mtproto][handshake][server]") {
  manual_client client;
  client.ask();
  auto const first_offer = client.offer.pq;
  int128 nonce = {};
  for (std::size_t i = 1; i < server_handshake::max_exchanges; ++i) {
    nonce[0] = static_cast<std::uint8_t>(i);
    sent(client.give(write_object(object::req_pq_multi{nonce})));
  }
  client.ask();
  CHECK(client.offer.pq == first_offer);  // still there
  nonce[1] = 1;
  sent(client.give(write_object(object::req_pq_multi{nonce})));
  client.ask();
  CHECK(client.offer.pq != first_offer);  // the oldest had to go
}
