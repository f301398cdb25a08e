// SPDX-License-Identifier: MIT OR Apache-2.0
#include "net/request_policy.hpp"

#include "support/catch.hpp"

using namespace mtp;
using namespace std::chrono_literals;
using policy = mtp::net::request_policy;
using action = policy::action;

namespace {

rpc_failure refusal(int code, std::string_view text) { return parse_rpc_error(code, text, "m"); }

constexpr action give_up = policy::give_up{};

}  // namespace

TEST_CASE("a bad request goes to the caller", "[net][policy]") {
  policy p({});
  auto const why =
      GENERATE(refusal(400, "PEER_ID_INVALID"), refusal(401, "AUTH_KEY_UNREGISTERED"),
               refusal(403, "CHAT_WRITE_FORBIDDEN"), refusal(404, "METHOD_INVALID"),
               refusal(406, "FILEREF_UPGRADE_NEEDED"), refusal(500, "AUTH_RESTART"),
               refusal(403, "RECAPTCHA_CHECK_signup__6Lc"), refusal(500, "RANDOM_ID_DUPLICATE"),
               refusal(303, "USER_MIGRATE"), refusal(420, "SLOWMODE_WAIT_5"),
               refusal(420, "FLOOD_WAIT"), refusal(420, "2FA_CONFIRM_WAIT_9"));
  CAPTURE(why.name);
  CHECK(p.refused(why) == give_up);
}

TEST_CASE("flood waits are slept within their budget", "[net][policy]") {
  policy p({.flood_budget = 60s});
  CHECK(p.refused(refusal(420, "FLOOD_WAIT_40")) == action(policy::retry{40s}));
  CHECK(p.refused(refusal(420, "FLOOD_WAIT_21")) == give_up);
  CHECK(p.refused(refusal(420, "FLOOD_WAIT_20")) == action(policy::retry{20s}));
  CHECK(p.refused(refusal(420, "FLOOD_WAIT_1")) == give_up);
}

TEST_CASE("a flood wait beyond the budget goes to the caller at once", "[net][policy]") {
  CHECK(policy({.flood_budget = 60s}).refused(refusal(420, "FLOOD_WAIT_61")) == give_up);
  CHECK(policy({.flood_budget = 0s}).refused(refusal(420, "FLOOD_WAIT_1")) == give_up);
}

TEST_CASE("a flood wait of zero seconds is a second, and goes on within the budget only",
          "[net][policy]") {
  policy p({.flood_budget = 10s});
  for (int i = 0; i < 10; ++i)
    REQUIRE(p.refused(refusal(420, "FLOOD_WAIT_0")) == action(policy::retry{1s}));
  CHECK(p.refused(refusal(420, "FLOOD_WAIT_0")) == give_up);
  CHECK(policy({.flood_budget = 0s}).refused(refusal(420, "FLOOD_WAIT_0")) == give_up);
}

TEST_CASE("the pace of files is always kept", "[net][policy]") {
  policy p({.flood_budget = 0s});
  for (int i = 0; i < 100; ++i)
    REQUIRE(p.refused(refusal(420, "FLOOD_PREMIUM_WAIT_7")) == action(policy::retry{7s}));
}

TEST_CASE("trouble inside the server is asked again, ever slower, then given up", "[net][policy]") {
  policy p({.server_error_budget = 10s});
  CHECK(p.refused(refusal(500, "INTERNAL")) == action(policy::retry{1s}));
  CHECK(p.refused(refusal(-503, "Timeout")) == action(policy::retry{2s}));
  CHECK(p.refused(refusal(-500, "No workers running")) == action(policy::retry{4s}));
  CHECK(p.refused(refusal(500, "INTERNAL")) == give_up);
}

TEST_CASE("a migration is followed, but not in circles", "[net][policy]") {
  policy p({});
  CHECK(p.refused(refusal(303, "USER_MIGRATE_4")) == action(policy::migrate{4}));
  CHECK(p.refused(refusal(303, "PHONE_MIGRATE_1")) == action(policy::migrate{1}));
  CHECK(p.refused(refusal(303, "NETWORK_MIGRATE_2")) == action(policy::migrate{2}));
  CHECK(p.refused(refusal(303, "USER_MIGRATE_4")) == give_up);
}

TEST_CASE("a server that forgot the client is told again, once", "[net][policy]") {
  policy p({});
  CHECK(p.refused(refusal(400, "CONNECTION_NOT_INITED")) == action(policy::init_connection{}));
  CHECK(p.refused(refusal(400, "CONNECTION_NOT_INITED")) == give_up);
}

TEST_CASE("a request for what lies elsewhere goes there, and the account stays", "[net][policy]") {
  policy p({});
  CHECK(p.refused(refusal(303, "FILE_MIGRATE_4")) == action(policy::redirect{4}));
  CHECK(p.refused(refusal(303, "STATS_MIGRATE_5")) == action(policy::redirect{5}));
  CHECK(p.refused(refusal(303, "FILE_MIGRATE_4")) == give_up);
  CHECK(policy({}).refused(refusal(303, "FILE_MIGRATE_0")) == give_up);
  CHECK(policy({}).refused(refusal(303, "FILE_MIGRATE_10000")) == give_up);
}

TEST_CASE("a key that is dead is replaced, once", "[net][policy]") {
  policy p({});
  auto const why = refusal(406, "AUTH_KEY_DUPLICATED");
  CHECK(p.refused(why) == action(policy::renew_key{}));
  CHECK(p.refused(why) == give_up);
}
