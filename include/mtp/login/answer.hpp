// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What a person says to the steps of a log-in.
#pragma once

#include <mtp/core/secret.hpp>
#include <mtp/login/password.hpp>

#include <string>
#include <variant>

namespace mtp::MTP_ABI::login {

/// As people write it: with or without +, blanks and dashes.
struct phone_number {
  secret<std::string> number = {};
};
/// From @BotFather.
struct bot_token {
  secret<std::string> token = {};
};
/// A device that is signed in will scan a QR code.
struct by_qr {};
/// What was sent.
struct code {
  secret<std::string> text = {};
};
/// Send the code again, in the next way.
struct resend_code {};
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

using answer = std::variant<phone_number, bot_token, by_qr, code, resend_code, other_number,
                            password, password_proof, recover_password, new_name, email_address>;

}  // namespace mtp::MTP_ABI::login
