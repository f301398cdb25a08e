// SPDX-License-Identifier: MIT OR Apache-2.0
#include <support/vectors/key_derivation.hpp>

#include <mtp/crypto/aes.hpp>
#include <mtp/crypto/hash.hpp>
#include <mtp/crypto/key_derivation.hpp>
#include <support/catch.hpp>
#include <support/hex.hpp>
#include <support/vectors/handshakes.hpp>

using namespace mtp;
using namespace mtp::test;

namespace {

crypto::auth_key key_of(std::string_view hex) {
  return *crypto::auth_key::left_padded(from_hex(hex));
}

crypto::aes_key_iv derive(vectors::derived const& v) {
  auto const way = static_cast<crypto::direction>(v.x);
  auto const message_key = array_from_hex<int128>(v.message_key);
  return v.version == 2 ? crypto::derive_key(key_of(v.auth_key), message_key, way)
                        : crypto::derive_key_v1(key_of(v.auth_key), message_key, way);
}

}  // namespace

TEST_CASE("message keys of both versions derive the known keys", "[crypto][kdf]") {
  for (auto const& v : vectors::derived_all) {
    CAPTURE(v.version, v.x);
    auto const got = derive(v);
    CHECK(to_hex(got.key) == v.key);
    CHECK(to_hex(got.iv) == v.iv);
  }
}

TEST_CASE("nonces derive the known keys, leading zeros included", "[crypto][kdf]") {
  for (auto const& v : vectors::nonce_key_all) {
    auto got = crypto::derive_handshake_key(array_from_hex<int256>(v.new_nonce),
                                            array_from_hex<int128>(v.server_nonce));
    CHECK(to_hex(got.key) == v.key);
    CHECK(to_hex(got.iv) == v.iv);
    bytes answer = from_hex(v.encrypted);
    crypto::ige_decrypt(got.key, got.iv, answer, answer);
    CHECK(to_hex(answer) == v.decrypted);
  }
}

TEST_CASE("the three hashes at the end of a key exchange", "[crypto][kdf]") {
  for (auto const& v : vectors::nonce_hash_all) {
    CHECK(to_hex(crypto::new_nonce_hash(array_from_hex<int256>(v.new_nonce),
                                        static_cast<std::uint8_t>(v.number), key_of(v.auth_key))) ==
          v.hash);
  }
}

TEST_CASE("the hash of refused parameters is the tail of the hash of the nonce", "[crypto][kdf]") {
  auto const nonce = array_from_hex<int256>(vectors::handshake_all[0].new_nonce);
  CHECK(to_hex(crypto::params_fail_hash(nonce)) == to_hex(crypto::sha1(nonce)).substr(8));
}

TEST_CASE("the first salt of recorded exchanges", "[crypto][kdf]") {
  for (auto const& v : vectors::handshake_all) {
    std::array<std::uint8_t, 8> wire;
    store_le(wire.data(), crypto::first_server_salt(array_from_hex<int256>(v.new_nonce),
                                                    array_from_hex<int128>(v.server_nonce)));
    CHECK(to_hex(wire) == v.server_salt);
  }
}
