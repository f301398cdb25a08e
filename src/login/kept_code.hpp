// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/core/secret.hpp>
#include <mtp/types/sent_code.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace mtp::MTP_ABI::login {

/// A code that was sent and not typed yet, kept so that the next start need not have another sent.
struct kept_code {
  /// Servers take a code for some minutes, and do not say for how many.
  static constexpr std::chrono::seconds lifetime = std::chrono::minutes(5);

  secret<std::string> phone = {};
  std::string hash = {};  ///< phone_code_hash
  std::chrono::sys_seconds at = {};
  sent_code sent = {};
  std::optional<code_delivery> next = {};
  std::chrono::seconds resend_after = {};  ///< since `at`
  bool by_email = false;

  /// Not when it is too old, or comes from the future.
  bool is_good_at(std::chrono::sys_seconds now) const;
  /// What is left of resend_after.
  std::chrono::seconds wait_at(std::chrono::sys_seconds now) const;
};

bytes encode(kept_code const& what);
/// Empty for what was not written by encode().
std::optional<kept_code> decode_kept_code(bytes_view from);

}  // namespace mtp::MTP_ABI::login
