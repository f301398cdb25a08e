// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "x86_kernels.hpp"

#ifdef MTP_X86_KERNELS
#include <immintrin.h>

#define MTP_AES_NI __attribute__((target("aes,ssse3,sse4.1")))
#define MTP_AES_NI_INLINE MTP_AES_NI __attribute__((always_inline)) inline

// One block through AES-256 and IGE, for the kernels that are made of it.
namespace mtp::MTP_ABI::crypto::x86 {

MTP_AES_NI_INLINE __m128i load(std::uint8_t const* from) {
  return _mm_loadu_si128(reinterpret_cast<__m128i const*>(from));
}

MTP_AES_NI_INLINE void store(std::uint8_t* to, __m128i value) {
  _mm_storeu_si128(reinterpret_cast<__m128i*>(to), value);
}

/// A round key, which the processor can take from memory for nothing.
MTP_AES_NI_INLINE __m128i round_key(int128 const& key) {
  return _mm_load_si128(reinterpret_cast<__m128i const*>(key.data()));
}

/// The block with the first round key on it, as a value of its own: a compiler that is free to
/// order the xors puts two of them into the chain.
MTP_AES_NI_INLINE __m128i with_first_key(__m128i block, int128 const& key) {
  __m128i mixed = _mm_xor_si128(block, round_key(key));
  __asm__("" : "+x"(mixed));
  return mixed;
}

template <bool Encrypt>
MTP_AES_NI_INLINE __m128i middle_round(__m128i state, __m128i key) {
  return Encrypt ? _mm_aesenc_si128(state, key) : _mm_aesdec_si128(state, key);
}

template <bool Encrypt>
MTP_AES_NI_INLINE __m128i last_round(__m128i state, __m128i key) {
  return Encrypt ? _mm_aesenclast_si128(state, key) : _mm_aesdeclast_si128(state, key);
}

struct ige_registers {
  __m128i feedback;
  __m128i other;
};

MTP_AES_NI_INLINE ige_registers load(ige_feedback const& at) {
  return {load(at.feedback.data()), load(at.other.data())};
}

MTP_AES_NI_INLINE void store(ige_feedback& to, ige_registers const& at) {
  store(to.feedback.data(), at.feedback);
  store(to.other.data(), at.other);
}

/// One block. Of the three xors only one stands in the chain from feedback to feedback: the others
/// go into the first and the last round key.
template <bool Encrypt>
MTP_AES_NI_INLINE void ige_block(aes_schedule const& key, ige_registers& at,
                                 std::uint8_t const* from, std::uint8_t* to) {
  __m128i const block = load(from);
  __m128i state = _mm_xor_si128(with_first_key(block, key.keys[0]), at.feedback);
#pragma GCC unroll 13
  for (std::size_t round = 1; round < aes_round_keys - 1; ++round)
    state = middle_round<Encrypt>(state, round_key(key.keys[round]));
  at.feedback = last_round<Encrypt>(state, _mm_xor_si128(round_key(key.keys.back()), at.other));
  at.other = block;
  store(to, at.feedback);
}

}  // namespace mtp::MTP_ABI::crypto::x86
#endif
