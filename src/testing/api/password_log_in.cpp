// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The second step of a log-in: https://core.telegram.org/api/srp
#include "handler_table.hpp"
#include "passwords.hpp"
#include "signed_in.hpp"

#include <utility>

namespace mtp::MTP_ABI::testing {
namespace {

tl::PasswordKdfAlgo algorithm_of(kept_password const& of) {
  tl::passwordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow out;
  out.salt1 = tl::bytes(of.salt1);
  out.salt2 = tl::bytes(of.salt2);
  out.g = passwords::generator;
  out.p = tl::bytes(bytes_view(crypto::known_dh_prime()));
  return out;
}

/// What goes with a password that is set.
outcome<> show_challenge(call_context& c, std::int64_t account, kept_password const& kept,
                         tl::account::password& out) {
  auto const shown = c.world.all_passwords().show(account, c.random, c.now);
  if (!shown) return failure{shown.error()};
  out.has_password = true;
  out.current_algo = algorithm_of(kept);
  out.srp_B = tl::bytes(shown->server_value);
  out.srp_id = shown->id;
  if (!kept.hint.empty()) out.hint = tl::string(kept.hint);
  return {};
}

outcome<tl::account::Password> get_password(call_context& c, tl::account::getPassword const&) {
  auto const account = caller_at_door(c);
  if (!account) return failure{account.error()};
  auto& all = c.world.all_passwords();
  tl::account::password out;
  out.has_recovery = !all.recovery_email(*account).empty();
  out.new_algo = algorithm_of(all.form_of(*account));
  out.new_secure_algo = tl::securePasswordKdfAlgoUnknown{};
  out.secure_random = tl::bytes(bytes_view(c.random.make<int256>()));
  auto const& email = c.world.everybody().find(*account)->email;
  if (!email.empty()) out.login_email_pattern = tl::string(with_stars(email));
  auto const fresh = all.unconfirmed_address(*account);
  if (!fresh.empty()) out.email_unconfirmed_pattern = tl::string(with_stars(fresh));
  if (auto const due = all.reset_date(*account); due != 0) out.pending_reset_date = due;
  if (auto const* kept = all.find(*account)) {
    auto shown = show_challenge(c, *account, *kept, out);
    if (!shown) return failure{shown.error()};
  }
  return tl::account::Password(std::move(out));
}

outcome<tl::auth::Authorization> check_password(call_context& c, tl::auth::checkPassword const& q) {
  auto const account = caller_at_door(c);
  if (!account) return failure{account.error()};
  auto right = check_proof(c, *account, q.password);
  if (!right) return failure{right.error()};
  return signed_in_as(c, *account);
}

outcome<tl::auth::PasswordRecovery> request_recovery(call_context& c,
                                                     tl::auth::requestPasswordRecovery const&) {
  auto const account = caller_at_door(c);
  if (!account) return failure{account.error()};
  auto const& who = *c.world.everybody().find(*account);
  auto const sent = c.world.all_passwords().begin_recovery(*account, who.code, c.now);
  if (!sent) return failure{sent.error()};
  return tl::auth::PasswordRecovery{.email_pattern = tl::string(*sent)};
}

/// Checks the code of an e-mail; returns whose it is.
outcome<std::int64_t> check_code(call_context& c, std::string_view code) {
  auto const account = caller_at_door(c);
  if (!account) return account;
  auto right =
      c.world.all_passwords().check_recovery(*account, code, c.world.options().log_ins, c.now);
  if (!right) return failure{right.error()};
  return account;
}

outcome<bool> check_recovery(call_context& c, tl::auth::checkRecoveryPassword const& q) {
  auto const account = check_code(c, q.code);
  if (!account) return failure{account.error()};
  return true;
}

/// The old password is gone, whether or not there is a new one.
outcome<tl::auth::Authorization> recover(call_context& c, tl::auth::recoverPassword const& q) {
  auto const account = check_code(c, q.code);
  if (!account) return failure{account.error()};
  if (q.new_settings) {
    auto changed = change_password(c, *account, *q.new_settings);
    if (!changed) return failure{changed.error()};
  } else {
    c.world.all_passwords().remove(*account);
  }
  return signed_in_as(c, *account);
}

}  // namespace

void add_password_log_in_handlers(handler_table& table) {
  table.on<tl::account::getPassword>(get_password, audience::anybody);
  table.on<tl::auth::checkPassword>(check_password, audience::anybody);
  table.on<tl::auth::requestPasswordRecovery>(request_recovery, audience::anybody);
  table.on<tl::auth::checkRecoveryPassword>(check_recovery, audience::anybody);
  table.on<tl::auth::recoverPassword>(recover, audience::anybody);
}

}  // namespace mtp::MTP_ABI::testing
