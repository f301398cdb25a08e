// SPDX-License-Identifier: MIT OR Apache-2.0
// Decrypting and hashing at a time. Both are chains that leave most of the processor idle, and the
// instructions of the one run while the other waits.
#include "x86_aes.hpp"
#include "x86_sha256.hpp"

#ifdef MTP_X86_KERNELS

#define MTP_AES_AND_SHA __attribute__((target("aes,sha,ssse3,sse4.1")))

namespace mtp::MTP_ABI::crypto::x86 {

MTP_AES_AND_SHA void ige_decrypt_and_sha256(aes_schedule const& key, ige_feedback& at,
                                            std::uint8_t* text, std::size_t groups,
                                            sha256_state& state,
                                            std::uint8_t const* first) noexcept {
  ige_registers ige = load(at);
  sha256_registers sha = load(state);
  std::uint8_t const* hashed = first;
  for (; groups != 0; --groups, text += sha256_block) {
    sha256_registers const before = sha;
    sha256_words words = load_words(hashed);
    ige_block<false>(key, ige, text, text);
    sixteen_rounds<false>(sha, words, sha256_constants);
    ige_block<false>(key, ige, text + aes_block, text + aes_block);
    sixteen_rounds<false>(sha, words, sha256_constants + 16);
    ige_block<false>(key, ige, text + 2 * aes_block, text + 2 * aes_block);
    sixteen_rounds<false>(sha, words, sha256_constants + 32);
    ige_block<false>(key, ige, text + 3 * aes_block, text + 3 * aes_block);
    sixteen_rounds<true>(sha, words, sha256_constants + 48);
    add(sha, before);
    hashed = text;
  }
  store(at, ige);
  store(state, sha);
}

}  // namespace mtp::MTP_ABI::crypto::x86

#endif
