// SPDX-License-Identifier: MIT OR Apache-2.0
#include <support/vectors/rsa.hpp>

#include <mtp/crypto/known_keys.hpp>
#include <mtp/crypto/rsa.hpp>
#include <support/catch.hpp>
#include <support/hex.hpp>
#include <support/rsa_keys.hpp>
#include <support/seeded_random.hpp>

using namespace mtp;
using namespace mtp::test;
using crypto::rsa_private_key;
using crypto::rsa_public_key;

TEST_CASE("fingerprints of Telegram's keys", "[crypto][rsa]") {
  for (auto const& v : vectors::rsa_fingerprint_all) {
    auto const key = rsa_public_key::from_modulus(v.modulus);
    REQUIRE(key);
    CHECK(key->fingerprint() == v.value);
    std::array<std::uint8_t, 8> wire;
    store_le(wire.data(), key->fingerprint());
    CHECK(to_hex(wire) == v.wire);
  }
}

TEST_CASE("the built-in keys are the current ones of Telegram", "[crypto][rsa]") {
  REQUIRE(crypto::production_keys().size() == 1);  // not the one of 2013
  CHECK(static_cast<std::uint64_t>(crypto::production_keys()[0].fingerprint()) ==
        0xd09d1d85de64fd85);
  REQUIRE(crypto::test_keys().size() == 1);
  CHECK(static_cast<std::uint64_t>(crypto::test_keys()[0].fingerprint()) == 0xb25898df208d2603);
}

TEST_CASE("a public key is read from both kinds of PEM and written as PKCS#1", "[crypto][rsa]") {
  auto const pkcs1 = rsa_public_key::from_pem(rsa_keys::public_pkcs1);
  auto const spki = rsa_public_key::from_pem(rsa_keys::public_spki);
  REQUIRE(pkcs1);
  REQUIRE(spki);
  CHECK(*pkcs1 == *spki);
  CHECK(pkcs1->exponent() == 65537);
  CHECK(pkcs1->to_pem() == rsa_keys::public_pkcs1);
}

TEST_CASE("a private key is read from both kinds of PEM", "[crypto][rsa]") {
  auto const pkcs1 = rsa_private_key::from_pem(rsa_keys::private_pkcs1);
  auto const pkcs8 = rsa_private_key::from_pem(rsa_keys::private_pkcs8);
  REQUIRE(pkcs1);
  REQUIRE(pkcs8);
  CHECK(pkcs1->public_key() == *rsa_public_key::from_pem(rsa_keys::public_spki));
  CHECK(pkcs8->public_key() == pkcs1->public_key());
  CHECK(pkcs1->to_pem() == rsa_keys::private_pkcs8);
}

TEST_CASE("what is no RSA key of 2048 bits is a typed error", "[crypto][rsa]") {
  for (std::string_view const text :
       {std::string_view(""), std::string_view("hello"), rsa_keys::public_1024, rsa_keys::elliptic,
        rsa_keys::public_pkcs1.substr(0, 200), rsa_keys::private_encrypted}) {
    auto const public_key = rsa_public_key::from_pem(text);
    REQUIRE_FALSE(public_key);
    CHECK(public_key.error() == client_errc::bad_config);
    auto const private_key = rsa_private_key::from_pem(text);
    REQUIRE_FALSE(private_key);
    CHECK(private_key.error() == client_errc::bad_config);
  }
  CHECK_FALSE(rsa_private_key::from_pem(rsa_keys::public_spki));
  std::string const modulus(vectors::rsa_fingerprint_all[0].modulus);
  CHECK_FALSE(rsa_public_key::from_modulus(""));
  CHECK_FALSE(rsa_public_key::from_modulus("xyz"));
  CHECK_FALSE(rsa_public_key::from_modulus(modulus.substr(2)));
  CHECK_FALSE(rsa_public_key::from_modulus(modulus + "00"));
  CHECK_FALSE(rsa_public_key::from_modulus("-" + modulus));
  CHECK_FALSE(rsa_public_key::from_modulus(modulus.substr(0, 511) + "g"));
  CHECK_FALSE(rsa_public_key::from_modulus(modulus, 2));
}

TEST_CASE("a private key undoes its public half", "[crypto][rsa]") {
  auto const key = *rsa_private_key::from_pem(rsa_keys::private_pkcs8);
  seeded_random random(3);
  auto number = random.make<crypto::rsa_block>();
  number[0] = 0;
  auto const encrypted = key.public_key().encrypt(number);
  REQUIRE(encrypted);
  CHECK(*encrypted != number);
  CHECK(key.decrypt(*encrypted) == number);
}

TEST_CASE("a number not below the modulus is refused", "[crypto][rsa]") {
  auto const key = *rsa_private_key::from_pem(rsa_keys::private_pkcs8);
  crypto::rsa_block greatest;
  greatest.fill(0xff);
  CHECK_FALSE(key.public_key().encrypt(greatest));
  CHECK_FALSE(key.public_key().encrypt(key.public_key().modulus()));
  CHECK_FALSE(key.decrypt(greatest));
}

TEST_CASE("a made key has a fingerprint that mtcute finds and survives its own PEM",
          "[crypto][rsa]") {
  auto const key = rsa_private_key::generate();
  CHECK(static_cast<std::uint64_t>(key.public_key().fingerprint()) >> 60 != 0);
  auto const again = rsa_private_key::from_pem(key.to_pem());
  REQUIRE(again);
  CHECK(again->public_key() == key.public_key());
  CHECK(*rsa_public_key::from_pem(key.public_key().to_pem()) == key.public_key());
}
