// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <array>
#include <cstddef>
#include <cstdint>

namespace mtp::MTP_ABI::crypto {

inline constexpr std::size_t sha256_block = 64;

/// The eight words of SHA-256 between two blocks; as they stand before the first.
struct sha256_state {
  std::array<std::uint32_t, 8> words = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                        0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
};

}  // namespace mtp::MTP_ABI::crypto
