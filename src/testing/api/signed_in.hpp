// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "call_context.hpp"
#include "tl_values.hpp"

#include <mtp/testing/world/world.hpp>
#include <mtp/tl/api.hpp>

#include <cstdint>
#include <string_view>

namespace mtp::MTP_ABI::testing {

/// Signs the user in under the caller's key.
tl::auth::Authorization signed_in_as(call_context& c, std::int64_t user);

/// Tells the account's devices that a login is new, or that somebody has confirmed it.
void tell_login(call_context& c, known_key const& login);

/// As signed_in_as(), unless the account has a password: then that is due first.
///
/// Errors: SESSION_PASSWORD_NEEDED (401).
outcome<tl::auth::Authorization> let_in(call_context& c, std::int64_t user);

/// Who is signed in, or whose password is due.
///
/// Errors: AUTH_KEY_UNREGISTERED (401).
outcome<std::int64_t> caller_at_door(call_context& c);

/// Ends the login under the caller's key.
void leave(call_context& c);

/// Whether somebody may sign in here.
///
/// Errors: `name` and the number of their data centre (303), as in PHONE_MIGRATE_4.
outcome<> check_home(call_context const& c, person const* who, std::string_view name);

tl::help::TermsOfService to_tl(terms_of_service const& terms);

/// What the app says that it can make of codes.
code_abilities abilities_of(tl::CodeSettings const& settings);

/// A code that was sent, as a client is told.
tl::auth::SentCode to_tl(login_code const& sent, login_rules const& rules);

}  // namespace mtp::MTP_ABI::testing
