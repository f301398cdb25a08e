// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/method/invokeWithReCaptcha
#pragma once

#include <mtp/core/error.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace mtp::MTP_ABI {

/// What a token of reCAPTCHA is to be made for.
struct recaptcha_challenge {
  std::string action = {};       ///< such as "signup"
  std::string key_id = {};       ///< of the site key
  std::string_view method = {};  ///< static storage: the TL name of the request
  int refused = 0;  ///< how many tokens for this request the server has not taken so far
};

/// What a `recaptcha` refusal wants; empty for all others.
MTP_API std::optional<recaptcha_challenge> recaptcha_of(rpc_failure const& why);

/// The server wants a token of reCAPTCHA with the request, and client_config::recaptcha is not set
/// or gave none that the server took. recaptcha_of(failure()) says what it has to be made for.
/// Threads: immutable; a copy may go to another thread.
class MTP_API recaptcha_needed : public rpc_error {
 public:
  using rpc_error::rpc_error;
};

}  // namespace mtp::MTP_ABI
