// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The classes of errors: https://core.telegram.org/api/errors
#include <mtp/net/request_policy.hpp>

#include <algorithm>

namespace mtp::net {
namespace {

constexpr int most_migrations = 3;
constexpr int most_redirections = 2;
constexpr int most_introductions = 1;
constexpr int most_renewals = 1;
constexpr int most_dcs = 9999;

bool moves_the_account(rpc_failure const& why) {
  return why.code == 303 && (why.name == "PHONE_MIGRATE" || why.name == "NETWORK_MIGRATE" ||
                             why.name == "USER_MIGRATE");
}

/// What is asked for lies elsewhere; the account stays where it is.
bool moves_the_request(rpc_failure const& why) {
  return why.code == 303 && (why.name == "FILE_MIGRATE" || why.name == "STATS_MIGRATE");
}

bool names_a_dc(rpc_failure const& why) {
  return why.value && *why.value > 0 && *why.value <= most_dcs;
}

bool wants_introduction(rpc_failure const& why) {
  return why.name == "CONNECTION_NOT_INITED" || why.name == "CONNECTION_LAYER_INVALID";
}

/// The server's own trouble, which passes. AUTH_RESTART says to begin the login again, which only
/// the caller can do; RANDOM_ID_DUPLICATE that the request was executed before.
bool passes(rpc_failure const& why) {
  if (why.name == "AUTH_RESTART" || why.name == "RANDOM_ID_DUPLICATE") return false;
  return why.code < 0 || why.code >= 500;
}

}  // namespace

request_policy::action request_policy::refused(rpc_failure const& why) {
  if (moves_the_account(why) && names_a_dc(why) && migrations_ < most_migrations) {
    ++migrations_;
    return migrate{static_cast<int>(*why.value)};
  }
  if (moves_the_request(why) && names_a_dc(why) && redirections_ < most_redirections) {
    ++redirections_;
    return redirect{static_cast<int>(*why.value)};
  }
  if (wants_introduction(why) && introductions_ < most_introductions) {
    ++introductions_;
    return introduce{};
  }
  if (why.name == "AUTH_KEY_DUPLICATED" && renewals_ < most_renewals) {
    ++renewals_;
    return renew_key{};
  }
  if (why.code == 420) return flood(why);
  // The call before it in a chain has not ended yet.
  if (passes(why) || why.name == "MSG_WAIT_TIMEOUT") return trouble();
  return give_up{};
}

request_policy::action request_policy::flood(rpc_failure const& why) {
  if (why.name == "FLOOD_SKIP_FAILED_WAIT") return trouble();
  if (!why.value || *why.value < 0) return give_up{};
  duration const wait = std::chrono::seconds(std::min(*why.value, 1'000'000LL));
  // The speed of files is paced this way; it is no refusal.
  if (why.name == "FLOOD_PREMIUM_WAIT")
    return retry{std::max<duration>(wait, std::chrono::seconds(1))};
  // The others (SLOWMODE_WAIT, TAKEOUT_INIT_DELAY, 2FA_CONFIRM_WAIT) the caller wants to know.
  if (why.name != "FLOOD_WAIT" && why.name != "FLOOD_TEST_PHONE_WAIT") return give_up{};
  if (wait > options_.flood_budget - flooded_) return give_up{};
  // A wait of zero still costs something, or a server could keep a call going round for ever.
  flooded_ += std::max<duration>(wait, std::chrono::seconds(1));
  return retry{wait};
}

request_policy::action request_policy::trouble() {
  duration const wait = std::chrono::seconds(std::min(1 << std::min(troubles_, 6), 60));
  if (troubled_ + wait > options_.trouble_budget) return give_up{};
  ++troubles_;
  troubled_ += wait;
  return retry{wait};
}

}  // namespace mtp::net
