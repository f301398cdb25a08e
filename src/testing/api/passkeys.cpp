// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/passkeys
#include <mtp/testing/world/passkeys.hpp>

#include "handler_table.hpp"
#include "signed_in.hpp"

#include <fmt/format.h>

#include <utility>

namespace mtp::MTP_ABI::testing {
namespace {

passkeys::place place_of(call_context& c) { return {c.dc, c.keys.permanent(c.key)->id()}; }

tl::Passkey shown(kept_passkey const& of) {
  tl::passkey out;
  out.id = tl::string(of.id);
  out.name = tl::string("a passkey");
  out.date = of.made;
  if (of.last_used != 0) out.last_usage_date = of.last_used;
  return out;
}

outcome<tl::account::PasskeyRegistrationOptions> begin_registration(
    call_context& c, tl::account::initPasskeyRegistration const&) {
  if (c.self().is_bot()) return refuse(400, "BOT_METHOD_INVALID");
  int const home = c.self().home_dc != 0 ? c.self().home_dc : c.dc;
  auto const handle = fmt::format("{}:{}", home, c.account);
  tl::account::passkeyRegistrationOptions out;
  out.options.data =
      tl::string(c.world.all_passkeys().begin_registration(place_of(c), handle, c.random, c.now));
  return tl::account::PasskeyRegistrationOptions(std::move(out));
}

outcome<tl::Passkey> finish_registration(call_context& c, tl::account::registerPasskey const& q) {
  auto const* made = q.credential.response.get_if<tl::inputPasskeyResponseRegister>();
  if (!made) return refuse(400, "CREDENTIAL_INVALID");
  auto const kept = c.world.all_passkeys().finish_registration(
      place_of(c), c.account, made->client_data.data.view(), made->attestation_data.view(), c.now);
  if (!kept) return failure{kept.error()};
  return shown(*kept);
}

outcome<tl::account::Passkeys> list(call_context& c, tl::account::getPasskeys const&) {
  std::vector<tl::Passkey> all;
  for (auto const& one : c.world.all_passkeys().of(c.account)) all.push_back(shown(one));
  tl::account::passkeys out;
  out.passkeys = to_list(std::move(all));
  return tl::account::Passkeys(std::move(out));
}

outcome<bool> remove(call_context& c, tl::account::deletePasskey const& q) {
  auto const gone = c.world.all_passkeys().remove(c.account, q.id.view());
  if (!gone) return failure{gone.error()};
  return true;
}

outcome<tl::auth::PasskeyLoginOptions> begin_log_in(call_context& c,
                                                    tl::auth::initPasskeyLogin const&) {
  tl::auth::passkeyLoginOptions out;
  out.options.data = tl::string(c.world.all_passkeys().begin_log_in(place_of(c), c.random, c.now));
  return tl::auth::PasskeyLoginOptions(std::move(out));
}

/// Where the client was challenged: here, or where it has come from.
passkeys::place challenged_at(call_context& c, tl::auth::finishPasskeyLogin const& q) {
  if (q.from_dc_id && q.from_auth_key_id) return {*q.from_dc_id, *q.from_auth_key_id};
  return place_of(c);
}

outcome<tl::auth::Authorization> finish_log_in(call_context& c,
                                               tl::auth::finishPasskeyLogin const& q) {
  auto const* made = q.credential.response.get_if<tl::inputPasskeyResponseLogin>();
  if (!made) return refuse(400, "CREDENTIAL_INVALID");
  auto const user = c.world.all_passkeys().finish_log_in(
      challenged_at(c, q), q.credential.raw_id.view(), made->client_data.data.view(),
      made->authenticator_data.view(), made->signature.view(), c.now);
  if (!user) return failure{user.error()};
  auto fine = check_home(c, c.world.everybody().find(*user), "USER_MIGRATE");
  if (!fine) return failure{fine.error()};
  return let_in(c, *user);
}

}  // namespace

void add_passkey_handlers(handler_table& table) {
  table.on<tl::account::initPasskeyRegistration>(begin_registration);
  table.on<tl::account::registerPasskey>(finish_registration);
  table.on<tl::account::getPasskeys>(list);
  table.on<tl::account::deletePasskey>(remove);
  table.on<tl::auth::initPasskeyLogin>(begin_log_in, audience::anybody);
  table.on<tl::auth::finishPasskeyLogin>(finish_log_in, audience::anybody);
}

}  // namespace mtp::MTP_ABI::testing
