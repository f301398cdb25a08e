// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What refusals and lost answers mean.
#include "login/machine.hpp"

#include <mtp/core/refusal.hpp>

#include <algorithm>
#include <utility>

namespace mtp::MTP_ABI::login {
namespace {

constexpr int max_restarts = 2;
constexpr int max_losses = 3;
constexpr int max_stale_proofs = 2;
constexpr int max_refused_tokens = 3;

complaint complaint_about(reason what, rpc_failure const& why) {
  return {
      .what = what, .retry_after = wait_of(why).value_or(std::chrono::seconds(0)), .refusal = why};
}

}  // namespace

/// What a refusal says to the person, and what follows.
struct machine::refusal_row {
  std::string_view name;
  reason what;
  remedy then;
};

machine::refusal_row const* machine::find_row(errand what, std::string_view name) {
  using enum remedy;
  static constexpr refusal_row of_email[] = {
      {"CODE_INVALID", reason::code_wrong, ask_again},
      {"EMAIL_VERIFY_EXPIRED", reason::code_expired, send_email_code},
      {"PHONE_HASH_EXPIRED", reason::code_expired, send_code},
  };
  static constexpr refusal_row of_recovery[] = {
      {"CODE_INVALID", reason::recovery_code_wrong, ask_again},
      {"CODE_EMPTY", reason::recovery_code_wrong, ask_again},
      {"PASSWORD_RECOVERY_NA", reason::no_recovery, ask_again},
      {"PASSWORD_RECOVERY_EXPIRED", reason::recovery_expired, get_password},
  };
  static constexpr refusal_row of_passkeys[] = {
      {"CREDENTIAL_INVALID", reason::passkey_refused, init_passkey},
      {"PASSKEY_ORIGIN_MISMATCH", reason::passkey_unusable, ask_who},
  };
  static constexpr refusal_row of_all[] = {
      {"PHONE_NUMBER_INVALID", reason::phone_invalid, ask_who},
      {"PHONE_NUMBER_BANNED", reason::phone_banned, ask_who},
      {"PHONE_NUMBER_FLOOD", reason::too_many_attempts, ask_who},
      {"PHONE_PASSWORD_FLOOD", reason::too_many_attempts, ask_who},
      {"PHONE_NUMBER_UNOCCUPIED", reason::phone_unknown, ask_who},
      {"PHONE_CODE_INVALID", reason::code_wrong, ask_again},
      {"PHONE_CODE_EMPTY", reason::code_wrong, ask_again},
      {"EMAIL_CODE_INVALID", reason::code_wrong, ask_again},
      {"PHONE_CODE_EXPIRED", reason::code_expired, send_code},
      {"PHONE_CODE_HASH_EMPTY", reason::code_expired, send_code},
      {"SEND_CODE_UNAVAILABLE", reason::no_other_way, ask_again},
      {"PASSWORD_HASH_INVALID", reason::password_wrong, get_password},
      {"SRP_ID_INVALID", reason::challenge_used, get_password},
      {"SRP_PASSWORD_CHANGED", reason::challenge_used, get_password},
      {"FIRSTNAME_INVALID", reason::name_invalid, ask_again},
      {"LASTNAME_INVALID", reason::name_invalid, ask_again},
      {"EMAIL_INVALID", reason::email_invalid, ask_again},
      {"EMAIL_NOT_ALLOWED", reason::email_invalid, ask_again},
      {"ACCESS_TOKEN_INVALID", reason::token_invalid, ask_who},
      {"ACCESS_TOKEN_EXPIRED", reason::token_invalid, ask_who},
      {"AUTH_TOKEN_EXPIRED", reason::qr_expired, export_token},
      {"AUTH_TOKEN_INVALID", reason::qr_invalid, export_token},
      {"AUTH_TOKEN_INVALIDX", reason::qr_invalid, export_token},  // spelt so
      {"AUTH_TOKEN_ALREADY_ACCEPTED", reason::qr_used, export_token},
      {"AUTH_TOKEN_EXCEPTION", reason::qr_invalid, export_token},
  };
  auto const in = [&](auto const& rows) -> refusal_row const* {
    auto const* const at = std::ranges::find(rows, name, &refusal_row::name);
    return at == std::ranges::end(rows) ? nullptr : at;
  };
  refusal_row const* own = nullptr;
  if (what == errand::verify_email || what == errand::send_email_code) own = in(of_email);
  if (what == errand::finish_passkey) own = in(of_passkeys);
  if (what == errand::recover || what == errand::request_recovery) own = in(of_recovery);
  return own ? own : in(of_all);
}

bool machine::on_refused(rpc_failure const& why) {
  auto const was = std::exchange(errand_, errand::ask);
  if (was == errand::cancel_code) return ask_who();  // there is nothing to take back any more
  if (was == errand::accept_terms) return true;      // signed in all the same
  if (refuse_by_class(was, why) || refuse_by_name(was, why)) return true;
  next_complaint_ = {};
  if (was == errand::send_code) ask_who();  // an earlier code is good no more
  if (was == errand::find_out && is_transient(why)) errand_ = was;
  return false;
}

bool machine::refuse_by_class(errand was, rpc_failure const& why) {
  switch (class_of(why)) {
    case refusal_class::password_needed:
      leads_to_password(was) ? void(errand_ = errand::get_password) : repeat_lost();
      return true;
    case refusal_class::restart_login: return begin_anew(why);
    case refusal_class::login_lost:
      if (was == errand::find_out) repeat_lost();
      return was == errand::find_out;
    default: return false;
  }
}

/// A password that was due before the request that was lost says nothing of that.
bool machine::leads_to_password(errand refused) const {
  if (refused != errand::find_out) return true;
  return !renamed_ && (lost_ == errand::sign_in || lost_ == errand::import_token ||
                       lost_ == errand::export_token || lost_ == errand::finish_passkey);
}

bool machine::refuse_by_name(errand was, rpc_failure const& why) {
  if (class_of(why) == refusal_class::restart_login) return false;
  if (asks_to_wait(why)) {
    unsettled_ = was == errand::find_out;
    next_complaint_ = complaint_about(reason::too_many_attempts, why);
    return was == errand::send_code ? ask_who() : complain(reason::too_many_attempts, why);
  }
  auto const* row = find_row(was, why.name);
  return row && follow(*row, why);
}

bool machine::follow(refusal_row const& row, rpc_failure const& why) {
  if (row.then == remedy::export_token && ++refused_tokens_ > max_refused_tokens) return false;
  if (row.what == reason::challenge_used && ++stale_proofs_ > max_stale_proofs) password_ = {};
  if (row.what == reason::password_wrong) password_ = {};
  next_complaint_ = {.what = row.what, .refusal = why};
  // A proof that the library makes again by itself is nothing to complain of.
  if (row.what == reason::challenge_used && !password_.reveal().empty()) next_complaint_ = {};
  switch (row.then) {
    case remedy::ask_again: return complain(row.what, why);
    case remedy::ask_who: return ask_who();
    case remedy::send_email_code: errand_ = errand::send_email_code; break;
    case remedy::send_code: errand_ = errand::send_code; break;
    case remedy::get_password: errand_ = errand::get_password; break;
    case remedy::export_token: errand_ = errand::export_token; break;
    case remedy::init_passkey: errand_ = errand::init_passkey; break;
  }
  return true;
}

/// The person is asked the same once more.
bool machine::complain(reason what, rpc_failure const& why) {
  next_complaint_ = {};
  password_ = {};
  auto const said = complaint_about(what, why);
  if (std::holds_alternative<need_scan>(step_)) pause_ = std::max(said.retry_after, min_scan);
  std::visit(
      [&](auto& asked) {
        if constexpr (requires { asked.why; }) asked.why = said;
      },
      step_);
  errand_ = errand::ask;
  return true;
}

bool machine::begin_anew(rpc_failure const& why) {
  if (++restarts_ > max_restarts) {
    restarts_ = 0;
    return false;
  }
  next_complaint_ = {.what = reason::begun_anew, .refusal = why};
  begin_by_identity();
  return true;
}

/// From the beginning, with the identity that is known.
void machine::begin_by_identity() {
  switch (identity_) {
    case identity::phone: errand_ = errand::send_code; break;
    case identity::bot: errand_ = errand::sign_in_bot; break;
    case identity::device: errand_ = errand::export_token; break;
    case identity::passkey: errand_ = errand::init_passkey; break;
    case identity::none: ask_who(); break;
  }
}

// --- Lost answers

bool machine::signs_in() const {
  return errand_ == errand::sign_in || errand_ == errand::sign_up ||
         errand_ == errand::sign_in_bot || errand_ == errand::check_password ||
         errand_ == errand::recover || errand_ == errand::import_token ||
         errand_ == errand::export_token || errand_ == errand::send_code ||
         errand_ == errand::finish_passkey || errand_ == errand::check_paid;
}

bool machine::on_lost() {
  if (signs_in()) {
    lost_ = errand_;
    renamed_ = false;
    errand_ = errand::find_out;
  }
  return ++losses_ <= max_losses;
}

/// It was not executed, or did not sign anybody in.
void machine::repeat_lost() {
  renamed_ = false;
  errand_ = lost_ == errand::check_password ? errand::get_password : lost_;
  if (lost_ == errand::finish_passkey) errand_ = errand::init_passkey;
  if (errand_ == errand::find_out) errand_ = errand::ask;
  if (errand_ == errand::ask_who) ask_who();
}

}  // namespace mtp::MTP_ABI::login
