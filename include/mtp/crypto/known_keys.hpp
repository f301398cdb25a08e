// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/crypto/rsa.hpp>

#include <vector>

namespace mtp::crypto {

/// The public keys of Telegram's production data centres, the current one first.
std::vector<rsa_public_key> const& production_keys();

/// The public keys of Telegram's test data centres.
std::vector<rsa_public_key> const& test_keys();

}  // namespace mtp::crypto
