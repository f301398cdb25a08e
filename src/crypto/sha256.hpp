// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "sha256_state.hpp"

#include <mtp/crypto/hash.hpp>
#include <mtp/crypto/wipe.hpp>

namespace mtp::MTP_ABI::crypto {

/// The digest of a piece and of those that follow it, without any memory from the heap.
sha256_digest sha256_of(bytes_view first, std::span<bytes_view const> rest);

/// A message that fits into one block.
using sha256_short = std::span<std::uint8_t const, 52>;
struct sha256_digests {
  wiped_bytes<32> first;
  wiped_bytes<32> second;
};
/// The digests of two short messages, both at a time where the processor can.
sha256_digests sha256_pair(sha256_short first, sha256_short second);

/// SHA-256 by SHA-NI over pieces of any sizes, on the stack. Needs SHA-NI.
class sha256_sum {
 public:
  sha256_sum() = default;
  /// Goes on behind so many whole blocks.
  sha256_sum(sha256_state const& state, std::size_t blocks)
      : state_(state), size_(blocks * sha256_block) {}

  void add(bytes_view data);
  sha256_digest finish();

 private:
  void fill(bytes_view& data);

  sha256_state state_;
  std::uint64_t size_ = 0;
  wiped_bytes<sha256_block> open_;  // the block that is not full yet
};

}  // namespace mtp::MTP_ABI::crypto
