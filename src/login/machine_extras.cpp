// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What few log-ins need: passkeys, codes that are paid for, codes that Firebase vouches for.
// https://core.telegram.org/api/passkeys and /api/auth
#include "login/machine.hpp"
#include "login/sent_codes.hpp"

#include <mtp/tl/types/DataJSON.hpp>
#include <mtp/tl/types/InputPasskeyCredential.hpp>
#include <mtp/tl/types/InputPasskeyResponse.hpp>

#include <charconv>
#include <utility>

namespace mtp::MTP_ABI::login {
namespace {

/// A user handle is "DATA CENTRE:USER"; 0 when it is something else.
int dc_of_handle(std::string_view handle) {
  int dc = 0;
  auto const colon = handle.find(':');
  if (colon == std::string_view::npos) return 0;
  auto const [end, failed] = std::from_chars(handle.data(), handle.data() + colon, dc);
  return failed == std::errc() && end == handle.data() + colon && dc > 0 ? dc : 0;
}

std::optional<tl::string> unless_empty(std::string const& text) {
  if (text.empty()) return std::nullopt;
  return tl::string(text);
}

}  // namespace

// --- Passkeys

tl::auth::initPasskeyLogin machine::passkey_request(application const& who) const {
  tl::auth::initPasskeyLogin out;
  out.api_id = who.api_id;
  out.api_hash = tl::string(who.api_hash);
  return out;
}

/// True when the account is at home elsewhere: the proof is shown there, with the place of the
/// challenge.
bool machine::leaves_for_passkey(application const& who) {
  int const home = dc_of_handle(passkey_.user_handle);
  if (home == 0 || home == who.dc || challenge_dc_ != 0) return false;
  challenge_dc_ = who.dc;
  challenge_key_ = who.key;
  other_dc_ = home;
  return true;
}

tl::auth::finishPasskeyLogin machine::finish_passkey_request(application const& who) const {
  tl::inputPasskeyResponseLogin response;
  response.client_data.data = tl::string(passkey_.client_data);
  response.authenticator_data = tl::bytes(passkey_.authenticator_data);
  response.signature = tl::bytes(passkey_.signature);
  response.user_handle = tl::string(passkey_.user_handle);
  tl::inputPasskeyCredentialPublicKey credential;
  credential.id = tl::string(passkey_.id);
  credential.raw_id = tl::string(passkey_.raw_id);
  credential.response = std::move(response);
  tl::auth::finishPasskeyLogin out;
  out.credential = std::move(credential);
  if (challenge_dc_ == 0 || challenge_dc_ == who.dc) return out;
  out.from_dc_id = challenge_dc_;
  out.from_auth_key_id = challenge_key_;
  return out;
}

void machine::on_answer(received<tl::auth::PasskeyLoginOptions> const& asked, moment) {
  challenge_dc_ = 0;
  challenge_key_ = 0;
  step_ =
      need_passkey{.options = asked->options.data.str(), .why = std::exchange(next_complaint_, {})};
  errand_ = errand::ask;
}

// --- Codes that are paid for

/// Asked again after the person has paid, the server has not seen it.
void machine::ask_for_payment(tl::auth::sentCodePaymentRequired const& asked) {
  bool const again = errand_ == errand::check_paid;
  code_hash_ = asked.phone_code_hash.str();
  need_payment out{.phone = phone_.reveal(), .hash = code_hash_};
  out.product = asked.store_product.str();
  out.currency = asked.currency.str();
  out.amount = asked.amount;
  out.premium_days = asked.premium_days;
  out.support_email = asked.support_email_address.str();
  out.support_subject = asked.support_email_subject.str();
  out.why = std::exchange(next_complaint_, {});
  if (again) out.why = {.what = reason::not_paid};
  step_ = std::move(out);
  errand_ = errand::ask;
}

tl::auth::checkPaidAuth machine::check_paid_request() const {
  tl::auth::checkPaidAuth out;
  out.phone_number = tl::string(phone_.reveal());
  out.phone_code_hash = tl::string(code_hash_);
  out.form_id = payment_form_;
  return out;
}

// --- Codes that Firebase vouches for, and codes that do not come

tl::auth::requestFirebaseSms machine::firebase_request_of() const {
  tl::auth::requestFirebaseSms out;
  out.phone_number = tl::string(phone_.reveal());
  out.phone_code_hash = tl::string(code_hash_);
  out.play_integrity_token = unless_empty(firebase_.play_integrity.reveal());
  out.safety_net_token = unless_empty(firebase_.safety_net.reveal());
  out.ios_push_secret = unless_empty(firebase_.ios_push_secret.reveal());
  return out;
}

/// Who had no token says why.
tl::auth::resendCode machine::resend_code_request() const {
  tl::auth::resendCode out;
  out.phone_number = tl::string(phone_.reveal());
  out.phone_code_hash = tl::string(code_hash_);
  out.reason = unless_empty(no_token_);
  return out;
}

tl::auth::reportMissingCode machine::missing_code_request() const {
  tl::auth::reportMissingCode out;
  out.phone_number = tl::string(phone_.reveal());
  out.phone_code_hash = tl::string(code_hash_);
  out.mnc = tl::string(network_);
  return out;
}

/// What the server says to whoever has shown a token: the code is on its way, or not.
void machine::on_firebase(bool accepted) {
  firebase_ = {};
  errand_ = errand::ask;
  auto* asked = std::get_if<need_code>(&step_);
  if (!asked) return;
  asked->why = accepted ? complaint() : complaint{.what = reason::firebase_refused};
  if (accepted) asked->firebase.reset();
}

}  // namespace mtp::MTP_ABI::login
