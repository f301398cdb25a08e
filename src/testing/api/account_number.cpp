// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The number of an account, how long it lives unused, and its end.
#include "handler_table.hpp"
#include "passwords.hpp"
#include "signed_in.hpp"
#include "views.hpp"

namespace mtp::MTP_ABI::testing {
namespace {

constexpr std::int32_t week = 7 * 24 * 3600;
constexpr std::int32_t longest_life = 730;

/// A number that the account does not have yet: the first of the account's ways by which a
/// telephone is reached.
code_way way_to_number(call_context const& c, code_abilities can) {
  for (auto const way : c.self().code_ways) {
    bool const by_call = way == code_way::flash_call || way == code_way::missed_call;
    if (way == code_way::sms || way == code_way::call || (by_call && can.allow(way))) return way;
  }
  return code_way::sms;
}

outcome<tl::auth::SentCode> send_code(call_context& c, tl::account::sendChangePhoneCode const& q) {
  if (c.self().is_bot()) return refuse(400, "BOT_METHOD_INVALID");
  auto const hash =
      c.world.moves().begin(c.world.everybody(), c.account, q.phone_number.view(), c.now);
  if (!hash) return failure{hash.error()};
  login_code const sent{
      .hash = *hash, .code = c.self().code, .way = way_to_number(c, abilities_of(q.settings))};
  return to_tl(sent, c.world.options().log_ins);
}

outcome<tl::User> change_phone(call_context& c, tl::account::changePhone const& q) {
  auto changed = c.world.moves().finish(c.world.everybody(), c.account, q.phone_number.view(),
                                        q.phone_code_hash.view(), q.phone_code.view(), c.now);
  if (!changed) return failure{changed.error()};
  return view(c.world, c.account).user(c.account);
}

outcome<tl::AccountDaysTTL> get_days(call_context& c, tl::account::getAccountTTL const&) {
  return tl::AccountDaysTTL{.days = c.self().days_to_live};
}

outcome<bool> set_days(call_context& c, tl::account::setAccountTTL const& q) {
  if (q.ttl.days < 1 || q.ttl.days > longest_life) return refuse(400, "TTL_DAYS_INVALID");
  c.self().days_to_live = q.ttl.days;
  return true;
}

/// An account with a password is deleted at once only by who knows that.
outcome<bool> delete_account(call_context& c, tl::account::deleteAccount const& q) {
  if (c.self().is_bot()) return refuse(400, "BOT_METHOD_INVALID");
  auto& passwords = c.world.all_passwords();
  if (passwords.has(c.account) && !q.password)
    return refuse(420, "2FA_CONFIRM_WAIT_" + std::to_string(week));
  if (q.password) {
    auto right = check_proof(c, c.account, q.password);
    if (!right) return failure{right.error()};
  }
  auto const gone = c.account;
  passwords.remove(gone);
  for (auto const* key : c.keys.keys_of(gone)) {
    if (!key->temporary) c.keys.find(key->dc, key->id(), c.now)->user = 0;
  }
  leave(c);
  c.session.wants_updates = false;
  c.world.everybody().remove(gone);
  return true;
}

}  // namespace

void add_account_number_handlers(handler_table& table) {
  table.on<tl::account::sendChangePhoneCode>(send_code);
  table.on<tl::account::changePhone>(change_phone);
  table.on<tl::account::getAccountTTL>(get_days);
  table.on<tl::account::setAccountTTL>(set_days);
  table.on<tl::account::deleteAccount>(delete_account);
}

}  // namespace mtp::MTP_ABI::testing
