// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <cstdint>
#include <optional>

namespace mtp::MTP_ABI::crypto {

/// A product of two different primes, taken apart; p is the smaller.
struct prime_pair {
  std::uint64_t p = 0;
  std::uint64_t q = 0;
  friend bool operator==(prime_pair const&, prime_pair const&) = default;
};

/// True when `n` is a prime number; certain for every 64-bit number below 2^63, false beyond.
MTP_API bool is_prime(std::uint64_t n);

/// Takes `pq` apart. Empty when it is not the product of exactly two different primes or not below
/// 2^63. Ends after a bounded number of steps whatever the number: it comes from a peer
/// that has proved nothing yet.
MTP_API std::optional<prime_pair> factorize(std::uint64_t pq);

}  // namespace mtp::MTP_ABI::crypto
