// SPDX-License-Identifier: MIT OR Apache-2.0
//
// A password is set, changed and removed by who is signed in: https://core.telegram.org/api/srp
#include "handler_table.hpp"
#include "passwords.hpp"

#include <fmt/format.h>

namespace mtp::MTP_ABI::testing {
namespace {

login_rules const& rules_of(call_context const& c) { return c.world.options().log_ins; }

outcome<bool> done(outcome<> const& what) {
  if (!what) return failure{what.error()};
  return true;
}

/// An address counts when its code was told; until then the call that names it is refused.
outcome<> name_address(call_context& c, std::string const& address) {
  auto& all = c.world.all_passwords();
  if (!all.has(c.account)) return refuse(400, "NEW_SETTINGS_INVALID");
  if (address.find('@') == std::string::npos) return refuse(400, "EMAIL_INVALID");
  auto const& code = c.self().code;
  all.begin_address(c.account, address, code, c.now);
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
  return done(
      c.world.all_passwords().confirm_address(c.account, q.code.view(), rules_of(c), c.now));
}

outcome<bool> resend_code(call_context& c, tl::account::resendPasswordEmail const&) {
  return done(c.world.all_passwords().resend_address_code(c.account, c.now));
}

outcome<bool> cancel_address(call_context& c, tl::account::cancelPasswordEmail const&) {
  return done(c.world.all_passwords().cancel_address(c.account));
}

outcome<tl::account::ResetPasswordResult> reset(call_context& c,
                                                tl::account::resetPassword const&) {
  using state = passwords::reset_state;
  auto const answer = c.world.all_passwords().reset(c.account, rules_of(c), c.now);
  if (!answer) return failure{answer.error()};
  tl::account::ResetPasswordResult out = tl::account::resetPasswordOk{};
  if (answer->state == state::begun)
    out = tl::account::resetPasswordRequestedWait{.until_date = answer->date};
  if (answer->state == state::too_early)
    out = tl::account::resetPasswordFailedWait{.retry_date = answer->date};
  return out;
}

outcome<bool> decline_reset(call_context& c, tl::account::declinePasswordReset const&) {
  return done(c.world.all_passwords().decline_reset(c.account, rules_of(c), c.now));
}

}  // namespace

void add_account_password_handlers(handler_table& table) {
  table.on<tl::account::updatePasswordSettings>(update_settings);
  table.on<tl::account::confirmPasswordEmail>(confirm_address);
  table.on<tl::account::resendPasswordEmail>(resend_code);
  table.on<tl::account::cancelPasswordEmail>(cancel_address);
  table.on<tl::account::resetPassword>(reset);
  table.on<tl::account::declinePasswordReset>(decline_reset);
}

}  // namespace mtp::MTP_ABI::testing
