// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "client/client_core.hpp"

#include <mtp/login/flow.hpp>

namespace mtp::MTP_ABI::detail {

/// Performs what a log-in needs until it needs its person, or is done.
///
/// Lifetime: `flow` lives until it ends. Cancellation, Errors: as auth_methods::sign_in().
task<login::step> go_on(client_core& core, login::flow* flow);

/// Whom the store knows, if that login is still good.
task<std::optional<user>> known_me(client_core& core);

/// Who is signed in, as the server has it.
task<user> get_me(client_core& core);

/// The id of a bot is what stands before the colon of its token; 0 when the text is no token.
std::int64_t bot_of(std::string_view token);

/// Errors: bad_config when the session belongs to another account than the token.
void check_owner(client_core& core, std::string_view token);

}  // namespace mtp::MTP_ABI::detail
