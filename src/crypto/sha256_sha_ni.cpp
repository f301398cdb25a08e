// SPDX-License-Identifier: MIT OR Apache-2.0
#include "x86_sha256.hpp"

#ifdef MTP_X86_KERNELS

namespace mtp::MTP_ABI::crypto::x86 {

MTP_SHA_NI void sha256_sha_ni(sha256_state& state, std::uint8_t const* data,
                              std::size_t blocks) noexcept {
  sha256_registers now = load(state);
  for (; blocks != 0; --blocks, data += sha256_block) {
    sha256_registers const before = now;
    sha256_words words = load_words(data);
    sixteen_rounds<false>(now, words, sha256_constants);
    sixteen_rounds<false>(now, words, sha256_constants + 16);
    sixteen_rounds<false>(now, words, sha256_constants + 32);
    sixteen_rounds<true>(now, words, sha256_constants + 48);
    add(now, before);
  }
  store(state, now);
}

/// The rounds of one message wait for each other: meanwhile the other has its own.
MTP_SHA_NI void sha256_sha_ni(sha256_state& first, sha256_state& second,
                              std::uint8_t const* first_block,
                              std::uint8_t const* second_block) noexcept {
  sha256_registers const before[] = {load(first), load(second)};
  sha256_registers now[] = {before[0], before[1]};
  sha256_words words[] = {load_words(first_block), load_words(second_block)};
#pragma GCC unroll 3
  for (unsigned i = 0; i < 3; ++i) {
    sixteen_rounds<false>(now[0], words[0], sha256_constants + 16 * i);
    sixteen_rounds<false>(now[1], words[1], sha256_constants + 16 * i);
  }
  sixteen_rounds<true>(now[0], words[0], sha256_constants + 48);
  sixteen_rounds<true>(now[1], words[1], sha256_constants + 48);
  add(now[0], before[0]);
  add(now[1], before[1]);
  store(first, now[0]);
  store(second, now[1]);
}

}  // namespace mtp::MTP_ABI::crypto::x86

#endif
