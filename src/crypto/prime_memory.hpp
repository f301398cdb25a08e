// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/crypto/hash.hpp>

#include <cstddef>
#include <mutex>
#include <vector>

namespace mtp::MTP_ABI::crypto {

/// Remembers which primes passed the expensive test: a few hashes, the oldest forgotten first.
class prime_memory {
 public:
  bool knows(sha256_digest const& hash) const;
  void add(sha256_digest const& hash);

 private:
  static constexpr std::size_t max_primes = 16;
  mutable std::mutex mutex_;
  std::vector<sha256_digest> accepted_;
};

}  // namespace mtp::MTP_ABI::crypto
