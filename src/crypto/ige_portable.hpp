// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "ige_lanes.hpp"

namespace mtp::MTP_ABI::crypto::portable {

/// One message, or a part of one, by what OpenSSL has on every machine. `from` and `to` may be the
/// same. Nothing of the key stays behind.
///
/// Errors: throws std::bad_alloc when a thread's first call finds no memory.
void ige_encrypt(int256 const& key, ige_feedback& at, std::uint8_t const* from, std::uint8_t* to,
                 std::size_t blocks);
void ige_decrypt(int256 const& key, ige_feedback& at, std::uint8_t const* from, std::uint8_t* to,
                 std::size_t blocks);

}  // namespace mtp::MTP_ABI::crypto::portable
