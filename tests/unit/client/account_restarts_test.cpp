// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/account_restarts.hpp"

#include "support/catch.hpp"

#include <mtp/core/error.hpp>

#include <set>

using namespace mtp;
using namespace std::chrono_literals;
using detail::account_restarts;

namespace {

backoff_options const options{.initial_delay = 1s, .max_delay = 60s, .reset_after = 1min};
error_info because(client_errc why) { return {.code = make_error_code(why)}; }
error_info because(int code, std::string_view refusal) {
  return describe_exception(
      std::make_exception_ptr(rpc_error(parse_rpc_error(code, refusal, "test"))));
}
error_info const trouble = because(client_errc::storage);

steady_time at(duration since_begin) { return steady_time() + since_begin; }

}  // namespace

TEST_CASE("an account that fails at once waits longer each time, with a bound",
          "[client][accounts]") {
  account_restarts decide(options, system_random());
  duration longest = 1s;
  steady_time now = at(1h);
  for (int i = 0; i < 12; ++i) {
    decide.on_begun(now);
    auto const wait = decide.on_failed(trouble, now);
    REQUIRE(wait);
    CHECK((*wait >= longest / 2 && *wait <= longest));
    longest = std::min<duration>(2 * longest, 60s);
    now += *wait;
  }
}

TEST_CASE("an account that had lasted, or is wanted anew, has no failures behind it",
          "[client][accounts]") {
  account_restarts decide(options, system_random());
  for (int i = 0; i < 5; ++i) {
    decide.on_begun(at(1h));
    decide.on_failed(trouble, at(1h));
  }
  decide.on_begun(at(2h));
  CHECK(*decide.on_failed(trouble, at(2h + 1min)) <= 1s);
  decide.on_begun(at(3h));
  decide.on_failed(trouble, at(3h));
  decide.on_restarted();
  decide.on_begun(at(4h));
  CHECK(*decide.on_failed(trouble, at(4h)) <= 1s);
}

TEST_CASE("what no repetition mends is not repeated", "[client][accounts]") {
  account_restarts decide(options, system_random());
  for (auto const why : {client_errc::bad_config, client_errc::bad_session_file,
                         client_errc::newer_store, client_errc::wrong_store_key})
    CHECK(!decide.on_failed(because(why), at(1h)));
  CHECK(!decide.on_failed(because(400, "ACCESS_TOKEN_INVALID"), at(1h)));
  CHECK(!decide.on_failed(because(401, "USER_DEACTIVATED"), at(1h)));
  CHECK(!decide.on_failed(because(401, "USER_DEACTIVATED_BAN"), at(1h)));
  CHECK(decide.on_failed(because(401, "SESSION_REVOKED"), at(1h)));
  CHECK(decide.on_failed(because(client_errc::session_in_use), at(1h)));
  account_restarts never({.restart = restart_policy::none}, system_random());
  CHECK(!never.on_failed(trouble, at(1h)));
}

TEST_CASE("an account waits as long as the server wants", "[client][accounts]") {
  account_restarts decide(options, system_random());
  decide.on_begun(at(1h));
  CHECK(*decide.on_failed(because(420, "FLOOD_WAIT_3600"), at(1h)) >= 3600s);
  decide.on_begun(at(3h));
  CHECK(*decide.on_failed(because(420, "FLOOD_WAIT_3600"), at(5h)) >= 3600s);
}

TEST_CASE("accounts that had lasted and fail together do not begin together",
          "[client][accounts]") {
  std::set<duration> waits;
  for (int i = 0; i < 16; ++i) {
    account_restarts decide(options, system_random());
    decide.on_begun(at(1h));
    waits.insert(*decide.on_failed(trouble, at(2h)));
  }
  CHECK(waits.size() > 1);
}
