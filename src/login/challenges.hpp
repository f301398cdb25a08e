// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/login/password.hpp>
#include <mtp/tl/types/InputCheckPasswordSRP.hpp>
#include <mtp/tl/types/account/Password.hpp>

#include <optional>

namespace mtp::MTP_ABI::login {

inline bytes copied(tl::bytes const& from) { return {from.view().begin(), from.view().end()}; }

/// What the password of the account is proved by; empty when the server uses something that is not
/// known here.
std::optional<password_challenge> challenge_of(tl::account::password const& of);

/// What a new password is made by; empty likewise.
std::optional<password_challenge> form_of(tl::account::password const& of);

tl::inputCheckPasswordSRP to_tl(password_proof const& proof);

}  // namespace mtp::MTP_ABI::login
