// SPDX-License-Identifier: MIT OR Apache-2.0
// Montgomery's multiplication of numbers in forty words of 52 bits, eight in a register. The sums
// in a word grow by less than four times 2^52 a row, so that forty rows stay within 64 bits and
// carries are brought in order once, at the end.
#include "x86_kernels.hpp"

#ifdef MTP_X86_KERNELS

#include <immintrin.h>

#define MTP_IFMA __attribute__((target("avx512f,avx512ifma,avx512vl")))
#define MTP_IFMA_INLINE MTP_IFMA __attribute__((always_inline)) inline

namespace mtp::MTP_ABI::crypto::x86 {
namespace {

constexpr std::size_t words = 40;
constexpr std::size_t registers = words / 8;
constexpr std::uint64_t mask = (std::uint64_t{1} << 52) - 1;

struct number {
  __m512i at[registers];
};

MTP_IFMA_INLINE number load(std::uint64_t const* from) {
  number n;
#pragma GCC unroll 5
  for (std::size_t j = 0; j < registers; ++j) n.at[j] = _mm512_loadu_si512(from + 8 * j);
  return n;
}

MTP_IFMA_INLINE __m512i everywhere(std::uint64_t word) {
  return _mm512_set1_epi64(static_cast<long long>(word));
}

MTP_IFMA_INLINE std::uint64_t lowest(__m512i words_of) {
  return static_cast<std::uint64_t>(_mm_cvtsi128_si64(_mm512_castsi512_si128(words_of)));
}

/// One word down, with what the lowest word had beyond 52 bits.
MTP_IFMA_INLINE void shift_down(number& sum) {
  __m512i const carry = _mm512_maskz_srli_epi64(1, sum.at[0], 52);
#pragma GCC unroll 4
  for (std::size_t j = 0; j + 1 < registers; ++j)
    sum.at[j] = _mm512_alignr_epi64(sum.at[j + 1], sum.at[j], 1);
  sum.at[registers - 1] = _mm512_alignr_epi64(_mm512_setzero_si512(), sum.at[registers - 1], 1);
  sum.at[0] = _mm512_add_epi64(sum.at[0], carry);
}

/// A row: the multiple of the modulus that makes the lowest word vanish, the shift, the high halves
/// of this row's products and the low ones of the next. The products with `a` wait for nothing, so
/// they stand outside the chain from row to row.
MTP_IFMA_INLINE void row(number& sum, number const& a, number const& m, std::uint64_t b,
                         std::uint64_t next_b, std::uint64_t inverse) {
  __m512i const bs = everywhere(b);
  __m512i const next_bs = everywhere(next_b);
  __m512i const q = everywhere(lowest(sum.at[0]) * inverse & mask);
  number rest;
#pragma GCC unroll 5
  for (std::size_t j = 0; j < registers; ++j) {
    rest.at[j] = _mm512_madd52lo_epu64(_mm512_setzero_si512(), a.at[j], next_bs);
    rest.at[j] = _mm512_madd52hi_epu64(rest.at[j], a.at[j], bs);
    rest.at[j] = _mm512_madd52hi_epu64(rest.at[j], m.at[j], q);
    sum.at[j] = _mm512_madd52lo_epu64(sum.at[j], m.at[j], q);
  }
  shift_down(sum);
#pragma GCC unroll 5
  for (std::size_t j = 0; j < registers; ++j) sum.at[j] = _mm512_add_epi64(sum.at[j], rest.at[j]);
}

MTP_IFMA_INLINE void store_in_order(std::uint64_t* out, number const& sum) {
  alignas(64) std::uint64_t loose[words];
#pragma GCC unroll 5
  for (std::size_t j = 0; j < registers; ++j) _mm512_store_si512(loose + 8 * j, sum.at[j]);
  std::uint64_t carry = 0;
  for (std::size_t w = 0; w < words; ++w) {
    carry += loose[w];
    out[w] = carry & mask;
    carry >>= 52;
  }
}

}  // namespace

MTP_IFMA void multiply_ifma(std::uint64_t* out, std::uint64_t const* a, std::uint64_t const* b,
                            std::uint64_t const* modulus, std::uint64_t inverse) noexcept {
  number const first = load(a);
  number const m = load(modulus);
  number sum;
  __m512i const b0 = everywhere(b[0]);
#pragma GCC unroll 5
  for (std::size_t j = 0; j < registers; ++j)
    sum.at[j] = _mm512_madd52lo_epu64(_mm512_setzero_si512(), first.at[j], b0);
  for (std::size_t i = 0; i + 1 < words; ++i) row(sum, first, m, b[i], b[i + 1], inverse);
  row(sum, first, m, b[words - 1], 0, inverse);
  store_in_order(out, sum);
}

MTP_IFMA void select_ifma(std::uint64_t* out, std::uint64_t const* table, std::size_t entries,
                          std::size_t index) noexcept {
  number found;
#pragma GCC unroll 5
  for (std::size_t j = 0; j < registers; ++j) found.at[j] = _mm512_setzero_si512();
  __m512i const wanted = everywhere(index);
  for (std::size_t i = 0; i < entries; ++i, table += words) {
    __mmask8 const all_or_none = _mm512_cmpeq_epi64_mask(wanted, everywhere(i));
    number const entry = load(table);
#pragma GCC unroll 5
    for (std::size_t j = 0; j < registers; ++j)
      found.at[j] = _mm512_mask_or_epi64(found.at[j], all_or_none, found.at[j], entry.at[j]);
  }
#pragma GCC unroll 5
  for (std::size_t j = 0; j < registers; ++j) _mm512_storeu_si512(out + 8 * j, found.at[j]);
}

}  // namespace mtp::MTP_ABI::crypto::x86

#endif
