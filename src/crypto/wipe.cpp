// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/crypto/wipe.hpp>

#include <openssl/crypto.h>

#include <cstring>

namespace mtp::crypto {

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

bool constant_time_equal(bytes_view a, bytes_view b) noexcept {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace mtp::crypto
