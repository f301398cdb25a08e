// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What a person says to the steps of a log-in.
#pragma once

#include <mtp/core/secret.hpp>
#include <mtp/login/code_options.hpp>
#include <mtp/login/password.hpp>
#include <mtp/types/passkey.hpp>

#include <cstdint>
#include <string>
#include <variant>

namespace mtp::MTP_ABI::login {

/// As people write it: with or without +, blanks and dashes.
struct phone_number {
  secret<std::string> number = {};
  /// The program can get tokens of Firebase, so that codes may wait for one: need_code::firebase.
  /// Only apps whose certificate Telegram knows can.
  bool firebase = false;
  code_options how = {};  ///< how the code may come
};
/// From @BotFather.
struct bot_token {
  secret<std::string> token = {};
};
/// A device that is signed in will scan a QR code.
struct by_qr {};
using mtp::passkey_assertion;
/// With a passkey, which an authenticator holds: the server shows it a challenge.
struct by_passkey {};
/// What was sent.
struct code {
  secret<std::string> text = {};
};
/// Send the code again, in the next way.
struct resend_code {};
/// What proves to Telegram that the program is what it says, so that the code is sent.
struct firebase_token {
  secret<std::string> play_integrity = {};   ///< of Android
  secret<std::string> safety_net = {};       ///< of older Android
  secret<std::string> ios_push_secret = {};  ///< of iOS, from the notification
  /// Without a token: why there is none. The code is sent in the next way then.
  std::string no_token = {};
};
/// The code has not come; the log-in goes on. `network` is the mobile network code of the operator,
/// such as "01".
struct code_missing {
  std::string network = {};
};
/// The price of the code was paid, by the form of that number.
struct paid {
  std::int64_t form = 0;
};
/// Begin again with another identity.
struct other_number {};
/// Kept until the server has accepted or refused it. See password_proof for a program that does not
/// want to hand it out.
struct password {
  secret<std::string> text = {};
};
/// Send a code to the e-mail address of the account.
struct recover_password {};
/// Of the account to be.
struct new_name {
  std::string first = {};
  std::string last = {};
};
/// For codes from now on.
struct email_address {
  secret<std::string> address = {};
};

using answer = std::variant<phone_number, bot_token, by_qr, by_passkey, passkey_assertion, code,
                            resend_code, firebase_token, code_missing, paid, other_number, password,
                            password_proof, recover_password, new_name, email_address>;

}  // namespace mtp::MTP_ABI::login
