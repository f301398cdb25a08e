// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/error.hpp>

#include <chrono>
#include <cstdint>
#include <string>

namespace mtp::MTP_ABI::login {

/// Why something is asked for again.
enum class reason : std::uint8_t {
  none,                 ///< it is asked for the first time
  begun_anew,           ///< the server wanted the log-in to begin again
  too_many_attempts,    ///< the server wants a pause; see complaint::retry_after
  phone_invalid,        ///< no telephone number
  phone_banned,         ///< the number may not be used
  phone_unknown,        ///< the number has no account, and cannot get one here
  token_invalid,        ///< no token of a bot, or one that was revoked
  code_wrong,           ///< another code was sent
  code_expired,         ///< it came too late; a new one was sent
  no_other_way,         ///< the code cannot be sent in another way
  password_wrong,       ///< another one is set
  challenge_used,       ///< the proof came too late: a new challenge must be answered
  no_recovery,          ///< the account has no address for the recovery of its password
  recovery_code_wrong,  ///< another code was sent to that address
  recovery_expired,     ///< the code for the recovery is good no more
  name_invalid,         ///< the server does not take that name
  email_invalid,        ///< no address, or one that the server does not take
  qr_expired,           ///< nobody scanned the last QR code in time
  qr_invalid,           ///< the server does not know the last QR code
  qr_used,              ///< the last QR code was accepted before, by somebody else
  passkey_refused,      ///< the server does not know the passkey, or its answer does not fit
  passkey_unusable,     ///< the server takes passkeys from other apps only
  not_paid,             ///< the server has not seen the payment
  firebase_refused,     ///< the server does not take the token of Firebase
};

/// What is wrong with the last answer of a person.
struct complaint {
  reason what = reason::none;
  std::chrono::seconds retry_after = {};  ///< with too_many_attempts; zero: not known
  rpc_failure refusal = {};               ///< the server's own words

  explicit operator bool() const noexcept { return what != reason::none; }
};

/// A complaint as a sentence for a person, such as "The code is wrong."; empty for none.
MTP_API std::string words_of(complaint const& what);

}  // namespace mtp::MTP_ABI::login
