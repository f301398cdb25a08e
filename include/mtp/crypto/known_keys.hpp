// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/crypto/rsa.hpp>

#include <vector>

namespace mtp::MTP_ABI::crypto {

/// The public keys of Telegram's production data centres. The one of 2013 is none of them any more,
/// although servers still offer it.
MTP_API std::vector<rsa_public_key> const& production_keys();

/// The public keys of Telegram's test data centres.
MTP_API std::vector<rsa_public_key> const& test_keys();

}  // namespace mtp::MTP_ABI::crypto
