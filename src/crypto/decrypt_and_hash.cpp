// SPDX-License-Identifier: MIT OR Apache-2.0
#include "decrypt_and_hash.hpp"

#include "ige_stream.hpp"
#include "kernels.hpp"
#include "sha256.hpp"
#include "x86_kernels.hpp"

#include <algorithm>
#include <cassert>

namespace mtp::MTP_ABI::crypto {
namespace {

using prefix = std::span<std::uint8_t const, 32>;

sha256_digest one_after_the_other(aes_key_iv const& key, prefix before, mutable_bytes text) {
  wiped_bytes<32> iv = key.iv;
  ige_decrypt(key.key, iv, text, text);
  bytes_view const plain = text;
  return sha256_of(before, {&plain, 1});
}

#ifdef MTP_X86_KERNELS

/// The first block that is hashed has so much of the text.
constexpr std::size_t head = sha256_block - 32;

bool can_do_both(std::size_t size) {
  auto const used = used_kernels();
  return used.aes != aes_kernel::portable && used.sha != sha_kernel::portable &&
         size >= head + sha256_block;
}

sha256_digest at_a_time(aes_key_iv const& key, prefix before, mutable_bytes text) {
  aes_schedule schedule;
  x86::expand_decrypt_aes_ni(key.key, schedule.keys.data(), 1);
  ige_feedback at = to_feedback<false>(key.iv);
  std::uint8_t* const start = text.data();
  x86::ige_decrypt_aes_ni(schedule, at, start, start, head / aes_block);
  wiped_bytes<sha256_block> first;
  std::copy_n(start, head, std::ranges::copy(before, first.begin()).out);

  std::size_t const groups = (text.size() - head) / sha256_block;
  sha256_state state;
  x86::ige_decrypt_and_sha256(schedule, at, start + head, groups, state, first.data());
  std::size_t const done = head + groups * sha256_block;
  x86::ige_decrypt_aes_ni(schedule, at, start + done, start + done,
                          (text.size() - done) / aes_block);
  sha256_sum sum(state, groups);
  sum.add(text.subspan(done - sha256_block));
  return sum.finish();
}

#else

bool can_do_both(std::size_t) { return false; }
sha256_digest at_a_time(aes_key_iv const&, prefix, mutable_bytes) { return {}; }

#endif

}  // namespace

sha256_digest decrypt_and_hash(aes_key_iv const& key, prefix before, mutable_bytes text) {
  assert(text.size() % aes_block == 0);
  return can_do_both(text.size()) ? at_a_time(key, before, text)
                                  : one_after_the_other(key, before, text);
}

}  // namespace mtp::MTP_ABI::crypto
