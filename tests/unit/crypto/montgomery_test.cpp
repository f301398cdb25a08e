// SPDX-License-Identifier: MIT OR Apache-2.0
#include <support/catch.hpp>
#include <support/hex.hpp>
#include <support/seeded_random.hpp>
#include <support/vectors/handshakes.hpp>

#include <crypto/fixed_base.hpp>
#include <crypto/montgomery_2048.hpp>
#include <openssl/bn.h>

#include <algorithm>

using namespace mtp;
using namespace mtp::test;
using crypto::dh_secret;
using crypto::dh_value;
using crypto::modular_kernel;
using crypto::montgomery_2048;

namespace {

std::vector<modular_kernel> all_modular_kernels() {
  std::vector<modular_kernel> out = {modular_kernel::portable};
  if (runs_here(modular_kernel::ifma)) out.push_back(modular_kernel::ifma);
  return out;
}

dh_value as_value(bytes_view number) {
  dh_value out = {};
  std::ranges::copy(number, out.end() - std::ssize(number));
  return out;
}

/// What OpenSSL makes of it.
dh_value expected_power(dh_value const& modulus, bytes_view base, bytes_view exponent) {
  auto const number = [](bytes_view from) {
    return BN_bin2bn(from.data(), static_cast<int>(from.size()), nullptr);
  };
  BIGNUM* const parts[] = {number(modulus), number(base), number(exponent), BN_new()};
  BN_CTX* const context = BN_CTX_new();
  REQUIRE(BN_mod_exp(parts[3], parts[1], parts[2], parts[0], context) == 1);
  dh_value out;
  BN_bn2binpad(parts[3], out.data(), static_cast<int>(out.size()));
  for (BIGNUM* const part : parts) BN_free(part);
  BN_CTX_free(context);
  return out;
}

/// Odd, of 2048 bits; some with long runs of ones or zeros, where carries go wrong.
dh_value random_modulus(seeded_random& random, int kind) {
  auto out = random.make<dh_value>();
  if (kind == 1) std::fill_n(out.begin(), 200, std::uint8_t{0xff});
  if (kind == 2) std::fill_n(out.begin() + 1, 200, std::uint8_t{0});
  if (kind == 3) out.fill(0xff);
  out.front() |= 0x80;
  out.back() |= 1;
  return out;
}

}  // namespace

TEST_CASE("residues enter and leave unchanged", "[crypto][dh]") {
  seeded_random random(51);
  for (auto const kernel : all_modular_kernels()) {
    montgomery_2048 const field(crypto::known_dh_prime(), kernel);
    for (std::size_t size = 0; size <= 255; ++size) {
      bytes number(size);
      random.fill(number);
      CAPTURE(static_cast<int>(kernel), size);
      REQUIRE(field.leave(field.enter(number)) == as_value(number));
    }
    CHECK(field.leave(field.one()) == as_value(bytes{1}));
  }
}

TEST_CASE("powers are those of OpenSSL, modulo numbers of all kinds", "[crypto][dh]") {
  seeded_random random(52);
  for (int round = 0; round < 24; ++round) {
    auto const modulus = random_modulus(random, round % 4);
    auto base = random.make<dh_value>();
    dh_secret exponent(random.make<dh_value>());
    if (round % 5 == 1) exponent.fill(0xff);
    if (round % 5 == 2) exponent.fill(0);
    if (round % 5 == 3) std::fill_n(exponent.begin(), 250, std::uint8_t{0});
    if (round % 7 == 1) base.fill(0xff);
    if (round % 7 == 2) base = as_value(bytes{0});
    if (round % 7 == 3) base = as_value(bytes{7});
    auto const expected = expected_power(modulus, base, exponent);
    for (auto const kernel : all_modular_kernels()) {
      CAPTURE(round, static_cast<int>(kernel));
      montgomery_2048 const field(modulus, kernel);
      CHECK(to_hex(power(field, base, exponent)) == to_hex(expected));
      CHECK(to_hex(crypto::fixed_base(field, base).power(exponent)) == to_hex(expected));
    }
  }
}

TEST_CASE("each kernel computes recorded exchanges again", "[crypto][dh]") {
  for (auto const kernel : all_modular_kernels()) {
    montgomery_2048 const field(crypto::known_dh_prime(), kernel);
    crypto::fixed_base const generator(field, bytes{3});
    for (auto const& v : vectors::handshake_all) {
      dh_secret const b(as_value(from_hex(v.b)));
      CHECK(to_hex(generator.power(b)) == v.g_b);
      CHECK(to_hex(power(field, from_hex(v.g_a), b)) == v.auth_key);
    }
  }
}

TEST_CASE("an entry of a table is found at every place", "[crypto][dh]") {
  std::array<crypto::residue, 9> table;
  for (std::size_t i = 0; i < table.size(); ++i)
    std::fill_n(table[i].words.begin(), 33, i + 1);  // what the portable kernel uses
  for (auto const kernel : all_modular_kernels()) {
    montgomery_2048 const field(crypto::known_dh_prime(), kernel);
    for (std::size_t i = 0; i < table.size(); ++i) {
      crypto::residue out;
      field.select(out, table, i);
      CHECK(out.words == table[i].words);
    }
  }
}
