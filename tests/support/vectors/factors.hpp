// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

// Products of two primes that servers sent or that libraries test with (gotd, mtcute, tdlib, the
// documented sample).

#include <cstdint>
#include <string_view>

namespace mtp::test::vectors {

/// A number and its parts.
struct product {
  std::uint64_t pq;
  std::uint64_t p;
  std::uint64_t q;
};

inline constexpr product product_all[] = {
    {1470626929934143021, 1206429347, 1218991343},
    {2363612107535801713, 1518968219, 1556064227},
    {1724114033281923457, 1229739323, 1402015859},
    {378221, 613, 617},
    {15, 3, 5},
    {1724114033281923457, 1229739323, 1402015859},
    {2694724800268887959, 1513098571, 1780931429},
};

}  // namespace mtp::test::vectors
