// SPDX-License-Identifier: MIT OR Apache-2.0
#include <support/vectors/dh.hpp>

#include "openssl_allocations.hpp"

#include <mtp/crypto/auth_key.hpp>
#include <mtp/crypto/dh.hpp>
#include <support/catch.hpp>
#include <support/hex.hpp>
#include <support/seeded_random.hpp>
#include <support/vectors/handshakes.hpp>

using namespace mtp;
using namespace mtp::test;
using crypto::dh_group;
using crypto::dh_value;

namespace {

dh_group known_group() { return std::move(*dh_group::make(crypto::known_dh_prime(), 3)); }

/// The safe prime of 2048 bits of RFC 3526, group 14: not Telegram's.
constexpr std::string_view rfc_3526_group_14 =
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74"
    "020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F1437"
    "4FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
    "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF05"
    "98DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB"
    "9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B"
    "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF695581718"
    "3995497CEA956AE515D2261898FA051015728E5A8AACAA68FFFFFFFFFFFFFFFF";

bytes lowered(std::string_view hex) {
  std::string text(hex);
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return from_hex(text);
}

/// 2^power, as 256 bytes.
dh_value power_of_two(std::size_t power) {
  dh_value out = {};
  out[255 - power / 8] = static_cast<std::uint8_t>(1U << power % 8);
  return out;
}

}  // namespace

TEST_CASE("generators fit primes by their rests", "[crypto][dh]") {
  struct row {
    int g;
    unsigned prime;
    bool fits;
  };
  // The table of grammers, two_factor_auth.rs, and the rests of the known prime.
  for (auto const& r : {row{2, 23, true}, row{2, 11, false}, row{3, 47, true}, row{3, 13, false},
                        row{4, 11, true}, row{5, 11, true}, row{5, 179, true}, row{6, 383, true},
                        row{7, 479, true}, row{7, 383, true}, row{7, 503, true}}) {
    CAPTURE(r.g, r.prime);
    bytes const prime = {static_cast<std::uint8_t>(r.prime >> 8),
                         static_cast<std::uint8_t>(r.prime)};
    CHECK(crypto::generator_fits(r.g, prime) == r.fits);
  }
  for (int g = -1; g < 10; ++g) {
    CAPTURE(g);
    CHECK(crypto::generator_fits(g, crypto::known_dh_prime()) == (g == 3 || g == 4 || g == 7));
  }
}

TEST_CASE("the known prime passes at once", "[crypto][dh]") {
  CHECK(to_hex(crypto::known_dh_prime()).substr(0, 8) == "c71caeb9");
  auto const before = openssl_allocations();
  CHECK(crypto::is_safe_prime(crypto::known_dh_prime()));
  CHECK(openssl_allocations() == before);  // no number is made
}

TEST_CASE("another safe prime passes the whole test once, then from memory", "[crypto][dh]") {
  bytes const prime = lowered(rfc_3526_group_14);
  auto const before = openssl_allocations();
  CHECK(crypto::is_safe_prime(prime));
  auto const tested = openssl_allocations();
  CHECK(crypto::is_safe_prime(prime));
  CHECK(tested - before > 20);
  CHECK(openssl_allocations() - tested < 20);
}

TEST_CASE("what is no safe prime of 2048 bits is refused", "[crypto][dh]") {
  auto composite = crypto::known_dh_prime();
  composite[100] ^= 4;
  CHECK_FALSE(crypto::is_safe_prime(composite));
  auto even = crypto::known_dh_prime();
  even[255] &= 0xfe;
  CHECK_FALSE(crypto::is_safe_prime(even));
  CHECK_FALSE(crypto::is_safe_prime({}));
  CHECK_FALSE(crypto::is_safe_prime(bytes(256, 0)));
  CHECK_FALSE(crypto::is_safe_prime(bytes(256, 0xff)));
  CHECK_FALSE(crypto::is_safe_prime(bytes_view(crypto::known_dh_prime()).subspan(1)));
  bytes longer(1, 0);
  append(longer, crypto::known_dh_prime());
  CHECK_FALSE(crypto::is_safe_prime(longer));
}

TEST_CASE("a prime whose half is none is refused", "[crypto][dh]") {
  bytes prime(256, 0xff);  // 2^2048 - 1557, the greatest prime of that length that is 3 modulo 4
  prime[254] = 0xf9;
  prime[255] = 0xeb;
  CHECK_FALSE(crypto::is_safe_prime(prime));
}

TEST_CASE("a composite number whose half is prime is refused", "[crypto][dh]") {
  bytes number(256, 0xff);  // 2^2048 - 169, twice the greatest prime below 2^2047, and one
  number[255] = 0x57;
  CHECK_FALSE(crypto::is_safe_prime(number));
}

TEST_CASE("a group says what was wrong with it", "[crypto][dh]") {
  CHECK(dh_group::make(crypto::known_dh_prime(), 3));
  CHECK(dh_group::make(crypto::known_dh_prime(), 2).error() == protocol_errc::bad_dh_generator);
  CHECK(dh_group::make(crypto::known_dh_prime(), 0).error() == protocol_errc::bad_dh_generator);
  CHECK(dh_group::make(bytes(256, 1), 3).error() == protocol_errc::bad_dh_prime);
}

TEST_CASE("public values keep away from both ends", "[crypto][dh]") {
  auto const group = known_group();
  CHECK_FALSE(group.in_range({}));
  CHECK_FALSE(group.in_range(bytes{0}));
  CHECK_FALSE(group.in_range(bytes{1}));
  CHECK_FALSE(group.in_range(crypto::known_dh_prime()));
  CHECK_FALSE(group.in_range(bytes(257, 1)));
  CHECK(group.in_range(power_of_two(1984)));
  auto below = power_of_two(1984);
  below.fill(0xff);
  std::fill_n(below.begin(), 8, std::uint8_t{0});
  CHECK_FALSE(group.in_range(below));    // 2^1984 - 1
  auto high = crypto::known_dh_prime();  // prime - 2^1984: the lowest bit of the eighth byte
  for (std::size_t at = 7; high[at]-- == 0; --at) {}
  CHECK(group.in_range(high));
  high[255] = static_cast<std::uint8_t>(high[255] + 1);
  CHECK_FALSE(group.in_range(high));
}

TEST_CASE("recorded exchanges are computed again", "[crypto][dh]") {
  auto const group = known_group();
  for (auto const& v : vectors::handshake_all) {
    CHECK(to_hex(group.power_of_generator(from_hex(v.b))) == v.g_b);
    CHECK(to_hex(group.power(from_hex(v.g_a), from_hex(v.b))) == v.auth_key);
  }
}

TEST_CASE("a key that begins with a zero byte keeps its 256 bytes", "[crypto][dh]") {
  auto const group = known_group();
  auto const& v = vectors::leading_zero_all[0];
  CHECK(to_hex(group.power_of_generator(from_hex(v.a))) == v.g_a);
  auto const shared = group.power(from_hex(v.g_b), from_hex(v.a));
  CHECK(to_hex(shared) == v.auth_key);
  CHECK(group.power(from_hex(v.g_a), from_hex(v.b)) == shared);
  std::array<std::uint8_t, 8> id;
  store_le(id.data(), crypto::auth_key(shared).id());
  CHECK(to_hex(id) == v.auth_key_id);
}

TEST_CASE("both sides draw and agree", "[crypto][dh]") {
  auto const group = known_group();
  seeded_random random(11);
  auto const a = group.draw(random);
  auto const b = group.draw(random);
  REQUIRE(a);
  REQUIRE(b);
  CHECK(group.in_range(a->public_value));
  CHECK(group.power(b->public_value, a->secret) == group.power(a->public_value, b->secret));
}

TEST_CASE("drawing from a group of one element ends", "[crypto][dh]") {
  seeded_random random(12);
  CHECK_FALSE(dh_group::unchecked(crypto::known_dh_prime(), 1).draw(random));
}
