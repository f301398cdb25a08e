// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace mtp::MTP_ABI::login {

/// So many smallest units of a currency, as people write them: "1.99 USD", "200 JPY".
std::string price_text(std::int64_t amount, std::string_view currency);

}  // namespace mtp::MTP_ABI::login
