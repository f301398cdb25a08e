// SPDX-License-Identifier: MIT OR Apache-2.0
#include "net/request_policy.hpp"

#include <algorithm>

namespace mtp::MTP_ABI::net {
namespace {

constexpr int max_migrations = 3;
constexpr int max_redirections = 2;
constexpr int max_initialisations = 1;
constexpr int max_renewals = 1;
constexpr int max_doublings = 6;
constexpr duration max_delay = std::chrono::seconds(60);
/// A wait of zero still costs something, or a server could keep a call going round forever.
constexpr duration min_cost = std::chrono::seconds(1);

/// Counts, and says whether that was within the limit.
bool counts_within(int& count, int limit) { return count++ < limit; }

}  // namespace

request_policy::action request_policy::refused(rpc_failure const& why) {
  auto const wait = wait_of(why);
  switch (class_of(why)) {
    case refusal_class::move_account:
      if (counts_within(migrations_, max_migrations)) return migrate{*dc_of(why)};
      break;
    case refusal_class::move_request:
      if (counts_within(redirections_, max_redirections)) return redirect{*dc_of(why)};
      break;
    case refusal_class::init_connection:
      if (counts_within(initialisations_, max_initialisations)) return init_connection{};
      break;
    case refusal_class::renew_key:
      if (counts_within(renewals_, max_renewals)) return renew_key{};
      break;
    case refusal_class::flood:
      if (wait) return on_flood(*wait);
      break;
    case refusal_class::pace:
      if (wait) return retry{std::max<duration>(*wait, min_cost)};
      break;
    case refusal_class::server_error:
      return on_server_error(wait.value_or(std::chrono::seconds(0)));
    case refusal_class::cooldown:
    case refusal_class::frozen:
    case refusal_class::login_lost:
    case refusal_class::password_needed:
    case refusal_class::recaptcha:
    case refusal_class::restart_login:
    case refusal_class::permanent: break;
  }
  return give_up{};
}

request_policy::action request_policy::on_flood(duration wait) {
  wait = std::max(wait, min_cost);
  if (wait > options_.flood_budget - flood_total_) return give_up{};
  flood_total_ += wait;
  return retry{wait};
}

request_policy::action request_policy::on_server_error(duration min_wait) {
  duration const own = std::chrono::seconds(1) * (1 << std::min(server_errors_, max_doublings));
  duration const wait = std::max(std::min(own, max_delay), min_wait);
  if (server_error_total_ + wait > options_.server_error_budget) return give_up{};
  ++server_errors_;
  server_error_total_ += wait;
  return retry{wait};
}

}  // namespace mtp::MTP_ABI::net
