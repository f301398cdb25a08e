// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/crypto/aes.hpp>

namespace mtp::MTP_ABI::crypto {

/// Takes the messages through IGE side by side, whatever their lengths, in lanes of which each gets
/// the next message when it has finished one. Needs AES-NI.
template <bool Encrypt>
void run_interleaved(std::span<ige_message const> messages);

}  // namespace mtp::MTP_ABI::crypto
