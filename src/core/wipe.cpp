// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/core/wipe.hpp>

#include <openssl/crypto.h>

#include <cstring>

namespace mtp {

#ifdef __GNUC__

void wipe(mutable_bytes data) noexcept {
  if (data.empty()) return;
  std::memset(data.data(), 0, data.size());
  // The compiler has to believe that somebody reads the zeros. (OPENSSL_cleanse writes them
  // singly.)
  __asm__ volatile("" : : "r"(data.data()) : "memory");
}

#else

void wipe(mutable_bytes data) noexcept { OPENSSL_cleanse(data.data(), data.size()); }

#endif

}  // namespace mtp
