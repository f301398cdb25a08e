// SPDX-License-Identifier: MIT OR Apache-2.0
#include <support/catch.hpp>
#include <support/hex.hpp>
#include <support/vectors/key_derivation.hpp>

#include <mtp/crypto/auth_key.hpp>

#include <ostream>

using namespace mtp;
using namespace mtp::test;
using crypto::auth_key;

namespace {

std::int64_t number(std::string_view wire) {
  return load_le<std::int64_t>(array_from_hex<std::array<std::uint8_t, 8>>(wire).data());
}

template <class T>
concept printable = requires(std::ostream& out, T const& value) { out << value; };

}  // namespace

TEST_CASE("a key is named by parts of its hash", "[crypto][auth_key]") {
  for (auto const& v : vectors::key_names_all) {
    auto const key = auth_key::left_padded(from_hex(v.auth_key));
    REQUIRE(key);
    CHECK(key->id() == number(v.id));
    CHECK(key->aux_hash() == number(v.aux_hash));
  }
}

TEST_CASE("a key from a shorter number is filled up on the left", "[crypto][auth_key]") {
  bytes number(255, 7);
  bytes padded = number;
  padded.insert(padded.begin(), 0);
  CHECK(auth_key::left_padded(number) == auth_key::left_padded(padded));
  CHECK(auth_key::left_padded(number)->data()[0] == 0);
  CHECK_FALSE(auth_key::left_padded(bytes(257, 1)));
}

TEST_CASE("a default key is empty and equals no other", "[crypto][auth_key]") {
  auth_key const none;
  CHECK(none.is_empty());
  CHECK_FALSE(none == *auth_key::left_padded(bytes(256, 0)));
  CHECK(none == auth_key());
}

TEST_CASE("a key cannot be printed", "[crypto][auth_key]") {
  STATIC_REQUIRE_FALSE(printable<auth_key>);
}

TEST_CASE("a key is wiped when it goes away", "[crypto][auth_key]") {
  alignas(auth_key) std::array<std::uint8_t, sizeof(auth_key)> room;
  auto* key = new (room.data()) auth_key(*auth_key::left_padded(bytes(256, 0xab)));
  REQUIRE(std::count(room.begin(), room.end(), 0xab) >= 256);
  key->~auth_key();
  CHECK(std::count(room.begin(), room.end(), 0xab) < 16);
}
