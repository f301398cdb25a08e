// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/crypto/factorize.hpp>

namespace mtp::MTP_ABI::crypto {

/// The search for a divisor ends after so many steps, give or take the last round of it.
///
/// A rho cycle of a 31-bit prime ends after some 60 000 steps and, but for a chance that does not
/// matter, before 1 000 000; all that a number below 2^63 can ask is a few times that.
inline constexpr unsigned max_search_steps = 4'000'000;

/// As factorize(); adds the steps of the search to `steps`.
std::optional<prime_pair> counted_factorize(std::uint64_t pq, unsigned& steps);

}  // namespace mtp::MTP_ABI::crypto
