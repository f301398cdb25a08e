// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/qr-login
#include "handler_table.hpp"
#include "signed_in.hpp"

#include <utility>

namespace mtp::MTP_ABI::testing {
namespace {

outcome<tl::auth::LoginToken> entered(call_context& c, std::int64_t user) {
  auto login = let_in(c, user);
  if (!login) return failure{login.error()};
  tl::auth::loginTokenSuccess out;
  out.authorization = std::move(*login);
  return tl::auth::LoginToken(std::move(out));
}

tl::auth::LoginToken sent_home(int dc, bytes const& token) {
  tl::auth::loginTokenMigrateTo out;
  out.dc_id = dc;
  out.token = tl::bytes(token);
  return out;
}

outcome<tl::auth::LoginToken> export_token(call_context& c, tl::auth::exportLoginToken const&) {
  auto& all = c.world.qr_sign_ins();
  qr_logins::shower const who{.dc = c.dc, .key = c.keys.permanent(c.key)->id()};
  auto const accepted = all.accepted(who, c.now);
  if (accepted.user != 0) {
    auto const* user = c.world.everybody().find(accepted.user);
    if (auto here = check_home(c, user, ""); !here) return sent_home(user->home_dc, accepted.text);
    if (auto ended = all.take(accepted.text, c.now); !ended) return failure{ended.error()};
    return entered(c, accepted.user);
  }
  auto const shown = all.show(who, c.random, c.world.options().log_ins.qr_lifetime, c.now);
  return tl::auth::LoginToken(
      tl::auth::loginToken{.expires = shown.expires, .token = tl::bytes(shown.text)});
}

outcome<tl::auth::LoginToken> import_token(call_context& c, tl::auth::importLoginToken const& q) {
  auto const user = c.world.qr_sign_ins().take(q.token.view(), c.now);
  if (!user) return failure{user.error()};
  return entered(c, *user);
}

/// The login that is about to be, as the account's list of logins will show it.
outcome<tl::Authorization> accept_token(call_context& c, tl::auth::acceptLoginToken const& q) {
  if (c.self().is_bot()) return refuse(400, "BOT_METHOD_INVALID");
  auto const shower = c.world.qr_sign_ins().accept(q.token.view(), c.account,
                                                   c.world.options().log_ins.qr_lifetime, c.now);
  if (!shower) return failure{shower.error()};
  tl::authorization out;
  out.hash = shower->key;
  out.date_created = c.now;
  out.date_active = c.now;
  return tl::Authorization(std::move(out));
}

}  // namespace

void add_qr_log_in_handlers(handler_table& table) {
  table.on<tl::auth::exportLoginToken>(export_token, audience::anybody);
  table.on<tl::auth::importLoginToken>(import_token, audience::anybody);
  table.on<tl::auth::acceptLoginToken>(accept_token);
}

}  // namespace mtp::MTP_ABI::testing
