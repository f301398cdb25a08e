// SPDX-License-Identifier: MIT OR Apache-2.0
#include "prime_memory.hpp"

#include <algorithm>

namespace mtp::MTP_ABI::crypto {

bool prime_memory::knows(sha256_digest const& hash) const {
  std::lock_guard const lock(mutex_);
  return std::ranges::find(accepted_, hash) != accepted_.end();
}

void prime_memory::add(sha256_digest const& hash) {
  std::lock_guard const lock(mutex_);
  if (accepted_.size() == max_primes) accepted_.erase(accepted_.begin());
  accepted_.push_back(hash);
}

}  // namespace mtp::MTP_ABI::crypto
