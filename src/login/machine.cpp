// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What is to be done next, and the requests.
#include "login/machine.hpp"

#include "login/challenges.hpp"
#include "login/code_settings.hpp"

#include <mtp/tl/types/CodeSettings.hpp>
#include <mtp/tl/types/DataJSON.hpp>
#include <mtp/tl/types/account/PasswordInputSettings.hpp>

#include <utility>

namespace mtp::MTP_ABI::login {
namespace {

constexpr char circles[] = "the server leads the log-in round in circles";

}  // namespace

void machine::go_on() {
  requests_ = 0;
  if (errand_ == errand::ask && std::holds_alternative<need_scan>(step_))
    errand_ = errand::wait_for_scan;
}

machine::action machine::next(application const& who, moment now) {
  if (errand_ == errand::wait_for_scan) {
    requests_ = 0;
    if (pause_) not_before_ = now.steady + *std::exchange(pause_, {});
    if (now.steady < not_before_) return wait_for_scan{not_before_};
    if (!scanned_ && now.steady < scan_until_) return wait_for_scan{scan_until_};
    errand_ = errand::export_token;
  }
  can_firebase_ = can_firebase_ || who.firebase;
  if (errand_ == errand::finish_passkey && leaves_for_passkey(who)) return move_home{other_dc_};
  switch (errand_) {
    case errand::ask: return ask{};
    case errand::prove: {
      auto const* asked = std::get_if<need_password>(&step_);
      return prove{asked ? asked->challenge : password_challenge(), password_};
    }
    case errand::move: return move_home{other_dc_};
    case errand::accept: return accept{login_, token_};
    case errand::give_up: errand_ = errand::ask; return std::move(failure_);
    default: break;
  }
  if (goes_round()) return give_up{make_error_code(client_errc::not_signed_in), circles};
  return perform{request_of(who)};
}

/// Requests without end that nobody answers for: the next attempt may take as many again.
bool machine::goes_round() noexcept {
  constexpr int max_requests = 16;
  if (++requests_ <= max_requests) return false;
  requests_ = 0;
  return true;
}

machine::request machine::request_of(application const& who) const {
  switch (errand_) {
    case errand::resend_code: return resend_code_request();
    case errand::cancel_code: {
      tl::auth::cancelCode out;
      out.phone_number = tl::string(phone_.reveal());
      out.phone_code_hash = tl::string(code_hash_);
      return out;
    }
    case errand::sign_in: return sign_in_request();
    case errand::sign_up: return sign_up_request();
    case errand::accept_terms: {
      tl::help::acceptTermsOfService out;
      out.id = tl::dataJSON{.data = tl::string(terms_id_.value_or(""))};
      return out;
    }
    case errand::sign_in_bot: return token_request(who);
    case errand::export_token: return export_request(who);
    case errand::import_token: {
      tl::auth::importLoginToken out;
      out.token = tl::bytes(qr_token_.reveal());
      return out;
    }
    case errand::get_password: return tl::account::getPassword{};
    case errand::check_password: {
      tl::auth::checkPassword out;
      out.password = to_tl(proof_.value_or(password_proof()));
      return out;
    }
    case errand::request_recovery: return tl::auth::requestPasswordRecovery{};
    case errand::recover: {
      tl::auth::recoverPassword out;
      out.code = tl::string(typed_.reveal());
      return out;
    }
    case errand::send_email_code: return email_code_request();
    case errand::verify_email: return verify_email_request();
    case errand::check_paid: return check_paid_request();
    case errand::init_passkey: return passkey_request(who);
    case errand::finish_passkey: return finish_passkey_request(who);
    case errand::request_firebase: return firebase_request_of();
    case errand::report_missing: return missing_code_request();
    case errand::find_out: {
      tl::users::getUsers out;
      out.id.push_back(tl::inputUserSelf{});
      return out;
    }
    default: return send_code_request(who);
  }
}

tl::auth::sendCode machine::send_code_request(application const& who) const {
  tl::auth::sendCode out;
  out.phone_number = tl::string(phone_.reveal());
  out.api_id = who.api_id;
  out.api_hash = tl::string(who.api_hash);
  out.settings = settings_of(how_);
  out.settings.allow_firebase = can_firebase_;
  if (who.tokens.empty()) return out;
  auto& tokens = out.settings.logout_tokens.emplace();
  for (auto const& one : who.tokens) tokens.push_back(tl::bytes(one.reveal()));
  return out;
}

tl::auth::signIn machine::sign_in_request() const {
  tl::auth::signIn out;
  out.phone_number = tl::string(phone_.reveal());
  out.phone_code_hash = tl::string(code_hash_);
  if (code_by_email_) {
    out.email_verification = tl::emailVerificationCode{.code = tl::string(typed_.reveal())};
  } else {
    out.phone_code = tl::string(typed_.reveal());
  }
  return out;
}

tl::auth::signUp machine::sign_up_request() const {
  tl::auth::signUp out;
  out.phone_number = tl::string(phone_.reveal());
  out.phone_code_hash = tl::string(code_hash_);
  out.first_name = tl::string(name_.first);
  out.last_name = tl::string(name_.last);
  return out;
}

tl::auth::importBotAuthorization machine::token_request(application const& who) const {
  tl::auth::importBotAuthorization out;
  out.api_id = who.api_id;
  out.api_hash = tl::string(who.api_hash);
  out.bot_auth_token = tl::string(token_.reveal());
  return out;
}

tl::auth::exportLoginToken machine::export_request(application const& who) const {
  tl::auth::exportLoginToken out;
  out.api_id = who.api_id;
  out.api_hash = tl::string(who.api_hash);
  return out;
}

tl::EmailVerifyPurpose machine::email_purpose() const {
  tl::emailVerifyPurposeLoginSetup out;
  out.phone_number = tl::string(phone_.reveal());
  out.phone_code_hash = tl::string(code_hash_);
  return out;
}

tl::account::sendVerifyEmailCode machine::email_code_request() const {
  tl::account::sendVerifyEmailCode out;
  out.purpose = email_purpose();
  out.email = tl::string(address_.reveal());
  return out;
}

tl::account::verifyEmail machine::verify_email_request() const {
  tl::account::verifyEmail out;
  out.purpose = email_purpose();
  out.verification = tl::emailVerificationCode{.code = tl::string(typed_.reveal())};
  return out;
}

// --- What came of the rest

void machine::on_proved(password_proof proof) {
  proof_ = std::move(proof);
  errand_ = errand::check_password;
}

/// The server's numbers are unsafe: nothing that the person could say would help.
void machine::on_unprovable(protocol_errc why) {
  forget_secrets();
  give_up_with(make_error_code(why), "the server's part of the password check is unsafe");
}

void machine::on_moved() {
  errand_ = identity_ == identity::passkey ? errand::finish_passkey : errand::import_token;
}

void machine::on_immovable() {
  give_up_with(make_error_code(client_errc::bad_config),
               "the account is at home in a data centre without an address");
}

void machine::on_accepted(user me) {
  forget_secrets();
  login_ = {};
  next_complaint_ = {};
  step_ = done{std::move(me)};
  errand_ = terms_id_ ? errand::accept_terms : errand::ask;
}

void machine::on_denied() {
  login_ = {};
  next_complaint_ = {};
  nobody_known_ = false;  // it may be stored all the same
  ask_who();
}

void machine::give_up_with(std::error_code code, std::string text) {
  failure_ = {code, std::move(text)};
  errand_ = errand::give_up;
}

void machine::forget_secrets() {
  password_ = {};
  typed_ = {};
  proof_.reset();
  passkey_ = {};
  firebase_ = {};
}

}  // namespace mtp::MTP_ABI::login
