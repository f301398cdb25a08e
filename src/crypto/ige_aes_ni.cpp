// SPDX-License-Identifier: MIT OR Apache-2.0
// A message through IGE is one chain: each block waits for the one before. So a single message is
// as fast as its chain is short, and four messages take little longer than one.
#include "x86_aes.hpp"

#ifdef MTP_X86_KERNELS

namespace mtp::MTP_ABI::crypto::x86 {
namespace {

/// Each word xored with all words before it.
MTP_AES_NI_INLINE __m128i running_xor(__m128i words) {
  words = _mm_xor_si128(words, _mm_slli_si128(words, 4));
  return _mm_xor_si128(words, _mm_slli_si128(words, 8));
}

/// The last word, rotated or not, in all four places: then the last round of AES is nothing but the
/// S-box on each byte, which is quicker than the instruction made for key schedules.
MTP_AES_NI_INLINE __m128i rotated_last_word(__m128i words) {
  return _mm_shuffle_epi8(words, _mm_set1_epi32(0x0c0f0e0d));
}

MTP_AES_NI_INLINE __m128i last_word(__m128i words) { return _mm_shuffle_epi32(words, 0xff); }

struct key_pair {
  __m128i even;
  __m128i odd;
};

MTP_AES_NI_INLINE void next_even(key_pair& k, int round_constant) {
  __m128i const mixed =
      _mm_aesenclast_si128(rotated_last_word(k.odd), _mm_set1_epi32(round_constant));
  k.even = _mm_xor_si128(running_xor(k.even), mixed);
}

MTP_AES_NI_INLINE void next_odd(key_pair& k) {
  __m128i const mixed = _mm_aesenclast_si128(last_word(k.even), _mm_setzero_si128());
  k.odd = _mm_xor_si128(running_xor(k.odd), mixed);
}

/// A round key of decryption is the one of encryption, from the end, with its columns unmixed.
template <bool Encrypt>
MTP_AES_NI_INLINE void put(int128* out, std::size_t distance, std::size_t index, __m128i key) {
  bool const outer = index == 0 || index == aes_round_keys - 1;
  std::size_t const place = Encrypt ? index : aes_round_keys - 1 - index;
  store(out[place * distance].data(), Encrypt || outer ? key : _mm_aesimc_si128(key));
}

template <bool Encrypt>
MTP_AES_NI_INLINE void expand(int256 const& key, int128* out, std::size_t distance) {
  key_pair k{load(key.data()), load(key.data() + aes_block)};
  put<Encrypt>(out, distance, 0, k.even);
#pragma GCC unroll 7
  for (std::size_t i = 1; i <= 7; ++i) {
    put<Encrypt>(out, distance, 2 * i - 1, k.odd);
    next_even(k, 1 << (i - 1));
    put<Encrypt>(out, distance, 2 * i, k.even);
    next_odd(k);
  }
}

template <bool Encrypt>
MTP_AES_NI_INLINE void run(aes_schedule const& key, ige_feedback& at, std::uint8_t const* from,
                           std::uint8_t* to, std::size_t blocks) {
  ige_registers now = load(at);
  for (; blocks != 0; --blocks, from += aes_block, to += aes_block)
    ige_block<Encrypt>(key, now, from, to);
  store(at, now);
}

constexpr std::size_t width = 4;

template <bool Encrypt>
MTP_AES_NI_INLINE void lane_blocks(ige_lanes<width>& lanes, ige_registers (&at)[width]) {
  auto const& keys = lanes.keys[0];
  __m128i block[width];
  __m128i state[width];
#pragma GCC unroll 4
  for (std::size_t l = 0; l < width; ++l) {
    block[l] = load(lanes.from[l]);
    state[l] = _mm_xor_si128(with_first_key(block[l], keys[0][l]), at[l].feedback);
    lanes.from[l] += lanes.step[l];
  }
#pragma GCC unroll 13
  for (std::size_t round = 1; round < aes_round_keys - 1; ++round) {
#pragma GCC unroll 4
    for (std::size_t l = 0; l < width; ++l)
      state[l] = middle_round<Encrypt>(state[l], round_key(keys[round][l]));
  }
#pragma GCC unroll 4
  for (std::size_t l = 0; l < width; ++l) {
    at[l].feedback = last_round<Encrypt>(
        state[l], _mm_xor_si128(round_key(keys[aes_round_keys - 1][l]), at[l].other));
    at[l].other = block[l];
    store(lanes.to[l], at[l].feedback);
    lanes.to[l] += lanes.step[l];
  }
}

template <bool Encrypt>
MTP_AES_NI_INLINE void run(ige_lanes<width>& lanes, std::size_t blocks) {
  ige_registers at[width];
#pragma GCC unroll 4
  for (std::size_t l = 0; l < width; ++l) at[l] = load(lanes.at[l]);
  for (; blocks != 0; --blocks) lane_blocks<Encrypt>(lanes, at);
#pragma GCC unroll 4
  for (std::size_t l = 0; l < width; ++l) store(lanes.at[l], at[l]);
}

}  // namespace

MTP_AES_NI void expand_encrypt_aes_ni(int256 const& key, int128* out,
                                      std::size_t distance) noexcept {
  expand<true>(key, out, distance);
}

MTP_AES_NI void expand_decrypt_aes_ni(int256 const& key, int128* out,
                                      std::size_t distance) noexcept {
  expand<false>(key, out, distance);
}

MTP_AES_NI void ige_encrypt_aes_ni(aes_schedule const& key, ige_feedback& at,
                                   std::uint8_t const* from, std::uint8_t* to,
                                   std::size_t blocks) noexcept {
  run<true>(key, at, from, to, blocks);
}

MTP_AES_NI void ige_decrypt_aes_ni(aes_schedule const& key, ige_feedback& at,
                                   std::uint8_t const* from, std::uint8_t* to,
                                   std::size_t blocks) noexcept {
  run<false>(key, at, from, to, blocks);
}

MTP_AES_NI void ige_encrypt_aes_ni(ige_lanes<4>& lanes, std::size_t blocks) noexcept {
  run<true>(lanes, blocks);
}

MTP_AES_NI void ige_decrypt_aes_ni(ige_lanes<4>& lanes, std::size_t blocks) noexcept {
  run<false>(lanes, blocks);
}

}  // namespace mtp::MTP_ABI::crypto::x86

#endif
