// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What a client says of its life, over a server that comes and goes.
#include "support/catch.hpp"
#include "support/client_stage.hpp"

#include <mtp/core/timeout.hpp>
#include <mtp/mtp.hpp>

#include <vector>

using namespace mtp;
using namespace std::chrono_literals;
using namespace mtp::test;

namespace {

/// Reads steps until `wanted` has come.
task<status_change> until(status_stream& steps, client_status wanted) {
  for (;;) {
    auto waiting = with_timeout(steps.next(), 60s);
    auto const step = co_await std::move(waiting);
    if (!step) throw std::runtime_error("the stream of steps is over");
    if (step->status == wanted) co_return *step;
  }
}

}  // namespace

TEST_CASE("a client says when it is ready, away and back", "[client][status]") {
  play([](client_stage& s) -> task<> {
    co_await live(s, [&](client& c) -> task<> {
      auto steps = c.status_changes();
      co_await log_in(c);
      auto const updates = c.updates();
      auto const ready = co_await until(steps, client_status::ready);
      CHECK(!ready.why);
      CHECK(c.status() != client_status::offline);
      s.server.stop();
      auto const away = co_await until(steps, client_status::offline);
      CHECK(away.why);
      s.server.start();
      c.network_restored();
      auto const back = co_await until(steps, client_status::ready);
      CHECK(!back.why);
    });
  });
}

TEST_CASE("nobody is signed in before the first login", "[client][status]") {
  play([](client_stage& s) -> task<> {
    co_await live(s, [&](client& c) -> task<> {
      auto steps = c.status_changes();
      auto const first = co_await until(steps, client_status::signed_out);
      CHECK(!first.why);
      co_await log_in(c);
      auto const then = co_await until(steps, client_status::ready);
      CHECK(!then.why);
    });
  });
}

TEST_CASE("a login that was ended elsewhere is told with its reason", "[client][status]") {
  play([](client_stage& s) -> task<> {
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in(c);
      auto steps = c.status_changes();
      s.api.first = [](std::uint32_t id, bytes_view) -> std::optional<scripted_api::reply> {
        bool const in = id == tl::auth::importBotAuthorization::tl_id;
        return scripted_server::refusal{in ? 400 : 401, in ? "ACCESS_TOKEN_EXPIRED" : "EXPIRED"};
      };
      auto const failed = co_await failure_of(c.get_me());
      CHECK(failed);
      auto const out = co_await until(steps, client_status::signed_out);
      CHECK(out.why.category() == rpc_category());
    });
  });
}

TEST_CASE("a frozen account is told", "[client][status]") {
  play([](client_stage& s) -> task<> {
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in(c);
      auto steps = c.status_changes();
      s.api.first = [](std::uint32_t, bytes_view) -> std::optional<scripted_api::reply> {
        return scripted_server::refusal{420, "FROZEN_METHOD_INVALID"};
      };
      auto const failed = co_await failure_of(c.get_me());
      CHECK(failed);
      auto const frozen = co_await until(steps, client_status::frozen);
      CHECK(!frozen.why);
    });
  });
}

TEST_CASE("a frozen account is so until what it was refused succeeds", "[client][status]") {
  play([](client_stage& s) -> task<> {
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in(c);
      auto steps = c.status_changes();
      s.api.first = [](std::uint32_t id, bytes_view) -> std::optional<scripted_api::reply> {
        if (id != tl::messages::sendMessage::tl_id) return {};
        return scripted_server::refusal{420, "FROZEN_METHOD_INVALID"};
      };
      auto const failed = co_await failure_of(c.send_message("me", "hello"));
      CHECK(failed);
      co_await c.get_me();  // reading is allowed
      CHECK(c.status() == client_status::frozen);
      s.api.first = {};
      co_await c.send_message("me", "hello");
      CHECK(c.status() == client_status::ready);
    });
  });
}

TEST_CASE("the steps of a client end with it", "[client][status]") {
  play([](client_stage& s) -> task<> {
    std::optional<status_stream> steps;
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in(c);
      steps = c.status_changes();
    });
    std::vector<client_status> left;
    while (auto step = co_await steps->next()) left.push_back(step->status);
    REQUIRE(!left.empty());
    CHECK(left.back() == client_status::offline);
  });
}
