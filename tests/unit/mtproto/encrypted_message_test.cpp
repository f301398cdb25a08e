// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/mtproto/encrypted_message.hpp>

#include "session_world.hpp"
#include "support/catch.hpp"
#include "support/hex.hpp"
#include "support/vectors/messages.hpp"

#include <set>

using namespace mtp;
using namespace mtp::mtproto;
using namespace mtp::test;
using crypto::direction;

namespace {

vectors::message const& vector_named(std::string_view name) {
  for (auto const& one : vectors::message_all)
    if (one.name == name) return one;
  FAIL("no vector of that name");
  return vectors::message_all[0];
}

result<encrypted_message, protocol_errc> opened(std::string_view name) {
  auto const& v = vector_named(name);
  auto const key = *crypto::auth_key::left_padded(from_hex(v.auth_key));
  return open_message(key, static_cast<direction>(v.x), from_hex(v.packet));
}

std::int64_t number_at(std::string_view name, std::size_t at) {
  return load_le<std::int64_t>(from_hex(vector_named(name).plain).data() + at);
}

bytes sealed(bytes_view plain) { return crypto::seal(test_key(), direction::to_client, plain); }

protocol_errc why_refused(bytes packet) {
  auto got = open_message(test_key(), direction::to_client, std::move(packet));
  REQUIRE_FALSE(got.has_value());
  return got.error();
}

/// 32 bytes of header, the body, padding.
bytes plain_text(std::uint32_t claimed, std::size_t body, std::size_t padding) {
  bytes out(32 + body + padding, 9);
  store_le(out.data() + 28, claimed);
  return out;
}

}  // namespace

TEST_CASE("messages are opened as others do", "[mtproto][vectors]") {
  auto const container = opened("decrypt-v2-server-container");
  REQUIRE(container.has_value());
  CHECK(container->header ==
        message_header{-204760796269739268, 7542758775007277664, 6787078096601346049, 2});
  CHECK(container->body.size() == 88);
  auto const hello = opened("decrypt-v2-mtcute-ok");
  REQUIRE(hello.has_value());
  CHECK(as_text(hello->body) == "hello, world!!!!");
  CHECK(hello->header.session == number_at("decrypt-v2-mtcute-ok", 8));
}

TEST_CASE("messages are sealed as others do", "[mtproto][vectors]") {
  auto const& v = vector_named("encrypt-v2-mtcute");
  auto const plain = from_hex(v.plain);
  scripted_random random(bytes(plain.end() - 16, plain.end()));
  message_header const header{number_at(v.name, 0), number_at(v.name, 8), number_at(v.name, 16),
                              777};
  auto const key = *crypto::auth_key::left_padded(from_hex(v.auth_key));
  auto const packet =
      seal_message(key, direction::to_server, header, as_bytes("hello, world!!!!"), random);
  CHECK(to_hex(packet) == v.packet);
}

TEST_CASE("messages with an impossible length are refused (M3)", "[mtproto][vectors]") {
  CHECK(opened("decrypt-v2-mtcute-length_too_long").error() == protocol_errc::bad_message_length);
  CHECK(opened("decrypt-v2-mtcute-length_not_multiple_of_4").error() ==
        protocol_errc::bad_message_length);
  CHECK(why_refused(sealed(plain_text(0xfffffffc, 16, 16))) == protocol_errc::bad_message_length);
  CHECK(why_refused(sealed(plain_text(0x80000000, 16, 16))) == protocol_errc::bad_message_length);
  CHECK(why_refused(sealed(plain_text(20, 16, 0))) == protocol_errc::bad_message_length);
  CHECK(why_refused(sealed(bytes(16))) == protocol_errc::bad_message_length);
}

TEST_CASE("padding is 12 to 1024 bytes (M4)", "[mtproto]") {
  CHECK(why_refused(sealed(plain_text(16, 16, 0))) == protocol_errc::bad_padding);
  CHECK(why_refused(sealed(plain_text(8, 8, 8))) == protocol_errc::bad_padding);
  CHECK(why_refused(sealed(plain_text(16, 16, 1040))) == protocol_errc::bad_padding);
  CHECK(why_refused(sealed(plain_text(12, 12, 1028))) == protocol_errc::bad_padding);
  auto accepted = [](bytes packet) {
    return open_message(test_key(), direction::to_client, std::move(packet)).has_value();
  };
  CHECK(accepted(sealed(plain_text(4, 4, 12))));
  CHECK(accepted(sealed(plain_text(16, 16, 1024))));
  CHECK(accepted(sealed(plain_text(0, 0, 16))));
}

TEST_CASE("any flipped bit is found (M1, M2)", "[mtproto]") {
  auto const good = sealed(plain_text(16, 16, 16));
  for (std::size_t at = 0; at < good.size() * 8; ++at) {
    auto packet = good;
    packet[at / 8] ^= static_cast<std::uint8_t>(1 << at % 8);
    CHECK(why_refused(packet) ==
          (at < 64 ? protocol_errc::wrong_auth_key : protocol_errc::bad_message_key));
  }
}

TEST_CASE("a message of the other direction is refused", "[mtproto]") {
  seeded_random random(1);
  auto const ours = seal_message(test_key(), direction::to_server, {}, bytes(16), random);
  CHECK(why_refused(ours) == protocol_errc::bad_message_key);
}

TEST_CASE("plain and stunted packets are refused (M14)", "[mtproto]") {
  CHECK(why_refused(bytes(40)) == protocol_errc::plaintext_message);
  for (std::size_t length = 0; length < 8; ++length)
    CHECK(why_refused(bytes(length)) == protocol_errc::bad_message_length);
  auto packet = sealed(plain_text(16, 16, 16));
  for (std::size_t length = 8; length < packet.size(); ++length) {
    auto cut = packet;
    cut.resize(length);
    CHECK(why_refused(cut) != protocol_errc::plaintext_message);
  }
}

TEST_CASE("padding to a step leaves few sizes, and is never too little or too much", "[mtproto]") {
  std::set<std::size_t> sizes;
  for (std::size_t content = 36; content < 3000; content += 4) {
    auto const size = mtproto::padded_size(content, mtproto::padding::to_step);
    CHECK(size % 16 == 0);
    CHECK(size >= content + 12);
    CHECK(size < content + 12 + 448);
    CHECK(mtproto::padded_size(content, mtproto::padding::least) <= size);
    sizes.insert(size);
  }
  CHECK(sizes == std::set<std::size_t>{64, 128, 192, 256, 384, 512, 768, 1024, 1280, 1728, 2176,
                                       2624, 3072});
}

TEST_CASE("what is sealed is opened, with any length and padding", "[mtproto]") {
  seeded_random random(5);
  for (std::size_t length = 0; length < 300; length += 4) {
    message_header const header{1, 2, 3, static_cast<std::int32_t>(length)};
    bytes body(length);
    random.fill(body);
    auto packet = seal_message(test_key(), direction::to_server, header, body, random,
                               mtproto::padding::to_step);
    CHECK(packet.size() % 16 == 8);
    CHECK(key_id_of(packet) == test_key().id());
    packet.insert(packet.end(), length % 16, 1);  // a transport may have padded
    auto const back = open_message(test_key(), direction::to_server, packet);
    REQUIRE(back.has_value());
    CHECK(*back == encrypted_message{header, body});
  }
}
