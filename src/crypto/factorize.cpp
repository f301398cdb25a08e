// SPDX-License-Identifier: MIT OR Apache-2.0
// Pollard's rho in Brent's form, on numbers in Montgomery's form, with one greatest common divisor
// every 128 steps.
#include "counted_factorize.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

namespace mtp::MTP_ABI::crypto {
namespace {

using word = std::uint64_t;
__extension__ using double_word = unsigned __int128;

constexpr word limit = word{1} << 63;
constexpr unsigned steps_per_gcd = 128;

/// Arithmetic modulo an odd number below 2^63, on residues multiplied by 2^64.
class montgomery {
 public:
  explicit montgomery(word n) : n_(n), inverse_(negative_inverse(n)), one_(~word{0} % n + 1) {
    square_ = static_cast<word>(static_cast<double_word>(one_) * one_ % n_);
  }
  word multiply(word a, word b) const { return reduce(static_cast<double_word>(a) * b); }
  word add(word a, word b) const {
    word const sum = a + b;
    return sum >= n_ ? sum - n_ : sum;
  }
  word enter(word a) const { return multiply(a % n_, square_); }
  word one() const { return one_; }

 private:
  /// Newton's iteration doubles the right bits each time: 3, 6, ... 96.
  static word negative_inverse(word n) {
    word x = n;
    for (int i = 0; i < 5; ++i) x *= 2 - n * x;
    return ~x + 1;
  }
  word reduce(double_word t) const {
    word const m = static_cast<word>(t) * inverse_;
    auto const sum = static_cast<word>((t + static_cast<double_word>(m) * n_) >> 64);
    return sum >= n_ ? sum - n_ : sum;
  }

  word n_;
  word inverse_;
  word one_;
  word square_ = 0;
};

word power(montgomery const& m, word base, word exponent) {
  word result = m.one();
  for (; exponent != 0; exponent >>= 1) {
    if (exponent & 1) result = m.multiply(result, base);
    base = m.multiply(base, base);
  }
  return result;
}

/// One round of Miller and Rabin for odd n.
bool passes_miller_rabin(montgomery const& m, word n, word witness) {
  int const twos = std::countr_zero(n - 1);
  word const minus_one = n - m.one();
  word x = power(m, m.enter(witness), (n - 1) >> twos);
  if (x == m.one() || x == minus_one) return true;
  for (int i = 1; i < twos; ++i) {
    x = m.multiply(x, x);
    if (x == minus_one) return true;
  }
  return false;
}

word distance(word a, word b) { return a > b ? a - b : b - a; }

/// One run of Brent's search on x -> x * x + c.
class brent {
 public:
  brent(word n, word c, unsigned& steps)
      : n_(n), m_(n), c_(m_.enter(c)), product_(m_.one()), steps_(steps) {
    y_ = m_.enter(2);
  }

  /// A divisor other than 1, perhaps n itself; 0 when the steps ran out.
  word divisor() {
    for (unsigned length = 1;; length *= 2) {
      x_ = y_;
      for (unsigned i = 0; i < length; ++i) y_ = next(y_);
      for (unsigned done = 0; done < length; done += steps_per_gcd) {
        word const found = stretch(std::min(steps_per_gcd, length - done));
        if (found != 1) return found;
      }
      steps_ += 2 * length;
      if (steps_ >= max_search_steps) return 0;
    }
  }

 private:
  word next(word y) const { return m_.add(m_.multiply(y, y), c_); }

  word stretch(unsigned steps) {
    word const from = y_;
    for (unsigned i = 0; i < steps; ++i) {
      y_ = next(y_);
      product_ = m_.multiply(product_, distance(x_, y_));
    }
    word const found = std::gcd(product_, n_);
    return found == n_ ? one_by_one(from) : found;
  }

  /// All factors came at once: goes over the stretch again, looking after each step.
  word one_by_one(word y) const {
    for (;;) {
      y = next(y);
      word const found = std::gcd(distance(x_, y), n_);
      if (found != 1) return found;
    }
  }

  word n_;
  montgomery m_;
  word c_;
  word product_;
  word x_ = 0;
  word y_ = 0;
  unsigned& steps_;
};

/// Some divisor of an odd composite number, neither 1 nor the number; 0 when none was found.
word some_divisor(word n, unsigned& steps) {
  for (word c = 1; c <= 16 && steps < max_search_steps; ++c) {
    word const found = brent(n, c, steps).divisor();
    if (found > 1 && found < n) return found;
  }
  return 0;
}

}  // namespace

bool is_prime(std::uint64_t n) {
  if (n < 2 || n >= limit) return false;
  // The first twelve primes as witnesses leave no pseudoprime below 3.3e24 (Sorenson and Webster).
  constexpr word witnesses[] = {2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37};
  for (word const p : witnesses) {
    if (n % p == 0) return n == p;
  }
  montgomery const m(n);
  return std::ranges::all_of(witnesses, [&](word w) { return passes_miller_rabin(m, n, w); });
}

std::optional<prime_pair> factorize(std::uint64_t pq) {
  unsigned steps = 0;
  return counted_factorize(pq, steps);
}

std::optional<prime_pair> counted_factorize(std::uint64_t pq, unsigned& steps) {
  if (pq < 6 || pq >= limit || is_prime(pq)) return std::nullopt;
  word const found = pq % 2 == 0 ? 2 : some_divisor(pq, steps);
  if (found == 0) return std::nullopt;
  prime_pair const pair{std::min(found, pq / found), std::max(found, pq / found)};
  if (pair.p == pair.q || !is_prime(pair.p) || !is_prime(pair.q)) return std::nullopt;
  return pair;
}

}  // namespace mtp::MTP_ABI::crypto
