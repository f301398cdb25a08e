// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/result.hpp>
#include <mtp/sessions/portable_errc.hpp>

namespace mtp::MTP_ABI::sessions {

inline failure<std::error_code> failed(portable_errc why) { return {make_error_code(why)}; }

}  // namespace mtp::MTP_ABI::sessions
