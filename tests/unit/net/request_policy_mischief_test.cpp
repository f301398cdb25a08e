// SPDX-License-Identifier: MIT OR Apache-2.0
//
// One call against a server that refuses it in every order, under a made-up clock.
#include "net/request_policy.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

using namespace mtp;
using namespace std::chrono_literals;
using policy = mtp::net::request_policy;

namespace {

struct refusal {
  int code;
  std::string_view text;
};

/// One of each class, and those whose numbers matter.
constexpr refusal refusals[] = {
    {400, "PEER_ID_INVALID"},       {500, "INTERNAL"},
    {420, "FLOOD_WAIT_20"},         {420, "FLOOD_WAIT_0"},
    {420, "FLOOD_WAIT_61"},         {420, "FLOOD_PREMIUM_WAIT_3"},
    {420, "SLOWMODE_WAIT_5"},       {420, "FROZEN_METHOD_INVALID"},
    {401, "SESSION_REVOKED"},       {500, "AUTH_RESTART"},
    {303, "USER_MIGRATE_4"},        {303, "FILE_MIGRATE_4"},
    {400, "CONNECTION_NOT_INITED"}, {406, "AUTH_KEY_DUPLICATED"},
};
constexpr std::size_t kinds = std::size(refusals);

/// A call that is repeated as the policy wants, and what that cost.
struct repeated_call {
  policy decide;
  duration now = {};       ///< of the made-up clock
  duration flooded = {};   ///< slept for floods
  duration troubled = {};  ///< slept for server errors
  int attempts = 1;
  bool gave_up = false;
  duration late = {};  ///< how much later than wanted every wait ends

  explicit repeated_call(retry_options options, duration lateness = {})
      : decide(options), late(lateness) {}

  void refuse(refusal const& one) {
    rpc_failure const why = parse_rpc_error(one.code, one.text, "m");
    auto const next = decide.refused(why);
    gave_up = std::holds_alternative<policy::give_up>(next);
    if (gave_up) return;
    ++attempts;
    if (auto const* later = std::get_if<policy::retry>(&next)) sleep(*later, class_of(why));
  }

 private:
  void sleep(policy::retry const& later, refusal_class why) {
    REQUIRE(later.wait >= 0s);
    now += later.wait + late;
    if (why == refusal_class::flood) flooded += later.wait;
    if (why == refusal_class::server_error) troubled += later.wait;
  }
};

/// Every order of `length` refusals.
void for_every_order(int length, std::function<void(std::vector<refusal> const&)> const& see) {
  std::size_t count = 1;
  for (int i = 0; i < length; ++i) count *= kinds;
  for (std::size_t n = 0; n < count; ++n) {
    std::vector<refusal> order;
    for (std::size_t rest = n; std::ssize(order) < length; rest /= kinds)
      order.push_back(refusals[rest % kinds]);
    see(order);
  }
}

bool ends_at_once(refusal const& one) {
  auto const what = class_of(parse_rpc_error(one.code, one.text, "m"));
  return what == refusal_class::permanent || what == refusal_class::cooldown ||
         what == refusal_class::frozen || what == refusal_class::login_lost ||
         what == refusal_class::password_needed || what == refusal_class::restart_login ||
         one.text == "FLOOD_WAIT_61";
}

}  // namespace

TEST_CASE("no order of refusals makes a call wait beyond its budgets", "[net][policy]") {
  for_every_order(4, [](std::vector<refusal> const& order) {
    repeated_call call({.flood_budget = 60s, .server_error_budget = 10s});
    for (auto const& one : order) {
      if (!call.gave_up) call.refuse(one);
    }
    bool const fits = call.flooded <= 60s && call.troubled <= 10s;
    if (!fits) CHECK(fits);
  });
}

TEST_CASE("what ends a call ends it wherever it comes", "[net][policy]") {
  for_every_order(3, [](std::vector<refusal> const& order) {
    repeated_call call({});
    for (auto const& one : order) {
      if (call.gave_up) break;
      call.refuse(one);
      bool const right = call.gave_up || !ends_at_once(one);
      if (!right) CHECK(right);
    }
  });
}

TEST_CASE("a refusal that is followed once does not use up what another is allowed",
          "[net][policy]") {
  std::vector<refusal> order = {refusals[1],  refusals[2],  refusals[10],
                                refusals[11], refusals[12], refusals[13]};
  std::ranges::sort(order, {}, &refusal::text);
  do {
    repeated_call call({});
    for (auto const& one : order) call.refuse(one);
    if (call.gave_up) CHECK(!call.gave_up);
    if (call.attempts != 7) CHECK(call.attempts == 7);
  } while (std::ranges::next_permutation(order, {}, &refusal::text).found);
}

TEST_CASE("a refusal that never ends is given up, but for the pace of files", "[net][policy]") {
  for (auto const& one : refusals) {
    repeated_call call({.flood_budget = 60s, .server_error_budget = 60s});
    while (!call.gave_up && call.attempts < 1000) call.refuse(one);
    CAPTURE(one.text);
    bool const paced = one.text.starts_with("FLOOD_PREMIUM_WAIT");
    CHECK(call.gave_up == !paced);
    if (!paced) CHECK(call.attempts <= 62);
    if (paced) CHECK(call.now >= 999 * 3s);
  }
}

TEST_CASE("timers that are late take nothing from the budget", "[net][policy]") {
  for (duration const late : {duration(0s), duration(1h)}) {
    repeated_call call({.flood_budget = 60s}, late);
    for (int i = 0; i < 3; ++i) call.refuse({420, "FLOOD_WAIT_20"});
    CHECK(!call.gave_up);
    CHECK(call.now == 60s + 3 * late);
    call.refuse({420, "FLOOD_WAIT_1"});
    CHECK(call.gave_up);
  }
}

TEST_CASE("a server's own delay is waited for, and counts", "[net][policy]") {
  policy p({.server_error_budget = 60s});
  auto const why = parse_rpc_error(420, "FLOOD_SKIP_FAILED_WAIT", "m");
  CHECK(p.refused(why) == policy::action(policy::retry{1s}));
}
