// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What a log-in needs next of its person (https://core.telegram.org/api/auth).
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/login/complaint.hpp>
#include <mtp/login/password.hpp>
#include <mtp/types/sent_code.hpp>
#include <mtp/types/user.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

namespace mtp::MTP_ABI::login {

/// Who signs in: answered by phone_number, bot_token, by_qr or by_passkey.
struct need_identity {
  complaint why = {};
  /// A number whose log-in an earlier start of the program broke off, with a code that is still
  /// good: who answers this number goes on with that code, and none is sent. Empty: there is none.
  std::string begun = {};
};

/// What Firebase makes a token of (https://core.telegram.org/api/auth#firebase): the members that
/// are not empty say for which system.
struct firebase_request {
  bytes nonce = {};                 ///< of older Android
  bytes play_integrity_nonce = {};  ///< of Android
  std::int64_t play_integrity_project = 0;
  std::string receipt = {};                ///< of iOS: a part of what the notification brings
  std::chrono::seconds push_timeout = {};  ///< how long that may take
};

/// The code that was sent: answered by code, resend_code, code_missing or other_number; with
/// `firebase` the code is sent once firebase_token has answered.
struct need_code {
  std::string phone = {};
  sent_code sent = {};
  std::optional<code_delivery> next = {};  ///< how resend_code sends it; empty when it cannot
  std::chrono::seconds resend_after = {};  ///< how long to wait before that
  std::optional<firebase_request> firebase = {};
  complaint why = {};
  bool earlier = false;  ///< it was sent before this start of the program
};

/// The server wants to be paid before it sends a code: answered by paid, once that was done with
/// what is said here (inputStorePaymentAuthCode), or by other_number.
struct need_payment {
  std::string phone = {};
  std::string hash = {};     ///< phone_code_hash, which goes into the payment
  std::string product = {};  ///< its name in the store of the system
  std::string currency = {};
  std::int64_t amount = 0;  ///< in the smallest units of that
  int premium_days = 0;     ///< Telegram Premium that comes with it
  std::string support_email = {};
  std::string support_subject = {};
  complaint why = {};
};

/// The password of the account: answered by password, password_proof, recover_password or
/// other_number.
struct need_password {
  std::string hint = {};
  bool can_recover = false;  ///< a code can be sent to an e-mail address
  password_challenge challenge = {};
  complaint why = {};
};

/// The code that was sent for the recovery of the password: answered by code or other_number.
/// After the right one the account has no password any more.
struct need_recovery_code {
  std::string email_pattern = {};  ///< such as "a***@example.org"
  complaint why = {};
};

/// A number without an account: answered by new_name, which also says yes to the terms, or by
/// other_number.
struct need_sign_up {
  std::string terms = {};
  bool must_confirm = false;        ///< the person has to be shown the terms before
  std::optional<int> min_age = {};  ///< to be confirmed as well
  complaint why = {};
};

/// A QR code to be scanned by a device that is signed in. Going on without an answer waits for
/// that, or for the next code; phone_number and bot_token sign in by these instead.
struct need_scan {
  std::string url = {};  ///< what the QR code says
  std::chrono::sys_seconds expires = {};
  complaint why = {};
};

/// A passkey: answered by passkey_assertion, or by phone_number, bot_token or by_qr instead.
struct need_passkey {
  /// For an authenticator: options of WebAuthn, as JSON, for navigator.credentials.get() or what
  /// does the same.
  std::string options = {};
  complaint why = {};
};

/// An e-mail address, to which codes go from then on: answered by email_address or other_number.
struct need_email {
  complaint why = {};
};

/// The code that proves that address: answered by code, resend_code or other_number.
struct need_email_code {
  std::string email_pattern = {};
  int length = 0;  ///< how many characters it has
  complaint why = {};
};

/// Somebody is signed in.
struct done {
  user me = {};
};

using step = std::variant<need_identity, need_code, need_payment, need_password, need_recovery_code,
                          need_sign_up, need_scan, need_passkey, need_email, need_email_code, done>;

/// What is wrong with the answer before this step.
MTP_API complaint complaint_of(step const& what);

}  // namespace mtp::MTP_ABI::login
