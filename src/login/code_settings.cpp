// SPDX-License-Identifier: MIT OR Apache-2.0
#include "login/code_settings.hpp"

namespace mtp::MTP_ABI::login {

tl::codeSettings settings_of(code_options const& how) {
  tl::codeSettings out;
  out.allow_flashcall = how.flash_call;
  out.allow_missed_call = how.missed_call;
  out.current_number = how.this_device;
  out.unknown_number = how.perhaps_this_device;
  out.allow_app_hash = how.app_hash;
  if (how.push_token.reveal().empty()) return out;
  out.token = tl::string(how.push_token.reveal());
  out.app_sandbox = how.push_sandbox;
  return out;
}

}  // namespace mtp::MTP_ABI::login
