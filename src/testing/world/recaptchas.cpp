// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/testing/world/recaptchas.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace mtp::MTP_ABI::testing {

outcome<> recaptchas::check(std::string_view method, std::string_view token) {
  auto const rule = std::ranges::find(rules_, method, &recaptcha_rule::method);
  if (rule == rules_.end()) return {};
  bool const good = !token.empty() && token.starts_with(rule->token) && !used_.contains(token);
  if (!good) return refuse(403, fmt::format("RECAPTCHA_CHECK_{}__{}", rule->action, rule->key_id));
  used_.emplace(token);
  return {};
}

}  // namespace mtp::MTP_ABI::testing
