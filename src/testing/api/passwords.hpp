// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "call_context.hpp"
#include "tl_values.hpp"

#include <mtp/tl/api.hpp>

#include <cstdint>

namespace mtp::MTP_ABI::testing {

/// Whether a proof fits the password of the account. Who has none proves that by an empty one.
///
/// Errors: those of passwords::check().
outcome<> check_proof(call_context& c, std::int64_t account,
                      tl::InputCheckPasswordSRP const& proof);

/// Sets or removes the password, as the settings say; their e-mail address is not looked at.
///
/// Errors: NEW_SALT_INVALID, NEW_SETTINGS_INVALID.
outcome<> change_password(call_context& c, std::int64_t account,
                          tl::account::PasswordInputSettings const& settings);

}  // namespace mtp::MTP_ABI::testing
