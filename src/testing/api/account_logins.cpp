// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The logins of an account, on devices and at web sites.
#include "handler_table.hpp"
#include "signed_in.hpp"

#include <utility>

namespace mtp::MTP_ABI::testing {
namespace {

/// A login of the caller by its number; 0 is their own.
known_key* login_of(call_context& c, std::int64_t hash) {
  if (hash == 0) return c.keys.permanent(c.key);
  for (auto const* key : c.keys.keys_of(c.account)) {
    if (!key->temporary && key->id() == hash) return c.keys.find(key->dc, key->id(), c.now);
  }
  return nullptr;
}

outcome<tl::account::Authorizations> get_logins(call_context& c,
                                                tl::account::getAuthorizations const&) {
  std::vector<tl::Authorization> list;
  for (auto const* key : c.keys.keys_of(c.account)) {
    if (key->temporary) continue;
    tl::authorization one;
    one.current = key == c.keys.permanent(c.key);
    one.unconfirmed = key->unconfirmed;
    one.hash = one.current ? 0 : key->id();
    one.date_created = key->made;
    one.date_active = key->last_used;
    list.push_back(std::move(one));
  }
  tl::account::authorizations out;
  out.authorization_ttl_days = 180;
  out.authorizations = to_list(std::move(list));
  return tl::account::Authorizations(std::move(out));
}

outcome<bool> end_login(call_context& c, tl::account::resetAuthorization const& q) {
  auto* key = login_of(c, q.hash);
  if (!key || q.hash == 0) return refuse(400, "HASH_INVALID");
  key->user = 0;
  return true;
}

outcome<bool> change_login(call_context& c, tl::account::changeAuthorizationSettings const& q) {
  auto* key = login_of(c, q.hash);
  if (!key) return refuse(400, "HASH_INVALID");
  if (!q.confirmed || !key->unconfirmed) return true;
  key->unconfirmed = false;
  tell_login(c, *key);
  return true;
}

outcome<tl::account::WebAuthorizations> get_web_logins(call_context& c,
                                                       tl::account::getWebAuthorizations const&) {
  std::vector<tl::WebAuthorization> list;
  for (auto const& one : c.self().web_logins) {
    tl::webAuthorization made;
    made.hash = one.id;
    made.bot_id = one.bot;
    made.domain = tl::string(one.domain);
    made.date_created = one.date;
    made.date_active = one.date;
    list.push_back(std::move(made));
  }
  tl::account::webAuthorizations out;
  out.authorizations = to_list(std::move(list));
  return tl::account::WebAuthorizations(std::move(out));
}

outcome<bool> end_web_login(call_context& c, tl::account::resetWebAuthorization const& q) {
  auto const gone =
      std::erase_if(c.self().web_logins, [&](auto const& one) { return one.id == q.hash; });
  if (gone == 0) return refuse(400, "HASH_INVALID");
  return true;
}

outcome<bool> end_web_logins(call_context& c, tl::account::resetWebAuthorizations const&) {
  c.self().web_logins.clear();
  return true;
}

}  // namespace

void add_account_login_handlers(handler_table& table) {
  table.on<tl::account::getAuthorizations>(get_logins);
  table.on<tl::account::resetAuthorization>(end_login);
  table.on<tl::account::changeAuthorizationSettings>(change_login);
  table.on<tl::account::getWebAuthorizations>(get_web_logins);
  table.on<tl::account::resetWebAuthorization>(end_web_login);
  table.on<tl::account::resetWebAuthorizations>(end_web_logins);
}

}  // namespace mtp::MTP_ABI::testing
