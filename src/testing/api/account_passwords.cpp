// SPDX-License-Identifier: MIT OR Apache-2.0
//
// A password is set, changed and removed by who is signed in: https://core.telegram.org/api/srp
#include "handler_table.hpp"
#include "passwords.hpp"

#include <fmt/format.h>

namespace mtp::MTP_ABI::testing {
namespace {

/// An address counts when its code was told; until then the call that names it is refused.
outcome<> name_address(call_context& c, std::string const& address) {
  auto& all = c.world.all_passwords();
  if (!all.has(c.account)) return refuse(400, "NEW_SETTINGS_INVALID");
  if (address.find('@') == std::string::npos) return refuse(400, "EMAIL_INVALID");
  auto const& code = c.self().code;
  all.begin_address(c.account, address, code);
  return refuse(400, fmt::format("EMAIL_UNCONFIRMED_{}", code.size()));
}

outcome<bool> update_settings(call_context& c, tl::account::updatePasswordSettings const& q) {
  if (c.self().is_bot()) return refuse(400, "BOT_METHOD_INVALID");
  auto const& wanted = q.new_settings;
  if (!wanted.new_algo && !wanted.email) return refuse(400, "NEW_SETTINGS_EMPTY");
  auto right = check_proof(c, c.account, q.password);
  if (!right) return failure{right.error()};
  auto changed = change_password(c, c.account, wanted);
  if (!changed) return failure{changed.error()};
  if (wanted.email) {
    auto named = name_address(c, wanted.email->str());
    if (!named) return failure{named.error()};
  }
  return true;
}

outcome<bool> confirm_address(call_context& c, tl::account::confirmPasswordEmail const& q) {
  auto confirmed = c.world.all_passwords().confirm_address(c.account, q.code.view());
  if (!confirmed) return failure{confirmed.error()};
  return true;
}

}  // namespace

void add_account_password_handlers(handler_table& table) {
  table.on<tl::account::updatePasswordSettings>(update_settings);
  table.on<tl::account::confirmPasswordEmail>(confirm_address);
}

}  // namespace mtp::MTP_ABI::testing
