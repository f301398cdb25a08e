// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/crypto/message_cipher.hpp>

#include <support/catch.hpp>
#include <support/hex.hpp>
#include <support/seeded_random.hpp>
#include <support/vectors/key_derivation.hpp>
#include <support/vectors/messages.hpp>

using namespace mtp;
using namespace mtp::test;
using crypto::direction;

namespace {

crypto::auth_key key_of(std::string_view hex) {
  return *crypto::auth_key::left_padded(from_hex(hex));
}

}  // namespace

TEST_CASE("messages are sealed and opened as others do", "[crypto][message]") {
  for (auto const& v : vectors::message_all) {
    CAPTURE(v.name);
    auto const key = key_of(v.auth_key);
    auto const way = static_cast<direction>(v.x);
    CHECK(to_hex(crypto::seal(key, way, from_hex(v.plain))) == v.packet);
    auto const opened = crypto::open(key, way, from_hex(v.packet));
    REQUIRE(opened);
    CHECK(to_hex(*opened) == v.plain);
  }
}

TEST_CASE("bytes that a transport added do not disturb", "[crypto][message]") {
  auto const& v = vectors::message_all[0];
  bytes packet = from_hex(v.packet);
  packet.insert(packet.end(), 15, 0x55);
  auto const opened = crypto::open(key_of(v.auth_key), direction::to_server, packet);
  REQUIRE(opened);
  CHECK(to_hex(*opened) == v.plain);
}

TEST_CASE("each flipped bit of a packet is noticed", "[crypto][message]") {
  auto const& v = vectors::message_all[0];
  auto const key = key_of(v.auth_key);
  bytes const packet = from_hex(v.packet);
  for (std::size_t bit = 0; bit < packet.size() * 8; ++bit) {
    bytes bad = packet;
    bad[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
    auto const opened = crypto::open(key, direction::to_server, bad);
    REQUIRE_FALSE(opened);
    CHECK(opened.error() ==
          (bit < 64 ? protocol_errc::wrong_auth_key : protocol_errc::bad_message_key));
  }
}

TEST_CASE("a packet cut anywhere is refused", "[crypto][message]") {
  auto const& v = vectors::message_all[0];
  auto const key = key_of(v.auth_key);
  bytes const packet = from_hex(v.packet);
  for (std::size_t size = 0; size < packet.size(); ++size) {
    auto const opened = crypto::open(key, direction::to_server, bytes_view(packet).first(size));
    REQUIRE_FALSE(opened);
    CHECK(opened.error() ==
          (size < 40 ? protocol_errc::bad_message_length : protocol_errc::bad_message_key));
  }
}

TEST_CASE("a message of the other direction is not taken for ours", "[crypto][message]") {
  auto const& v = vectors::message_all[0];
  auto const opened = crypto::open(key_of(v.auth_key), direction::to_client, from_hex(v.packet));
  REQUIRE_FALSE(opened);
  CHECK(opened.error() == protocol_errc::bad_message_key);
}

TEST_CASE("an empty key opens nothing", "[crypto][message]") {
  auto const opened = crypto::open({}, direction::to_client, bytes(64, 0));
  REQUIRE_FALSE(opened);
  CHECK(opened.error() == protocol_errc::wrong_auth_key);
}

TEST_CASE("a quick acknowledgement names its message", "[crypto][message]") {
  for (auto const& v : vectors::quick_ack_all) {
    auto const key = key_of(v.auth_key);
    CHECK(to_hex(crypto::message_key(key, from_hex(v.plain), direction::to_server)) ==
          v.message_key);
    CHECK(crypto::quick_ack_token(key, from_hex(v.plain)) == v.token);
  }
}

TEST_CASE("the message key of MTProto 1.0", "[crypto][message]") {
  for (auto const& v : vectors::message_key_v1_all)
    CHECK(to_hex(crypto::message_key_v1(from_hex(v.plain))) == v.message_key);
}
