// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/core/wipe.hpp>

#include <openssl/crypto.h>

#ifndef __GNUC__
namespace mtp::MTP_ABI {

void wipe(mutable_bytes data) noexcept { OPENSSL_cleanse(data.data(), data.size()); }

}  // namespace mtp::MTP_ABI
#endif
