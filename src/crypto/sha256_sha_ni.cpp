// SPDX-License-Identifier: MIT OR Apache-2.0
#include "x86_sha256.hpp"

#ifdef MTP_X86_KERNELS

namespace mtp::crypto::x86 {

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

}  // namespace mtp::crypto::x86

#endif
