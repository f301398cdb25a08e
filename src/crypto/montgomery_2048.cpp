// SPDX-License-Identifier: MIT OR Apache-2.0
#include "montgomery_2048.hpp"

#include "openssl.hpp"
#include "x86_kernels.hpp"

#include <algorithm>

namespace mtp::MTP_ABI::crypto {
namespace {

__extension__ using double_word = unsigned __int128;

/// How a kernel cuts a number: so many words with so many bits in each, 64 bits or more beyond the
/// modulus in all (32 with the longer words of which fewer bits are used).
struct limb_layout {
  std::size_t words;
  unsigned bits;
};

constexpr limb_layout limbs_of(modular_kernel kernel) {
  return kernel == modular_kernel::ifma ? limb_layout{40, 52} : limb_layout{33, 64};
}

constexpr std::uint64_t mask_of(limb_layout s) { return ~std::uint64_t{0} >> (64 - s.bits); }

constexpr std::size_t plain_words = 32;
/// A number of 2048 bits in words of 64, the lowest first, and zeros to read beyond it.
using plain = std::array<std::uint64_t, plain_words + 2>;

void wipe_words(plain& p) { wipe({reinterpret_cast<std::uint8_t*>(p.data()), sizeof p}); }

/// Cuts a number given highest byte first.
residue cut(bytes_view number, limb_layout s) {
  plain p = {};
  for (std::size_t i = 0; i < number.size(); ++i)
    p[i / 8] |= std::uint64_t{number[number.size() - 1 - i]} << (8 * (i % 8));
  residue out;
  for (std::size_t w = 0; w < s.words; ++w) {
    std::size_t const bit = w * s.bits;
    std::size_t const at = bit / 64;
    if (at > plain_words) break;
    std::uint64_t const high = bit % 64 == 0 ? 0 : p[at + 1] << (64 - bit % 64);
    out.words[w] = (p[at] >> bit % 64 | high) & mask_of(s);
  }
  wipe_words(p);
  return out;
}

/// The inverse of cut, for what is below 2^2048.
dh_value join(residue const& r, limb_layout s) {
  plain p = {};
  for (std::size_t w = 0; w < s.words; ++w) {
    std::size_t const bit = w * s.bits;
    std::size_t const at = bit / 64;
    if (at > plain_words) break;
    p[at] |= r.words[w] << bit % 64;
    if (bit % 64 != 0) p[at + 1] |= r.words[w] >> (64 - bit % 64);
  }
  dh_value out;
  for (std::size_t i = 0; i < out.size(); ++i)
    out[out.size() - 1 - i] = static_cast<std::uint8_t>(p[i / 8] >> (8 * (i % 8)));
  wipe_words(p);
  return out;
}

/// Newton's iteration doubles the right bits each time: 3, 6, ... 96.
std::uint64_t negative_inverse(std::uint64_t n) {
  std::uint64_t x = n;
  for (int i = 0; i < 5; ++i) x *= 2 - n * x;
  return ~x + 1;
}

/// Two to that power modulo the modulus.
residue power_of_two(dh_value const& modulus, std::size_t exponent, limb_layout s) {
  auto const n = ossl::to_number(modulus.data(), modulus.size());
  auto const two = ossl::new_number();
  ossl::check(BN_set_bit(two.get(), static_cast<int>(exponent)));
  auto const rest = ossl::new_number();
  auto const context = ossl::new_context();
  ossl::check(BN_mod(rest.get(), two.get(), n.get(), context.get()));
  dh_value value;
  BN_bn2binpad(rest.get(), value.data(), static_cast<int>(value.size()));
  return cut(value, s);
}

constexpr std::size_t portable_words = limbs_of(modular_kernel::portable).words;

/// Adds a * b[i] + m * q to the sum and takes its lowest word, which is zero then, off.
void add_row(std::uint64_t* sum, std::uint64_t const* a, std::uint64_t b, std::uint64_t const* m,
             std::uint64_t inverse) {
  double_word from_a = static_cast<double_word>(a[0]) * b + sum[0];
  std::uint64_t const q = static_cast<std::uint64_t>(from_a) * inverse;
  double_word from_m = static_cast<double_word>(m[0]) * q + static_cast<std::uint64_t>(from_a);
  for (std::size_t j = 1; j < portable_words; ++j) {
    from_a = static_cast<double_word>(a[j]) * b + sum[j] + static_cast<std::uint64_t>(from_a >> 64);
    from_m = static_cast<double_word>(m[j]) * q + static_cast<std::uint64_t>(from_a) +
             static_cast<std::uint64_t>(from_m >> 64);
    sum[j - 1] = static_cast<std::uint64_t>(from_m);
  }
  // Twice the modulus leaves most of the highest word free: the two carries fit.
  sum[portable_words - 1] =
      static_cast<std::uint64_t>(from_a >> 64) + static_cast<std::uint64_t>(from_m >> 64);
}

void multiply_portable(residue& out, residue const& a, residue const& b, residue const& modulus,
                       std::uint64_t inverse) {
  residue sum;
  for (std::size_t i = 0; i < portable_words; ++i)
    add_row(sum.words.data(), a.words.data(), b.words[i], modulus.words.data(), inverse);
  out = sum;
}

std::uint64_t all_ones_if_equal(std::size_t a, std::size_t b) {
  std::uint64_t mask = 0 - ((std::uint64_t{a ^ b} - 1) >> 63);
#ifdef __GNUC__
  __asm__("" : "+r"(mask));  // or the compiler may see that it is a condition, and branch
#endif
  return mask;
}

/// Makes the modulus itself, which stands for zero, a zero.
void clear_if_equal(residue& r, residue const& modulus) {
  std::uint64_t difference = 0;
  for (std::size_t w = 0; w < r.words.size(); ++w) difference |= r.words[w] ^ modulus.words[w];
  std::uint64_t const kept = 0 - ((difference | (0 - difference)) >> 63);
  for (auto& word : r.words) word &= kept;
}

void select_portable(residue& out, std::span<residue const> table, std::size_t index) {
  out.words.fill(0);
  for (std::size_t i = 0; i < table.size(); ++i) {
    std::uint64_t const mask = all_ones_if_equal(i, index);
    for (std::size_t w = 0; w < portable_words; ++w) out.words[w] |= table[i].words[w] & mask;
  }
}

constexpr unsigned window = 5;

/// The bits of a secret from `lowest` on, as many as the window has; none beyond its end.
std::size_t bits_at(dh_secret const& secret, std::size_t lowest) {
  std::size_t out = 0;
  for (unsigned i = 0; i < window; ++i) {
    std::size_t const bit = lowest + i;
    if (bit >= 8 * secret.size()) break;
    out |= std::size_t{secret[secret.size() - 1 - bit / 8] >> bit % 8 & 1U} << i;
  }
  return out;
}

}  // namespace

montgomery_2048::montgomery_2048(dh_value const& modulus, modular_kernel kernel) : kernel_(kernel) {
  limb_layout const s = limbs_of(kernel);
  modulus_ = cut(modulus, s);
  inverse_ = negative_inverse(modulus_.words[0]) & mask_of(s);
  one_ = power_of_two(modulus, s.words * s.bits, s);
  square_ = power_of_two(modulus, 2 * s.words * s.bits, s);
}

residue montgomery_2048::enter(bytes_view number) const {
  residue out = cut(number, limbs_of(kernel_));
  multiply(out, out, square_);
  return out;
}

dh_value montgomery_2048::leave(residue const& r) const {
  residue plain_one;
  plain_one.words[0] = 1;
  residue out;
  multiply(out, r, plain_one);  // not above the modulus, because one of the factors is 1
  clear_if_equal(out, modulus_);
  return join(out, limbs_of(kernel_));
}

void montgomery_2048::multiply(residue& out, residue const& a, residue const& b) const noexcept {
#ifdef MTP_X86_KERNELS
  if (kernel_ == modular_kernel::ifma)
    return x86::multiply_ifma(out.words.data(), a.words.data(), b.words.data(),
                              modulus_.words.data(), inverse_);
#endif
  multiply_portable(out, a, b, modulus_, inverse_);
}

void montgomery_2048::select(residue& out, std::span<residue const> table,
                             std::size_t index) const noexcept {
#ifdef MTP_X86_KERNELS
  static_assert(sizeof(residue) == residue::max_words * sizeof(std::uint64_t));
  if (kernel_ == modular_kernel::ifma)
    return x86::select_ifma(out.words.data(), table.data()->words.data(), table.size(), index);
#endif
  select_portable(out, table, index);
}

dh_secret power(montgomery_2048 const& field, bytes_view base, dh_secret const& secret) {
  std::array<residue, 1U << window> table;
  table[0] = field.one();
  table[1] = field.enter(base);
  for (std::size_t i = 2; i < table.size(); ++i) field.multiply(table[i], table[i - 1], table[1]);
  residue out = field.one();
  residue factor;
  constexpr std::size_t windows = (8 * sizeof(dh_value) + window - 1) / window;
  for (std::size_t w = windows; w-- > 0;) {
    for (unsigned i = 0; i < window; ++i) field.multiply(out, out, out);
    field.select(factor, table, bits_at(secret, w * window));
    field.multiply(out, out, factor);
  }
  return field.leave(out);
}

}  // namespace mtp::MTP_ABI::crypto
