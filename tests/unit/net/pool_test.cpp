// SPDX-License-Identifier: MIT OR Apache-2.0
#include "net/pool.hpp"

#include <mtp/core/error.hpp>
#include <mtp/core/timeout.hpp>

#include <asio/post.hpp>

#include "link_stage.hpp"

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
