// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/srp
#include <mtp/login/password.hpp>

#include "client/call.hpp"
#include "client/start.hpp"
#include "login/challenges.hpp"
#include "methods/account/proof.hpp"

#include <mtp/core/environment.hpp>
#include <mtp/core/error.hpp>
#include <mtp/core/refusal.hpp>
#include <mtp/methods/account.hpp>
#include <mtp/tl/functions/account.hpp>
#include <mtp/tl/functions/auth.hpp>
#include <mtp/tl/types/PasswordKdfAlgo.hpp>
#include <mtp/tl/types/account/PasswordInputSettings.hpp>
#include <mtp/tl/types/auth/PasswordRecovery.hpp>

#include <functional>
#include <optional>
#include <utility>

namespace mtp::MTP_ABI {
namespace detail {

task<received<tl::account::Password>> password_state(client_core& core) {
  tl::account::getPassword request;
  auto state = co_await call(core, request);
  co_return state;
}

namespace {

[[noreturn]] void throw_unknown_way() {
  throw error(make_error_code(client_errc::decode),
              "this version does not know how the server keeps passwords");
}

[[noreturn]] void throw_unsafe(protocol_errc why) {
  throw error(make_error_code(why), "the server's part of the password check is unsafe");
}

}  // namespace

task<tl::InputCheckPasswordSRP> prove_current(client_core& core,
                                              received<tl::account::Password> state,
                                              secret<std::string> current) {
  if (!state->has_password) co_return tl::inputCheckPasswordEmpty{};
  auto const challenge = login::challenge_of(*state);
  if (!challenge) throw_unknown_way();
  result<login::password_proof, protocol_errc> made = failure{protocol_errc::malformed};
  std::function<void()> work = [&] {
    made = login::prove_password(*challenge, current.reveal(), core.world().random());
  };
  co_await core.world().run_on_worker(core.strand(), std::move(work));
  if (!made) throw_unsafe(made.error());
  co_return login::to_tl(*made);
}

namespace {

/// The part of the settings by which the server checks the new password from then on.
task<tl::account::passwordInputSettings> settings_of(client_core& core,
                                                     received<tl::account::Password> state,
                                                     secret<std::string> fresh) {
  auto const form = login::form_of(*state);
  if (!form) throw_unknown_way();
  result<login::new_password, protocol_errc> made = failure{protocol_errc::malformed};
  std::function<void()> work = [&] {
    made = login::make_password(*form, fresh.reveal(), core.world().random());
  };
  co_await core.world().run_on_worker(core.strand(), std::move(work));
  if (!made) throw_unsafe(made.error());
  tl::passwordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow how;
  how.salt1 = tl::bytes(made->salt1);
  how.salt2 = tl::bytes(form->salt2);
  how.g = form->generator;
  how.p = tl::bytes(form->prime);
  tl::account::passwordInputSettings out;
  out.new_algo = std::move(how);
  out.new_password_hash = tl::bytes(made->verifier);
  co_return out;
}

task<> update(client_core& core, received<tl::account::Password> state, secret<std::string> current,
              tl::account::passwordInputSettings settings) {
  tl::account::updatePasswordSettings request;
  request.password = co_await prove_current(core, std::move(state), std::move(current));
  request.new_settings = std::move(settings);
  co_await call(core, request);
}

task<> set_password(client_core& core, secret<std::string> fresh, secret<std::string> current,
                    std::string hint) {
  if (fresh.reveal().empty())
    throw error(make_error_code(client_errc::bad_argument), "a password has a character at least");
  auto state = co_await password_state(core);
  auto settings = co_await settings_of(core, state, std::move(fresh));
  settings.hint = tl::string(hint);
  co_await update(core, std::move(state), std::move(current), std::move(settings));
}

task<> remove_password(client_core& core, secret<std::string> current) {
  auto state = co_await password_state(core);
  tl::account::passwordInputSettings settings;
  settings.new_algo = tl::passwordKdfAlgoUnknown{};
  settings.new_password_hash.emplace();
  settings.hint.emplace();
  co_await update(core, std::move(state), std::move(current), std::move(settings));
}

/// The server says by a refusal that the address is to be confirmed.
task<> set_recovery_email(client_core& core, secret<std::string> current,
                          secret<std::string> address) {
  auto state = co_await password_state(core);
  tl::account::passwordInputSettings settings;
  settings.email = tl::string(address.reveal());
  try {
    co_await update(core, std::move(state), std::move(current), std::move(settings));
  } catch (rpc_error const& refused) {
    if (reason_of(refused.failure()) != refusal_reason::email_unconfirmed) throw;
  }
}

task<> confirm_recovery_email(client_core& core, secret<std::string> code) {
  tl::account::confirmPasswordEmail request{.code = tl::string(code.reveal())};
  co_await call(core, request);
}

task<> resend_recovery_email_code(client_core& core) {
  tl::account::resendPasswordEmail request;
  co_await call(core, request);
}

task<> cancel_recovery_email(client_core& core) {
  tl::account::cancelPasswordEmail request;
  co_await call(core, request);
}

task<std::string> send_recovery_code(client_core& core) {
  tl::auth::requestPasswordRecovery request;
  auto const sent = co_await call(core, request);
  auto out = sent->email_pattern.str();
  co_return out;
}

task<> recover_password(client_core& core, secret<std::string> code) {
  tl::auth::recoverPassword request;
  request.code = tl::string(code.reveal());
  co_await call(core, request);
}

}  // namespace
}  // namespace detail

task<> account_methods::set_password(std::string_view fresh, new_password_options options) const {
  return detail::start(client_, detail::set_password, std::string(fresh),
                       std::string(options.current), options.hint);
}

task<> account_methods::remove_password(std::string_view current) const {
  return detail::start(client_, detail::remove_password, std::string(current));
}

task<> account_methods::set_recovery_email(std::string_view current,
                                           std::string_view address) const {
  return detail::start(client_, detail::set_recovery_email, std::string(current),
                       std::string(address));
}

task<> account_methods::confirm_recovery_email(std::string_view code) const {
  return detail::start(client_, detail::confirm_recovery_email, std::string(code));
}

task<> account_methods::resend_recovery_email_code() const {
  return detail::start(client_, detail::resend_recovery_email_code);
}

task<> account_methods::cancel_recovery_email() const {
  return detail::start(client_, detail::cancel_recovery_email);
}

task<std::string> account_methods::send_recovery_code() const {
  return detail::start(client_, detail::send_recovery_code);
}

task<> account_methods::recover_password(std::string_view code) const {
  return detail::start(client_, detail::recover_password, std::string(code));
}

}  // namespace mtp::MTP_ABI
