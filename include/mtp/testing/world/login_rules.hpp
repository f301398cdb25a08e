// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <cstdint>

namespace mtp::MTP_ABI::testing {

/// How patient a data centre is with those who sign in. Spans are in seconds.
struct login_rules {
  std::int32_t code_lifetime = 300;
  std::int32_t code_timeout = 60;  ///< after that a code may be sent in the next way
  int wrong_codes = 10;            ///< for one number, before a pause
  int wrong_passwords = 5;         ///< for one account, before a pause
  std::int32_t pause = 60;         ///< FLOOD_WAIT
  std::int32_t challenge_lifetime = 300;
  std::int32_t recovery_lifetime = 3600;  ///< of the code that an e-mail brought
  std::int32_t reset_wait = 604'800;      ///< before a forgotten password is removed
  std::int32_t reset_pause = 86'400;      ///< before that may be asked for again, once taken back
  std::int32_t qr_lifetime = 30;
};

/// Wrong answers of one number or account, and the pause after too many of them.
struct patience {
  int wrong = 0;
  std::int32_t until = 0;  ///< the end of the pause

  /// Seconds that are left of a pause; 0 outside one.
  std::int32_t pause_left(std::int32_t now) const { return until > now ? until - now : 0; }
  void fail(int allowed, std::int32_t pause, std::int32_t now) {
    if (++wrong < allowed) return;
    wrong = 0;
    until = now + pause;
  }
};

}  // namespace mtp::MTP_ABI::testing
