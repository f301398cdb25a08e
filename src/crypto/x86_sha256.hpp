// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "x86_kernels.hpp"

#ifdef MTP_X86_KERNELS
#include <immintrin.h>

#define MTP_SHA_NI __attribute__((target("sha,ssse3,sse4.1")))
#define MTP_SHA_NI_INLINE MTP_SHA_NI __attribute__((always_inline)) inline

// A quarter of a block of SHA-256, for the kernels that are made of it.
namespace mtp::MTP_ABI::crypto::x86 {

/// The constants of the 64 rounds: the fractions of the cube roots of the first primes (FIPS
/// 180-4).
alignas(16) inline constexpr std::uint32_t sha256_constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

/// The state in the order of the instructions, the words a, b, e, f and c, d, g, h from the
/// highest.
struct sha256_registers {
  __m128i abef;
  __m128i cdgh;
};

/// Sixteen words of the message schedule, four in a register.
struct sha256_words {
  __m128i at[4];
};

MTP_SHA_NI_INLINE sha256_registers load(sha256_state const& state) {
  auto const* from = reinterpret_cast<__m128i const*>(state.words.data());
  __m128i const cdab = _mm_shuffle_epi32(_mm_loadu_si128(from), 0xb1);
  __m128i const efgh = _mm_shuffle_epi32(_mm_loadu_si128(from + 1), 0x1b);
  return {_mm_alignr_epi8(cdab, efgh, 8), _mm_blend_epi16(efgh, cdab, 0xf0)};
}

MTP_SHA_NI_INLINE void store(sha256_state& to, sha256_registers const& now) {
  __m128i const feba = _mm_shuffle_epi32(now.abef, 0x1b);
  __m128i const dchg = _mm_shuffle_epi32(now.cdgh, 0xb1);
  auto* words = reinterpret_cast<__m128i*>(to.words.data());
  _mm_storeu_si128(words, _mm_blend_epi16(feba, dchg, 0xf0));
  _mm_storeu_si128(words + 1, _mm_alignr_epi8(dchg, feba, 8));
}

/// The words of the message stand with the highest byte first.
MTP_SHA_NI_INLINE sha256_words load_words(std::uint8_t const* data) {
  __m128i const swap = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  auto const* from = reinterpret_cast<__m128i const*>(data);
  return {{_mm_shuffle_epi8(_mm_loadu_si128(from), swap),
           _mm_shuffle_epi8(_mm_loadu_si128(from + 1), swap),
           _mm_shuffle_epi8(_mm_loadu_si128(from + 2), swap),
           _mm_shuffle_epi8(_mm_loadu_si128(from + 3), swap)}};
}

MTP_SHA_NI_INLINE void four_rounds(sha256_registers& s, __m128i words,
                                   std::uint32_t const* constants) {
  __m128i const sum =
      _mm_add_epi32(words, _mm_load_si128(reinterpret_cast<__m128i const*>(constants)));
  s.cdgh = _mm_sha256rnds2_epu32(s.cdgh, s.abef, sum);
  s.abef = _mm_sha256rnds2_epu32(s.abef, s.cdgh, _mm_shuffle_epi32(sum, 0x0e));
}

/// The four words that come sixteen after those of `a`.
MTP_SHA_NI_INLINE __m128i next_words(__m128i a, __m128i b, __m128i c, __m128i d) {
  __m128i const sum = _mm_add_epi32(_mm_sha256msg1_epu32(a, b), _mm_alignr_epi8(d, c, 4));
  return _mm_sha256msg2_epu32(sum, d);
}

/// One quarter of a block; all but the last also prepare the words of the next.
template <bool Last>
MTP_SHA_NI_INLINE void sixteen_rounds(sha256_registers& s, sha256_words& w,
                                      std::uint32_t const* constants) {
#pragma GCC unroll 4
  for (unsigned i = 0; i < 4; ++i) {
    four_rounds(s, w.at[i], constants + 4 * i);
    if constexpr (!Last)
      w.at[i] = next_words(w.at[i], w.at[(i + 1) % 4], w.at[(i + 2) % 4], w.at[(i + 3) % 4]);
  }
}

MTP_SHA_NI_INLINE void add(sha256_registers& to, sha256_registers const& before) {
  to.abef = _mm_add_epi32(to.abef, before.abef);
  to.cdgh = _mm_add_epi32(to.cdgh, before.cdgh);
}

}  // namespace mtp::MTP_ABI::crypto::x86
#endif
