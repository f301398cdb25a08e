// SPDX-License-Identifier: MIT OR Apache-2.0
// What damaged packets do: every cut and many flipped bits, then chance.
#include "handshake_support.hpp"

#include <random>

using namespace mtp;
using namespace mtp::test;

namespace {

moment const now = handshake_time;

/// The packets of one good exchange; the same seeds give them again.
struct recording {
  std::vector<bytes> from_client;
  std::vector<bytes> from_server;
  crypto::auth_key key;
};

struct client_side {
  seeded_random random{1};
  client_handshake machine = make_client(random);
};

struct server_side {
  seeded_random random{2};
  server_handshake machine{server_key(), random, {.pad_answers = false}};
};

recording const& good_exchange() {
  static recording const recorded = [] {
    recording r;
    client_side client;
    server_side server;
    auto action = client.machine.start(now);
    while (auto const* send = std::get_if<client_handshake::send>(&action)) {
      r.from_client.push_back(send->packet);
      r.from_server.push_back(sent(server.machine.on_packet(send->packet, now)));
      action = client.machine.on_packet(r.from_server.back(), now);
    }
    auto const* done = std::get_if<client_handshake::done>(&action);
    REQUIRE(done);
    r.key = done->key;
    return r;
  }();
  return recorded;
}

/// Brings a fresh client to the given step, then hands it another packet.
client_handshake::action client_at(std::size_t step, bytes_view packet) {
  client_side client;
  client.machine.start(now);
  for (std::size_t i = 0; i < step; ++i)
    client.machine.on_packet(good_exchange().from_server[i], now);
  return client.machine.on_packet(packet, now);
}

server_handshake::action server_at(std::size_t step, bytes_view packet) {
  server_side server;
  for (std::size_t i = 0; i < step; ++i)
    server.machine.on_packet(good_exchange().from_client[i], now);
  return server.machine.on_packet(packet, now);
}

bool fails(client_handshake::action const& action) {
  return std::holds_alternative<client_handshake::failed>(action);
}

/// A whole plain message whose body ends after `size` bytes.
bytes shortened(bytes_view packet, std::size_t size) {
  return packet_of(bytes_view(body_of(packet)).first(size));
}

bytes flipped(bytes packet, std::size_t bit) {
  packet[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
  return packet;
}

constexpr std::size_t header = 20;

}  // namespace

TEST_CASE("a client refuses every packet cut anywhere", "[mtproto][handshake][damage]") {
  for (std::size_t step = 0; step < 3; ++step) {
    bytes const& packet = good_exchange().from_server[step];
    for (std::size_t size = 0; size + header < packet.size(); ++size) {
      CAPTURE(step, size);
      REQUIRE(fails(client_at(step, shortened(packet, size))));
    }
    for (std::size_t size = 0; size < packet.size(); size += 5)
      REQUIRE(fails(client_at(step, bytes_view(packet).first(size))));
  }
}

TEST_CASE("a server refuses every packet cut anywhere", "[mtproto][handshake][damage]") {
  for (std::size_t step = 0; step < 3; ++step) {
    bytes const& packet = good_exchange().from_client[step];
    for (std::size_t size = 0; size + header < packet.size(); ++size) {
      CAPTURE(step, size);
      REQUIRE(refuses(server_at(step, shortened(packet, size))));
    }
  }
}

TEST_CASE("a client notices flipped bits", "[mtproto][handshake][damage]") {
  for (std::size_t step = 0; step < 3; ++step) {
    bytes const& packet = good_exchange().from_server[step];
    for (std::size_t bit = 0; bit < packet.size() * 8; bit += 7) {
      std::size_t const byte = bit / 8;
      bool const free = byte >= 8 && byte < 16;  // the message id means nothing here
      // Nobody but the server can know its own nonce and its own pq; then it refuses the answer.
      bool const of_server = step == 0 && byte >= header + 20 && byte < header + 48;
      if (free || of_server) continue;
      CAPTURE(step, bit);
      REQUIRE(fails(client_at(step, flipped(packet, bit))));
    }
  }
}

TEST_CASE("a server notices flipped bits", "[mtproto][handshake][damage]") {
  for (std::size_t step = 1; step < 3; ++step) {
    bytes const& packet = good_exchange().from_client[step];
    for (std::size_t bit = 0; bit < packet.size() * 8; bit += 7) {
      std::size_t const byte = bit / 8;
      bool const free = byte >= 8 && byte < 16;
      // The fill behind the four bytes of p and of q is not checked by anybody.
      bool const fill = step == 1 && ((byte >= header + 41 && byte < header + 44) ||
                                      (byte >= header + 49 && byte < header + 52));
      if (free || fill) continue;
      CAPTURE(step, bit);
      REQUIRE(refuses(server_at(step, flipped(packet, bit))));
    }
  }
}

TEST_CASE("chance does not break either side", "[mtproto][handshake][damage]") {
  std::mt19937_64 engine(20240208);
  auto const pick = [&](std::size_t below) { return static_cast<std::size_t>(engine() % below); };
  for (int i = 0; i < 300; ++i) {
    std::size_t const step = pick(3);
    bytes packet = pick(2) ? good_exchange().from_server[step] : good_exchange().from_client[step];
    for (std::size_t changes = pick(6); changes-- > 0;)
      packet[pick(packet.size())] = static_cast<std::uint8_t>(engine());
    if (pick(3) == 0) packet.resize(pick(packet.size() + 1));
    if (pick(3) == 0) packet.insert(packet.end(), pick(40), static_cast<std::uint8_t>(engine()));
    auto const client = client_at(pick(3), packet);
    auto const server = server_at(pick(3), packet);
    // Some changes mean nothing; then the key is the one of the good exchange, never another.
    if (auto const* done = std::get_if<client_handshake::done>(&client))
      CHECK(done->key == good_exchange().key);
    if (auto const* made = std::get_if<server_handshake::established>(&server))
      CHECK(made->key == good_exchange().key);
  }
}
