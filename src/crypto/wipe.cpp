// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/crypto/wipe.hpp>

#include <openssl/crypto.h>

namespace mtp::MTP_ABI::crypto {

bool constant_time_equal(bytes_view a, bytes_view b) noexcept {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace mtp::MTP_ABI::crypto
