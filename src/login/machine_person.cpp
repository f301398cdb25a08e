// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What the person says.
#include "login/machine.hpp"

#include <utility>

namespace mtp::MTP_ABI::login {
namespace {

/// People write blanks, dashes and brackets into a number; it is none without them.
std::string without_marks(std::string_view number) {
  constexpr std::string_view marks = " \t-.()/";
  std::string out(number);
  std::erase_if(out, [&](char one) { return marks.find(one) != std::string_view::npos; });
  return out;
}

}  // namespace

bool machine::take(answer what) {
  if (errand_ == errand::accept) return false;  // it is over
  return std::visit([this](auto const& asked, auto& said) { return on(asked, std::move(said)); },
                    step_, what);
}

/// What nobody knows the outcome of is found out first: somebody may be signed in already.
bool machine::begin(errand what) {
  losses_ = requests_ = 0;
  if (std::exchange(unsettled_, false)) errand_ = errand::find_out;
  (errand_ == errand::find_out ? lost_ : errand_) = what;
  if (what == errand::ask_who) forget_secrets();
  return errand_ == errand::ask_who ? ask_who() : true;
}

void machine::identify(identity what, secret<std::string> phone, secret<std::string> token) {
  renamed_ = renamed_ || what != identity_ || phone.reveal() != phone_.reveal() ||
             token.reveal() != token_.reveal();
  identity_ = what;
  phone_ = std::move(phone);
  token_ = std::move(token);
}

bool machine::take_phone(phone_number who) {
  can_firebase_ = who.firebase;
  how_ = std::move(who.how);
  identify(identity::phone, without_marks(who.number.reveal()), {});
  begin(errand::send_code);
  if (errand_ == errand::send_code) resume_kept();
  return true;
}

bool machine::take_token(bot_token who) {
  identify(identity::bot, {}, std::move(who.token));
  return begin(errand::sign_in_bot);
}

bool machine::take_qr() {
  identify(identity::device, {}, {});
  refused_tokens_ = 0;
  return begin(errand::export_token);
}

bool machine::take_passkey() {
  identify(identity::passkey, {}, {});
  return begin(errand::init_passkey);
}

bool machine::on(need_passkey const&, passkey_assertion&& made) {
  passkey_ = std::move(made);
  return begin(errand::finish_passkey);
}

bool machine::on(need_code const&, resend_code&&) {
  no_token_.clear();
  return begin(errand::resend_code);
}

bool machine::on(need_code const& asked, firebase_token&& made) {
  if (!asked.firebase) return false;
  bool const empty = made.play_integrity.reveal().empty() && made.safety_net.reveal().empty() &&
                     made.ios_push_secret.reveal().empty();
  no_token_ = std::move(made.no_token);
  firebase_ = std::move(made);
  return begin(empty ? errand::resend_code : errand::request_firebase);
}

bool machine::on(need_code const&, code_missing&& where) {
  network_ = std::move(where.network);
  return begin(errand::report_missing);
}

bool machine::on(need_payment const&, paid&& by) {
  payment_form_ = by.form;
  return begin(errand::check_paid);
}

bool machine::take_code(code typed, errand then) {
  typed_ = std::move(typed.text);
  return begin(then);
}

bool machine::on(need_password const&, password&& typed) {
  password_ = std::move(typed.text);
  stale_proofs_ = 0;
  return begin(errand::prove);
}

bool machine::on(need_password const&, password_proof&& made) {
  password_ = {};
  proof_ = std::move(made);
  return begin(errand::check_password);
}

bool machine::on(need_password const&, recover_password&&) {
  password_ = {};
  return begin(errand::request_recovery);
}

bool machine::on(need_sign_up const&, new_name&& name) {
  name_ = std::move(name);
  return begin(errand::sign_up);
}

bool machine::on(need_email const&, email_address&& where) {
  address_ = std::move(where.address);
  return begin(errand::send_email_code);
}

bool machine::ask_who() {
  forget_secrets();
  terms_id_.reset();
  identity_ = identity::none;
  errand_ = errand::ask;
  step_ = need_identity{.why = std::exchange(next_complaint_, {})};
  return true;
}

}  // namespace mtp::MTP_ABI::login
