// SPDX-License-Identifier: MIT OR Apache-2.0
// What the guide shows of consumers and of health; it stands between marks.
#include "support/catch.hpp"

#include <mtp/core/task_scope.hpp>
#include <mtp/mtp.hpp>
#include <mtp/testing/data_centre.hpp>

#include <asio/error.hpp>

#include <iostream>
#include <ostream>
#include <sstream>
#include <string>
#include <system_error>

namespace {

constexpr std::int64_t alice = 42;
constexpr std::int64_t echo_bot = 777000777;

// [consumers]
mtp::task<> audit(mtp::client& client) {
  auto const is_edit = [](mtp::update const& one) { return one.holds<mtp::edited_message>(); };
  auto edits = client.updates({.name = "audit", .filter = is_edit});
  while (auto update = co_await edits.next()) std::cout << update->key() << "\n";
}
// [/consumers]

// [health]
mtp::task<> show_health(mtp::client& client, std::ostream& out) {
  auto const now = co_await client.health();
  for (auto const& line : mtp::to_log_lines(now)) out << line << "\n";
  out << mtp::to_prometheus(now);
}
// [/health]

}  // namespace

TEST_CASE("the guide's consumer goes its own way, and health says so", "[guide]") {
  mtp::testing::data_centre dc;
  dc.start();
  std::string token;
  dc.with_world([&](auto& world) { token = world.everybody().find(echo_bot)->token; });
  std::ostringstream out;
  auto program = [&](mtp::client& c) -> mtp::task<> {
    co_await c.sign_in_bot(token);
    mtp::task_scope scope(c.get_executor());
    auto const auditing = scope.spawn(audit(c));
    auto all = c.updates({.name = "all"});
    dc.say(alice, mtp::testing::peer::user(echo_bot), "hello");
    auto const first = co_await all.next();
    CHECK(first->holds<mtp::new_message>());
    co_await show_health(c, out);
    scope.cancel(auditing);
    try {
      co_await scope.join();
    } catch (std::system_error const& e) {
      CHECK(e.code() == asio::error::operation_aborted);
    }
  };
  CHECK(mtp::run(mtp::config_for(dc), program) == 0);
  CHECK(out.str().find("health: consumer audit: 0 behind") != std::string::npos);
  CHECK(out.str().find("mtp_consumer_lag_updates{consumer=\"all\"} 1\n") != std::string::npos);
}
