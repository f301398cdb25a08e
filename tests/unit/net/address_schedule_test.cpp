// SPDX-License-Identifier: MIT OR Apache-2.0
#include "net/address_schedule.hpp"

#include "support/catch.hpp"

#include <algorithm>

using namespace mtp;
using namespace std::chrono_literals;
using net::address_schedule;
using action = address_schedule::action;
using ask = address_schedule::ask;
using wait_until = address_schedule::wait;

namespace {

steady_time const t0 = steady_time() + 1h;
constexpr auto ever = steady_time::max();

/// A schedule whose first question was answered at t0, for an hour.
address_schedule answered() {
  address_schedule out(address_refresh::always, true);
  CHECK((out.next(t0) == action{ask{}}));
  out.on_answer(1h, t0);
  return out;
}

}  // namespace

TEST_CASE("the addresses are asked for at once, unless the program does not want it",
          "[net][addresses]") {
  auto const mode =
      GENERATE(address_refresh::automatic, address_refresh::always, address_refresh::never);
  bool const has_own = GENERATE(false, true);
  bool const wanted =
      mode == address_refresh::always || (mode == address_refresh::automatic && !has_own);
  address_schedule one(mode, has_own);
  CHECK(one.is_wanted() == wanted);
  one.on_changed();
  CHECK((one.next(t0) == (wanted ? action{ask{}} : action{wait_until{ever}})));
}

TEST_CASE("an answer holds as long as it says, within bounds", "[net][addresses]") {
  std::chrono::seconds const said =
      GENERATE(-1'000'000s, 0s, 299s, 301s, 86'399s, 86'401s, 1'000'000'000s);
  address_schedule one(address_refresh::always, false);
  one.next(t0);
  one.on_answer(said, t0 + 1s);
  auto const due = t0 + 1s + std::clamp<duration>(said, 5min, 24h);
  CHECK((one.next(t0 + 1s) == action{wait_until{due}}));
  CHECK((one.next(due - 1ms) == action{wait_until{due}}));
  CHECK((one.next(due) == action{ask{}}));
}

TEST_CASE("a question without an answer is asked again after a minute", "[net][addresses]") {
  address_schedule one(address_refresh::always, false);
  for (auto now = t0; now < t0 + 10min; now += 1min + 3s) {
    CHECK((one.next(now) == action{ask{}}));
    CHECK((one.next(now) == action{wait_until{ever}}));  // it is under way
    one.on_failed(now + 3s);
    CHECK((one.next(now + 3s) == action{wait_until{now + 3s + 1min}}));
  }
}

TEST_CASE("an answer that nobody asked for, or that comes twice, changes nothing",
          "[net][addresses]") {
  auto one = answered();
  one.on_answer(24h, t0 + 1s);
  one.on_failed(t0 + 2s);
  CHECK((one.next(t0 + 3s) == action{wait_until{t0 + 1h}}));
}

TEST_CASE("news make a client ask at once, and then every 10 s at most", "[net][addresses]") {
  auto one = answered();
  one.on_changed();
  one.on_changed();
  CHECK((one.next(t0 + 1min) == action{ask{}}));
  SECTION("also those that come while it asks") { one.on_changed(); }
  one.on_answer(1h, t0 + 1min + 1s);
  SECTION("and those that come later") { one.on_changed(); }
  SECTION("and more than one") {
    one.on_changed();
    one.on_changed();
  }
  CHECK((one.next(t0 + 1min + 2s) == action{wait_until{t0 + 1min + 10s}}));
  CHECK((one.next(t0 + 1min + 10s) == action{ask{}}));
  one.on_answer(1h, t0 + 1min + 11s);
  CHECK((one.next(t0 + 1min + 20s) == action{wait_until{t0 + 61min + 11s}}));
}

TEST_CASE("a failure after news waits a minute, and new ones do not", "[net][addresses]") {
  auto one = answered();
  one.on_changed();
  CHECK((one.next(t0 + 1s) == action{ask{}}));
  one.on_failed(t0 + 2s);
  CHECK((one.next(t0 + 2s) == action{wait_until{t0 + 62s}}));
  one.on_changed();
  CHECK((one.next(t0 + 3s) == action{wait_until{t0 + 11s}}));
}

/// Each event in turn fails, comes twice or comes late: the server is asked again within the time
/// that is left, and never twice at a time.
TEST_CASE("whatever becomes of a question, the next one is asked in time", "[net][addresses]") {
  enum class trick { fail, repeat, late, news };
  for (auto const how : {trick::fail, trick::repeat, trick::late, trick::news}) {
    for (int at = 0; at < 6; ++at) {
      CAPTURE(static_cast<int>(how), at);
      address_schedule one(address_refresh::always, false);
      auto now = t0;
      for (int i = 0; i < 6; ++i) {
        auto what = one.next(now);
        if (auto const* later = std::get_if<wait_until>(&what)) {
          REQUIRE(later->until - now <= 1h);
          REQUIRE(later->until > now);
          now = later->until;
          what = one.next(now);
        }
        REQUIRE((what == action{ask{}}));
        CHECK((one.next(now) == action{wait_until{ever}}));
        if (i == at && how == trick::late) now += 2h;
        if (i == at && how == trick::news) one.on_changed();
        if (i == at && how == trick::fail) one.on_failed(now);
        one.on_answer(1h, now);
        if (i == at && how == trick::repeat) one.on_answer(24h, now);
      }
    }
  }
}
