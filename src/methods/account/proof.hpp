// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "client/client_core.hpp"

#include <mtp/core/secret.hpp>
#include <mtp/core/task.hpp>
#include <mtp/tl/types/InputCheckPasswordSRP.hpp>
#include <mtp/tl/types/account/Password.hpp>

#include <string>

namespace mtp::MTP_ABI::detail {

/// What the server keeps of the account's password, and wants for a new one.
task<received<tl::account::Password>> password_state(client_core& core);

/// Proves `current`; who has no password proves that by an empty proof.
///
/// Errors: as account_methods::set_password().
task<tl::InputCheckPasswordSRP> prove_current(client_core& core,
                                              received<tl::account::Password> state,
                                              secret<std::string> current);

}  // namespace mtp::MTP_ABI::detail
