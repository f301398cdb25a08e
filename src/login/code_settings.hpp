// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/login/code_options.hpp>
#include <mtp/tl/types/CodeSettings.hpp>

namespace mtp::MTP_ABI::login {

/// Those options in the words of the API.
tl::codeSettings settings_of(code_options const& how);

}  // namespace mtp::MTP_ABI::login
