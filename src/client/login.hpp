// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "client/client_core.hpp"

namespace mtp::detail {

// Each keeps the client alive; each is to be run on its strand.

task<user> sign_in_bot(std::shared_ptr<client_core> core, std::string token);
task<user> sign_in(std::shared_ptr<client_core> core, std::string phone, code_prompt ask);
task<user> get_me(std::shared_ptr<client_core> core);

}  // namespace mtp::detail
