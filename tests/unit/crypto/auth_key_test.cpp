// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/crypto/auth_key.hpp>

#include <mtp/crypto/hash.hpp>
#include <mtp/crypto/key_derivation.hpp>
#include <support/catch.hpp>
#include <support/hex.hpp>
#include <support/room.hpp>
#include <support/seeded_random.hpp>
#include <support/vectors/key_derivation.hpp>

#include <crypto/ige_stream.hpp>

#include <algorithm>
#include <ostream>

using namespace mtp;
using namespace mtp::test;
using crypto::auth_key;

namespace {

std::int64_t number(std::string_view wire) {
  return load_le<std::int64_t>(array_from_hex<std::array<std::uint8_t, 8>>(wire).data());
}

/// A key whose memory can be looked at.
struct key_in_a_room {
  bytes number = [] {
    bytes out(auth_key::size);
    seeded_random(41).fill(out);
    return out;
  }();
  room<auth_key> place;
  auth_key& key = place.make(*auth_key::left_padded(number));

  key_in_a_room() { REQUIRE(is_there()); }

  /// True when there is a piece of the key, or the hash that is kept beside it.
  bool is_there() const {
    auto const hash = crypto::sha1(number);
    if (place.holds(bytes_view(hash).first(8))) return true;
    for (std::size_t at = 0; at < number.size(); at += 8)
      if (place.holds(bytes_view(number).subspan(at, 8))) return true;
    return false;
  }
};

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

TEST_CASE("a key leaves nothing behind when it goes away", "[crypto][auth_key]") {
  key_in_a_room kept;
  kept.place.destroy();
  CHECK_FALSE(kept.is_there());
}

TEST_CASE("a key leaves nothing behind when it is moved", "[crypto][auth_key]") {
  key_in_a_room kept;
  auth_key const expected = kept.key;
  auth_key const moved = std::move(kept.key);
  CHECK(moved == expected);
  CHECK(moved.id() == expected.id());
  CHECK(kept.key.is_empty());
  CHECK_FALSE(kept.is_there());
  kept.key = expected;
  REQUIRE(kept.is_there());
  auth_key assigned;
  assigned = std::move(kept.key);
  CHECK(assigned == expected);
  CHECK_FALSE(kept.is_there());
}

TEST_CASE("a key leaves nothing behind when another one is put over it", "[crypto][auth_key]") {
  key_in_a_room kept;
  kept.key = auth_key();
  CHECK(kept.key.is_empty());
  CHECK_FALSE(kept.is_there());
  auth_key& same = kept.key;
  kept.key = *auth_key::left_padded(kept.number);
  kept.key = std::move(same);
  CHECK(kept.key == *auth_key::left_padded(kept.number));
  kept.key = *auth_key::left_padded(bytes(3, 1));
  CHECK_FALSE(kept.is_there());
}

TEST_CASE("derived keys and their round keys leave nothing behind", "[crypto][kdf]") {
  key_in_a_room const kept;
  int128 const message_key = {1, 2, 3};
  room<crypto::aes_key_iv> derived;
  auto& made = derived.make(derive_key(kept.key, message_key, crypto::direction::to_server));
  bytes const key(made.key.begin(), made.key.begin() + 8);
  bytes const iv(made.iv.begin(), made.iv.begin() + 8);
  room<crypto::ige_stream<true>> stream;
  stream.make(made.key, made.iv);
  REQUIRE(stream.holds(key));
  stream.destroy();
  CHECK_FALSE(stream.holds(key));
  REQUIRE(derived.holds(key));
  crypto::aes_key_iv const moved = std::move(made);
  CHECK(std::ranges::equal(bytes_view(moved.key).first(8), key));
  CHECK_FALSE(derived.holds(key));
  CHECK_FALSE(derived.holds(iv));
  derived.make(moved);
  derived.destroy();
  CHECK_FALSE(derived.holds(key));
  CHECK_FALSE(derived.holds(iv));
}

TEST_CASE("wiped bytes take the value out of what they are made from", "[crypto]") {
  std::array<std::uint8_t, 4> digest = {1, 2, 3, 4};
  crypto::wiped_bytes<4> first(std::move(digest));
  CHECK(digest == std::array<std::uint8_t, 4>{});
  crypto::wiped_bytes<4> second;
  second = std::move(first);
  CHECK(first == std::array<std::uint8_t, 4>{});
  CHECK(second == std::array<std::uint8_t, 4>{1, 2, 3, 4});
}
