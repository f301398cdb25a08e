// SPDX-License-Identifier: MIT OR Apache-2.0
// Eight messages at a time, four in each of two registers of 512 bits.
#include "x86_kernels.hpp"

#ifdef MTP_X86_KERNELS

#include <immintrin.h>

#define MTP_VAES __attribute__((target("vaes,aes,avx512f,avx512vl")))
#define MTP_VAES_INLINE MTP_VAES __attribute__((always_inline)) inline

namespace mtp::MTP_ABI::crypto::x86 {
namespace {

constexpr std::size_t lanes_in_all = 8;
constexpr std::size_t groups = lanes_in_all / lane_group;

MTP_VAES_INLINE __m128i block_at(std::uint8_t const* from) {
  return _mm_loadu_si128(reinterpret_cast<__m128i const*>(from));
}

MTP_VAES_INLINE void put(std::uint8_t* to, __m128i value) {
  _mm_storeu_si128(reinterpret_cast<__m128i*>(to), value);
}

/// One block of each of four messages.
MTP_VAES_INLINE __m512i gather(std::uint8_t const* const* from) {
  __m512i four = _mm512_castsi128_si512(block_at(from[0]));
  four = _mm512_inserti32x4(four, block_at(from[1]), 1);
  four = _mm512_inserti32x4(four, block_at(from[2]), 2);
  return _mm512_inserti32x4(four, block_at(from[3]), 3);
}

MTP_VAES_INLINE void scatter(std::uint8_t* const* to, __m512i four) {
  put(to[0], _mm512_castsi512_si128(four));
  put(to[1], _mm512_extracti32x4_epi32(four, 1));
  put(to[2], _mm512_extracti32x4_epi32(four, 2));
  put(to[3], _mm512_extracti32x4_epi32(four, 3));
}

MTP_VAES_INLINE __m512i round_key(std::array<int128, lane_group> const& keys) {
  return _mm512_load_si512(keys.data());
}

/// As a value of its own, so that the compiler leaves one xor only in the chain.
MTP_VAES_INLINE __m512i with_first_key(__m512i four, std::array<int128, lane_group> const& keys) {
  __m512i mixed = _mm512_xor_si512(four, round_key(keys));
  __asm__("" : "+v"(mixed));
  return mixed;
}

template <bool Encrypt>
MTP_VAES_INLINE __m512i middle_round(__m512i state, __m512i key) {
  return Encrypt ? _mm512_aesenc_epi128(state, key) : _mm512_aesdec_epi128(state, key);
}

template <bool Encrypt>
MTP_VAES_INLINE __m512i last_round(__m512i state, __m512i key) {
  return Encrypt ? _mm512_aesenclast_epi128(state, key) : _mm512_aesdeclast_epi128(state, key);
}

struct wide_registers {
  __m512i feedback;
  __m512i other;
};

MTP_VAES_INLINE wide_registers load_group(ige_feedback const* at) {
  std::uint8_t const* feedback[] = {at[0].feedback.data(), at[1].feedback.data(),
                                    at[2].feedback.data(), at[3].feedback.data()};
  std::uint8_t const* other[] = {at[0].other.data(), at[1].other.data(), at[2].other.data(),
                                 at[3].other.data()};
  return {gather(feedback), gather(other)};
}

MTP_VAES_INLINE void store_group(ige_feedback* to, wide_registers const& at) {
  std::uint8_t* feedback[] = {to[0].feedback.data(), to[1].feedback.data(), to[2].feedback.data(),
                              to[3].feedback.data()};
  std::uint8_t* other[] = {to[0].other.data(), to[1].other.data(), to[2].other.data(),
                           to[3].other.data()};
  scatter(feedback, at.feedback);
  scatter(other, at.other);
}

template <bool Encrypt>
MTP_VAES_INLINE void blocks_of_all(ige_lanes<lanes_in_all>& lanes, wide_registers (&at)[groups]) {
  __m512i block[groups];
  __m512i state[groups];
#pragma GCC unroll 2
  for (std::size_t g = 0; g < groups; ++g) {
    block[g] = gather(lanes.from.data() + g * lane_group);
    state[g] = _mm512_xor_si512(with_first_key(block[g], lanes.keys[g][0]), at[g].feedback);
  }
#pragma GCC unroll 13
  for (std::size_t round = 1; round < aes_round_keys - 1; ++round) {
#pragma GCC unroll 2
    for (std::size_t g = 0; g < groups; ++g)
      state[g] = middle_round<Encrypt>(state[g], round_key(lanes.keys[g][round]));
  }
#pragma GCC unroll 2
  for (std::size_t g = 0; g < groups; ++g) {
    __m512i const last = round_key(lanes.keys[g][aes_round_keys - 1]);
    at[g].feedback = last_round<Encrypt>(state[g], _mm512_xor_si512(last, at[g].other));
    at[g].other = block[g];
    scatter(lanes.to.data() + g * lane_group, at[g].feedback);
  }
}

MTP_VAES_INLINE void advance(ige_lanes<lanes_in_all>& lanes) {
#pragma GCC unroll 8
  for (std::size_t l = 0; l < lanes_in_all; ++l) {
    lanes.from[l] += lanes.step[l];
    lanes.to[l] += lanes.step[l];
  }
}

template <bool Encrypt>
MTP_VAES_INLINE void run(ige_lanes<lanes_in_all>& lanes, std::size_t blocks) {
  wide_registers at[groups];
#pragma GCC unroll 2
  for (std::size_t g = 0; g < groups; ++g) at[g] = load_group(&lanes.at[g * lane_group]);
  for (; blocks != 0; --blocks) {
    blocks_of_all<Encrypt>(lanes, at);
    advance(lanes);
  }
#pragma GCC unroll 2
  for (std::size_t g = 0; g < groups; ++g) store_group(&lanes.at[g * lane_group], at[g]);
}

}  // namespace

MTP_VAES void ige_encrypt_vaes(ige_lanes<8>& lanes, std::size_t blocks) noexcept {
  run<true>(lanes, blocks);
}

MTP_VAES void ige_decrypt_vaes(ige_lanes<8>& lanes, std::size_t blocks) noexcept {
  run<false>(lanes, blocks);
}

}  // namespace mtp::MTP_ABI::crypto::x86

#endif
