// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What the server's answers mean.
#include "login/challenges.hpp"
#include "login/machine.hpp"
#include "login/scan_url.hpp"
#include "login/sent_codes.hpp"

#include <mtp/tl/types/account/EmailVerified.hpp>
#include <mtp/tl/types/account/SentEmailCode.hpp>
#include <mtp/tl/types/auth/CodeType.hpp>
#include <mtp/tl/types/auth/LoginToken.hpp>
#include <mtp/tl/types/auth/PasswordRecovery.hpp>
#include <mtp/tl/types/auth/SentCodeType.hpp>
#include <mtp/tl/types/help/TermsOfService.hpp>

#include <algorithm>
#include <utility>

namespace mtp::MTP_ABI::login {
namespace {

/// A clock that is wrong makes nobody wait forever.
constexpr std::chrono::seconds max_scan(60);

need_sign_up sign_up_of(tl::auth::authorizationSignUpRequired const& asked) {
  need_sign_up out;
  if (!asked.terms_of_service) return out;
  out.terms = asked.terms_of_service->text.str();
  out.must_confirm = asked.terms_of_service->popup;
  out.min_age = asked.terms_of_service->min_age_confirm;
  return out;
}

std::string digits_of(std::string_view number) {
  std::string out(number);
  std::erase_if(out, [](char one) { return one < '0' || one > '9'; });
  return out;
}

}  // namespace

template <class Step>
void machine::show(Step what) {
  if constexpr (requires { what.why; }) what.why = std::exchange(next_complaint_, {});
  step_ = std::move(what);
  errand_ = errand::ask;
}

void machine::on_answer(received<tl::auth::SentCode> const& sent, moment now) {
  code_at_ = std::chrono::floor<std::chrono::seconds>(now.wall);
  if (auto const* code = sent->get_if<tl::auth::sentCode>()) {
    take_sent_code(*code);
  } else if (auto const* known = sent->get_if<tl::auth::sentCodeSuccess>()) {
    login_ = received<tl::auth::Authorization>(sent, &known->authorization);
    errand_ = errand::accept;
  } else if (auto const* price = sent->get_if<tl::auth::sentCodePaymentRequired>()) {
    ask_for_payment(*price);
  } else {
    give_up_with(make_error_code(client_errc::decode), "the server does not say where the code is");
  }
}

void machine::take_sent_code(tl::auth::sentCode const& code) {
  terms_id_.reset();
  code_hash_ = code.phone_code_hash.str();
  bool const needs_address = code.type.holds<tl::auth::sentCodeTypeSetUpEmailRequired>();
  code_by_email_ = code.type.holds<tl::auth::sentCodeTypeEmailCode>();
  if (needs_address) return show(need_email{});
  need_code out{.phone = phone_.reveal(), .sent = sent_code_of(code.type)};
  if (code.next_type) out.next = delivery_of(code.next_type);
  if (code.timeout) out.resend_after = std::chrono::seconds(std::max(0, *code.timeout));
  code_wait_ = out.resend_after;
  if (can_firebase_) out.firebase = firebase_of(code.type);
  show(std::move(out));
}

void machine::on_answer(received<tl::auth::Authorization> login, moment) {
  auto const* who = login->get_if<tl::auth::authorizationSignUpRequired>();
  if (!who) {
    login_ = std::move(login);
    errand_ = errand::accept;
    return;
  }
  terms_id_.reset();
  if (who->terms_of_service) terms_id_ = who->terms_of_service->id.data.str();
  show(sign_up_of(*who));
}

void machine::on_answer(received<tl::auth::LoginToken> const& token, moment now) {
  scanned_ = false;
  if (auto const* in = token->get_if<tl::auth::loginTokenSuccess>()) {
    login_ = received<tl::auth::Authorization>(token, &in->authorization);
    errand_ = errand::accept;
  } else if (auto const* away = token->get_if<tl::auth::loginTokenMigrateTo>()) {
    other_dc_ = away->dc_id;
    qr_token_ = copied(away->token);
    errand_ = errand::move;
  } else if (auto const* fresh = token->get_if<tl::auth::loginToken>()) {
    show_token(*fresh, now);
  } else {
    give_up_with(make_error_code(client_errc::decode), "the server's QR code is empty");
  }
}

/// The code that is shown already goes on being shown.
void machine::show_token(tl::auth::loginToken const& fresh, moment now) {
  std::chrono::sys_seconds const expires{std::chrono::seconds(fresh.expires)};
  auto const wall = std::chrono::time_point_cast<std::chrono::seconds>(now.wall);
  pause_.reset();
  not_before_ = {};
  scan_until_ = now.steady + std::clamp<std::chrono::seconds>(expires - wall, min_scan, max_scan);
  std::string url = scan_url(fresh.token.view());
  auto const* before = std::get_if<need_scan>(&step_);
  if (before && before->url == url && !next_complaint_) {
    errand_ = errand::wait_for_scan;
  } else {
    show(need_scan{.url = std::move(url), .expires = expires});
  }
}

void machine::on_answer(received<tl::account::Password> const& password, moment) {
  if (!password->has_password) return begin_by_identity();  // it was removed meanwhile
  auto challenge = challenge_of(*password);
  if (!challenge)
    return give_up_with(make_error_code(client_errc::decode),
                        "this version does not know how the account's password is checked");
  need_password out{.hint = password->hint ? password->hint->str() : std::string(),
                    .can_recover = password->has_recovery,
                    .challenge = *std::move(challenge)};
  bool const known = !password_.reveal().empty();
  show(std::move(out));
  if (known) errand_ = errand::prove;
}

void machine::on_answer(received<tl::auth::PasswordRecovery> const& recovery, moment) {
  show(need_recovery_code{.email_pattern = recovery->email_pattern.str()});
}

void machine::on_answer(received<tl::account::SentEmailCode> const& sent, moment) {
  show(need_email_code{.email_pattern = sent->email_pattern.str(), .length = sent->length});
}

void machine::on_answer(received<tl::account::EmailVerified> const& verified, moment now) {
  auto const* in = verified->get_if<tl::account::emailVerifiedLogin>();
  if (!in)
    return give_up_with(make_error_code(client_errc::decode),
                        "the server verified the address and does not go on");
  on_answer(received<tl::auth::SentCode>(verified, &in->sent_code), now);
}

/// Whether somebody who is signed in by a request that was lost is whom the person wants to be. A
/// token is good only when it has been shown.
bool machine::is_meant(tl::user const& me) const {
  if (!renamed_ || identity_ == identity::device || identity_ == identity::passkey) return true;
  if (identity_ == identity::none) return true;
  if (identity_ == identity::bot || me.bot || !me.phone) return false;
  return digits_of(me.phone->view()) == digits_of(phone_.reveal());
}

/// Who is signed in, after nobody knew.
void machine::on_answer(received<tl::list<tl::User>> const& found, moment) {
  auto const* me = found->empty() ? nullptr : found->front().get_if<tl::user>();
  if (!me || !is_meant(*me)) return repeat_lost();
  tl::auth::authorization login;
  login.user = *me;
  login_ = received<tl::auth::Authorization>::own(std::move(login));
  errand_ = errand::accept;
}

/// A code was taken back, one is on its way, its absence was noted, or the terms were accepted.
void machine::on_answer(bool yes, moment) {
  switch (errand_) {
    case errand::cancel_code: ask_who(); break;
    case errand::request_firebase: on_firebase(yes); break;
    case errand::report_missing: errand_ = errand::ask; break;
    default:
      terms_id_.reset();
      errand_ = errand::ask;
      break;
  }
}

}  // namespace mtp::MTP_ABI::login
