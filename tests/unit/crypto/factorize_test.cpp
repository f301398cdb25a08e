// SPDX-License-Identifier: MIT OR Apache-2.0
#include <support/catch.hpp>
#include <support/vectors/factors.hpp>

#include <crypto/counted_factorize.hpp>

#include <random>

using namespace mtp;
using namespace mtp::test;
using crypto::factorize;
using crypto::is_prime;
using crypto::prime_pair;

TEST_CASE("known products come apart", "[crypto][factorize]") {
  for (auto const& v : vectors::product_all) {
    CAPTURE(v.pq);
    CHECK((factorize(v.pq) == prime_pair{v.p, v.q}));
  }
}

TEST_CASE("all products of two small primes come apart, nothing else does", "[crypto][factorize]") {
  auto const slowly = [](std::uint64_t n) -> std::optional<prime_pair> {
    std::uint64_t p = 2;
    while (p < n && n % p != 0) ++p;
    if (p >= n || n / p == p) return std::nullopt;
    for (std::uint64_t d = 2; d * d <= n / p; ++d)
      if (n / p % d == 0) return std::nullopt;
    return prime_pair{p, n / p};
  };
  for (std::uint64_t n = 0; n < 3000; ++n) {
    CAPTURE(n);
    REQUIRE((factorize(n) == slowly(n)));
  }
}

TEST_CASE("random products of two primes of 31 bits come apart", "[crypto][factorize]") {
  std::mt19937_64 engine(7);
  auto const draw = [&] {
    for (;;) {
      std::uint64_t const n = (engine() & 0x7fffffff) | 0x40000001;
      if (is_prime(n)) return n;
    }
  };
  for (int i = 0; i < 50; ++i) {
    std::uint64_t const p = draw();
    std::uint64_t const q = draw();
    if (p == q) continue;
    CAPTURE(p, q);
    REQUIRE((factorize(p * q) == prime_pair{std::min(p, q), std::max(p, q)}));
  }
}

TEST_CASE("a number that is no product of two primes is refused soon", "[crypto][factorize]") {
  constexpr std::uint64_t none[] = {
      0,
      1,
      2147483647ULL * 2147483647ULL,   // a square
      2097143ULL * 2097143 * 2097143,  // a cube
      1021ULL * 1031 * 1033,
      1ULL << 62,
      1ULL << 63,
      ~0ULL,
      18446743979220271189ULL,  // 4294967279 * 4294967291, beyond 2^63
  };
  for (auto const n : none) {
    CAPTURE(n);
    unsigned steps = 0;
    CHECK_FALSE(crypto::counted_factorize(n, steps));
    CHECK(steps <= 3 * crypto::max_search_steps);
  }
}

TEST_CASE("in a prime nothing is searched for (H11)", "[crypto][factorize]") {
  constexpr std::uint64_t primes[] = {2147483647,
                                      9223372036854775783};  // the latter the greatest below 2^63
  for (auto const prime : primes) {
    unsigned steps = 0;
    CHECK_FALSE(crypto::counted_factorize(prime, steps));
    CHECK(steps == 0);
  }
}

TEST_CASE("an even product and one with a small prime come apart", "[crypto][factorize]") {
  CHECK((factorize(2 * 4611686018427387847ULL) == prime_pair{2, 4611686018427387847U}));
  CHECK((factorize(3 * 3074457345618258599ULL) == prime_pair{3, 3074457345618258599U}));
}

TEST_CASE("primes are told from what resembles them", "[crypto][factorize]") {
  CHECK(is_prime(2));
  CHECK(is_prime(37));
  CHECK(is_prime(41));
  CHECK(is_prime(2147483647));
  CHECK_FALSE(is_prime(0));
  CHECK_FALSE(is_prime(1));
  CHECK_FALSE(is_prime(561));                  // Carmichael
  CHECK_FALSE(is_prime(3215031751));           // passes for the witnesses 2, 3, 5 and 7
  CHECK_FALSE(is_prime(3825123056546413051));  // passes for the first nine primes
}
