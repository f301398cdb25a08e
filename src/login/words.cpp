// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/login/step.hpp>

#include <fmt/format.h>

namespace mtp::MTP_ABI::login {
namespace {

std::string_view sentence_of(reason what) {
  switch (what) {
    case reason::none: return "";
    case reason::begun_anew: return "The server wants the log-in to begin again.";
    case reason::too_many_attempts: return "The server wants a pause.";
    case reason::phone_invalid: return "This is no telephone number.";
    case reason::phone_banned: return "This number may not be used.";
    case reason::phone_unknown: return "This number has no account.";
    case reason::token_invalid: return "No bot has this token.";
    case reason::code_wrong: return "The code is wrong.";
    case reason::code_expired: return "The code came too late; a new one was sent.";
    case reason::no_other_way: return "The code cannot be sent in another way.";
    case reason::password_wrong: return "The password is wrong.";
    case reason::challenge_used: return "That took too long; once more, please.";
    case reason::no_recovery: return "The account has no e-mail address for its recovery.";
    case reason::recovery_code_wrong: return "The code is wrong.";
    case reason::recovery_expired: return "The code came too late.";
    case reason::name_invalid: return "The server does not take this name.";
    case reason::email_invalid: return "The server does not take this address.";
    case reason::qr_expired: return "The QR code was not scanned in time; here is a new one.";
    case reason::qr_invalid: return "The server does not know the QR code; here is a new one.";
    case reason::passkey_refused: return "The server does not accept this passkey.";
    case reason::passkey_unusable: return "The server takes passkeys of other apps only.";
    case reason::not_paid: return "The server has not seen the payment.";
    case reason::firebase_refused: return "The server does not accept what Firebase says.";
    case reason::qr_used: return "Somebody else has used the QR code; here is a new one.";
  }
  return "";
}

}  // namespace

std::string words_of(complaint const& what) {
  std::string out(sentence_of(what.what));
  if (what.retry_after.count() > 0)
    out += fmt::format(" Try again in {} seconds.", what.retry_after.count());
  return out;
}

complaint complaint_of(step const& what) {
  return std::visit(
      [](auto const& one) -> complaint {
        if constexpr (requires { one.why; })
          return one.why;
        else
          return {};
      },
      what);
}

}  // namespace mtp::MTP_ABI::login
