// SPDX-License-Identifier: MIT OR Apache-2.0
#include "net/pool.hpp"

#include "link_stage.hpp"

#include <mtp/core/error.hpp>
#include <mtp/core/timeout.hpp>

#include <asio/post.hpp>

using namespace mtp;
using namespace mtp::test;

TEST_CASE("who waits for a connection of a pool that never ran is told when it ends",
          "[net][pool]") {
  auto whole = []() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    auto make = [] { return std::shared_ptr<net::link>(); };
    auto prepare = [](std::shared_ptr<net::link>) -> task<> { co_return; };
    auto const pool =
        std::make_shared<net::pool>(real_environment(), executor, pool_options(), make, prepare);
    asio::post(executor, [pool] { pool->end(); });
    std::error_code why;
    try {
      auto waiting = with_timeout(real_environment(), pool->take(), 5s);
      auto const lease = co_await std::move(waiting);
    } catch (error const& e) {
      why = e.code();
    }
    CHECK(why == client_errc::closed);
  };
  test::run(whole());
}

namespace {

/// Leaves the call 9 without an answer.
scripted_server::reply echo_most(bytes const& body) {
  return body[4] == 9 ? scripted_server::reply(scripted_server::silence{}) : echo(body);
}

/// A pool whose connections go to two servers in turn.
struct pool_stage {
  asio::any_io_executor executor;
  scripted_server first{executor, echo_most};
  scripted_server second{executor, echo_most};
  listener told = {};
  pool_options options = {.max_connections = 2, .busy_from = 1, .idle_timeout = 1h};
  std::shared_ptr<net::dc_key> key = key_for(executor, options_for(first));
  int made = 0;
  std::shared_ptr<net::pool> pool = {};

  std::shared_ptr<net::link> make_link() {
    auto out = options_for(made++ % 2 == 0 ? first : second);
    out.was_connected = true;
    return std::make_shared<net::link>(real_environment(), executor, out, key, log_sink(), told);
  }
  static task<> prepare(std::shared_ptr<net::link> link) {
    bytes const body = request(1);
    auto const outcome = co_await link->call(body);
    CHECK(std::holds_alternative<slice>(outcome));
  }
  void make_pool() {
    auto make = [this] { return make_link(); };
    pool = std::make_shared<net::pool>(real_environment(), executor, options, make, prepare);
  }
};

void play_pool(std::function<task<>(pool_stage&)> body,
               std::function<void(pool_stage&)> change = {}) {
  auto whole = [&]() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    pool_stage s{.executor = executor};
    if (change) change(s);
    s.make_pool();
    s.first.start();
    s.second.start();
    task_scope scope(executor);
    scope.spawn(s.pool->run());
    co_await body(s);
    scope.cancel();
    co_await scope.join();
    co_await s.first.end();
    co_await s.second.end();
  };
  test::run(whole());
}

/// A lease on a connection that has no other.
task<net::pool::lease> take_other(pool_stage& s, net::link const* than) {
  for (;;) {
    auto out = co_await s.pool->take();
    if (out.get().get() != than) co_return out;
    out = {};
    co_await test::pause(1ms);
  }
}

}  // namespace

TEST_CASE("calls are spread by load over connections up to the bound", "[net][pool]") {
  play_pool([](pool_stage& s) -> task<> {
    auto const one = co_await s.pool->take();
    auto const other = co_await take_other(s, one.get().get());
    std::map<net::link const*, int> load;
    std::vector<net::pool::lease> more;
    for (int i = 0; i < 6; ++i) {
      auto next = co_await s.pool->take();
      ++load[next.get().get()];
      more.push_back(std::move(next));
    }
    CHECK(load[one.get().get()] == 3);
    CHECK(load[other.get().get()] == 3);
    CHECK(s.made == 2);
  });
}

TEST_CASE("a lease that is given up frees its place", "[net][pool]") {
  play_pool([](pool_stage& s) -> task<> {
    auto one = co_await s.pool->take();
    auto const other = co_await take_other(s, one.get().get());
    auto const* const freed = one.get().get();
    one = {};
    auto const next = co_await s.pool->take();
    CHECK(next.get().get() == freed);
  });
}

TEST_CASE("who is cancelled while it waits for a connection leaves nothing behind", "[net][pool]") {
  auto deaf = [](pool_stage& s) {
    s.first.deaf = true;
    s.options.idle_timeout = 1ms;
    s.options.max_connections = 1;
  };
  play_pool(
      [](pool_stage& s) -> task<> {
        std::error_code why;
        try {
          auto waiting = with_timeout(real_environment(), s.pool->take(), 20ms);
          auto const lease = co_await std::move(waiting);
        } catch (error const& e) {
          why = e.code();
        }
        CHECK(why == client_errc::timed_out);
        s.first.deaf = false;
        s.first.drop_connections();
        // The connection comes about, is idle, and goes: nobody counts as waiting.
        while (s.told.connections == 0) co_await test::pause(1ms);
        while (s.first.open_connections() > 0) co_await test::pause(1ms);
        auto const lease = co_await s.pool->take();
        CHECK(s.made == 2);
      },
      deaf);
}

TEST_CASE("a connection that is idle is closed", "[net][pool]") {
  play_pool(
      [](pool_stage& s) -> task<> {
        {
          auto const lease = co_await s.pool->take();
          co_await test::pause(20ms);
          CHECK(s.first.open_connections() == 1);  // not while it is used
        }
        while (s.first.open_connections() > 0) co_await test::pause(1ms);
      },
      [](pool_stage& s) { s.options.idle_timeout = 1ms, s.options.busy_from = 4; });
}

TEST_CASE("a connection that is down is not chosen until it is back", "[net][pool]") {
  play_pool([](pool_stage& s) -> task<> {
    auto one = co_await s.pool->take();
    auto other = co_await take_other(s, one.get().get());
    auto const* const down = one.get().get();
    auto const before = s.told.ends.size();
    s.first.stop();
    while (s.told.ends.size() == before) co_await test::pause(1ms);
    one = {};  // nothing is under way there, so that it would be the first choice
    for (int i = 0; i < 5; ++i) {
      auto const next = co_await s.pool->take();
      CHECK(next.get() == other.get());
    }
    s.first.start();
    auto const back = co_await take_other(s, other.get().get());
    CHECK(back.get().get() == down);
  });
}

TEST_CASE("the calls of a pool that retires go on elsewhere, and none runs twice", "[net][pool]") {
  play_pool([](pool_stage& s) -> task<> {
    auto const lease = co_await s.pool->take();
    net::call_outcome outcomes[2];
    auto one = [&](std::size_t which) -> task<> {
      bytes const body = request(9);
      net::call_options options;
      options.request.repeatable = which == 0;
      outcomes[which] = co_await lease.get()->call(body, options);
    };
    task_scope waiting(s.executor);
    auto const before = s.first.calls;
    waiting.spawn(one(0));
    waiting.spawn(one(1));
    while (s.first.calls < before + 2) co_await test::pause(1ms);
    s.pool->retire();
    co_await waiting.join();
    CHECK(std::holds_alternative<net::closed>(outcomes[0]));
    auto const* const failed = std::get_if<std::error_code>(&outcomes[1]);
    REQUIRE(failed);
    CHECK(*failed == client_errc::outcome_unknown);
  });
}

TEST_CASE("who waits for a pool that retires is told", "[net][pool]") {
  play_pool([](pool_stage& s) -> task<> {
    s.pool->retire();
    std::error_code why;
    try {
      auto const none = co_await s.pool->take();
    } catch (error const& e) {
      why = e.code();
    }
    CHECK(why == client_errc::closed);
    CHECK(s.pool->is_retired());
  });
}
