// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/core/secret.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace mtp::MTP_ABI::login {

/// What the QR code of a log-in says (https://core.telegram.org/api/qr-login).
std::string scan_url(bytes_view token);

/// The token in what a QR code says; empty when that is no code of a log-in.
std::optional<secret<bytes>> token_in(std::string_view url);

}  // namespace mtp::MTP_ABI::login
