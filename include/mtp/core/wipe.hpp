// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>

#include <cstring>

namespace mtp::MTP_ABI {

/// Overwrites `data` with zeros in a way that no optimiser removes.
#ifdef __GNUC__
inline void wipe(mutable_bytes data) noexcept {
  if (data.empty()) return;
  std::memset(data.data(), 0, data.size());
  // The compiler has to believe that somebody reads the zeros.
  __asm__ volatile("" : : "r"(data.data()) : "memory");
}
#else
MTP_API void wipe(mutable_bytes data) noexcept;
#endif

}  // namespace mtp::MTP_ABI
