// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/crypto/rsa_padding.hpp>

#include <mtp/crypto/hash.hpp>
#include <support/catch.hpp>
#include <support/hex.hpp>
#include <support/rsa_keys.hpp>
#include <support/seeded_random.hpp>
#include <support/vectors/rsa.hpp>

#include <algorithm>

using namespace mtp;
using namespace mtp::test;

namespace {

crypto::rsa_private_key server_key() {
  return *crypto::rsa_private_key::from_pem(rsa_keys::private_pkcs8);
}

}  // namespace

TEST_CASE("RSA_PAD gives grammers' known answer, drawing again above the modulus",
          "[crypto][rsa]") {
  auto const& v = vectors::rsa_pad_all[0];
  bytes const data = from_hex(v.data);
  bytes script = from_hex(v.padding);
  append(script, from_hex(v.first_key));
  append(script, from_hex(v.second_key));
  scripted_random random(script);
  auto const key = crypto::rsa_public_key::from_modulus(v.modulus);
  REQUIRE(key);
  CHECK(to_hex(crypto::rsa_pad_encrypt(*key, data, random)) == v.encrypted);
  CHECK(random.left() == 0);
}

TEST_CASE("RSA_PAD comes off again, for every length", "[crypto][rsa]") {
  auto const key = server_key();
  seeded_random random(5);
  for (std::size_t size = 0; size <= crypto::max_rsa_pad; size += 12) {
    bytes data(size);
    random.fill(data);
    auto const raw = key.decrypt(crypto::rsa_pad_encrypt(key.public_key(), data, random));
    REQUIRE(raw);
    auto const opened = crypto::rsa_pad_open(*raw);
    REQUIRE(opened);
    CHECK(std::equal(data.begin(), data.end(), opened->begin()));
  }
}

TEST_CASE("a damaged RSA_PAD is noticed", "[crypto][rsa]") {
  auto const key = server_key();
  seeded_random random(6);
  auto const raw = key.decrypt(crypto::rsa_pad_encrypt(key.public_key(), bytes(96, 1), random));
  for (std::size_t byte = 0; byte < raw->size(); ++byte) {
    auto bad = *raw;
    bad[byte] ^= 1;
    CHECK_FALSE(crypto::rsa_pad_open(bad));
  }
}

TEST_CASE("the old padding comes off and is no RSA_PAD", "[crypto][rsa]") {
  auto const key = server_key();
  seeded_random random(8);
  bytes const data(96, 9);
  auto const raw = key.decrypt(crypto::rsa_legacy_encrypt(key.public_key(), data, random));
  REQUIRE(raw);
  CHECK_FALSE(crypto::rsa_pad_open(*raw));
  auto const content = crypto::rsa_legacy_open(*raw);
  REQUIRE(content);
  CHECK(content->hash == crypto::sha1(data));
  CHECK(std::equal(data.begin(), data.end(), content->data_and_padding.begin()));
}

TEST_CASE("the old padding begins with a zero byte", "[crypto][rsa]") {
  crypto::rsa_block block = {};
  block[0] = 1;
  CHECK_FALSE(crypto::rsa_legacy_open(block));
}
