// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>
#include <mtp/testing/world/fault.hpp>

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mtp::MTP_ABI::testing {

/// Calls that are made only with a token of reCAPTCHA.
struct recaptcha_rule {
  std::string method = {};  ///< "auth.sendCode"
  std::string action = "signup";
  std::string key_id = {};
  /// What good tokens begin with: each is good once, whoever shows it.
  std::string token = {};
};

/// What a data centre wants tokens of reCAPTCHA for.
/// Threads: not thread-safe; a data centre uses it on its own strand.
class MTP_API recaptchas {
 public:
  void demand(recaptcha_rule rule) { rules_.push_back(std::move(rule)); }
  /// Nothing is demanded any more.
  void clear() { rules_.clear(); }
  /// Uses the token of a call up.
  ///
  /// Errors: RECAPTCHA_CHECK_X__X (403).
  outcome<> check(std::string_view method, std::string_view token);

 private:
  std::vector<recaptcha_rule> rules_;
  std::set<std::string, std::less<>> used_;
};

}  // namespace mtp::MTP_ABI::testing
