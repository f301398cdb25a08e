// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Which keys a link uses, and what makes it doubt, prove and replace them.
#include "link_key_stage.hpp"

#include <mtp/core/timeout.hpp>

using namespace mtp;
using namespace mtp::test;
using namespace std::chrono_literals;

TEST_CASE("a stranger who answers 404 takes no key away", "[net][link][key]") {
  play(echo, [](stage& s) -> task<> {
    co_await expect_echo(s, 1);
    auto const key = s.key->id();
    s.server.stranger = true;
    s.server.drop_connections();
    auto const before = s.server.connections;
    auto const many = [&] { return s.server.connections >= before + 10; };
    co_await until(many);
    CHECK(s.told.lost == 0);
    CHECK(s.told.doubts == 1);
    s.server.stranger = false;
    co_await expect_echo_again(s, 2);
    CHECK(s.key->id() == key);
    CHECK(s.told.lost == 0);
    CHECK(s.key->life().current() == net::key_lifecycle::state::good);
  });
}

TEST_CASE("a key that the server forgot is replaced once that is proved, and calls go on",
          "[net][link][key]") {
  play(echo, [](stage& s) -> task<> {
    co_await expect_echo(s, 1);
    auto const key = s.key->id();
    s.server.forget_keys();
    s.server.drop_connections();
    co_await expect_echo_again(s, 2);
    CHECK(s.told.lost == 1);
    CHECK(s.key->id() != key);
    CHECK(s.server.bindings == 1);
    CHECK(s.server.handshakes == 3);  // the first key, a temporary one, the next key
  });
}

TEST_CASE("a young key is not believed to be unknown", "[net][link][key]") {
  auto settle_late = [](scripted_server&, net::link_options& o) {
    o.connection.keys.settled_after = 1h;
  };
  play(
      echo,
      [](stage& s) -> task<> {
        co_await expect_echo(s, 1);
        s.server.forget_keys();
        s.server.drop_connections();
        auto const asked = [&] { return s.server.bindings >= 3; };
        co_await until(asked);
        CHECK(s.told.lost == 0);
      },
      settle_late);
}

TEST_CASE("a server that cannot bind keeps or replaces a key, as the program wants",
          "[net][link][key]") {
  auto const wanted = GENERATE(unprovable_key::keep, unprovable_key::replace);
  auto change = [wanted](scripted_server& server, net::link_options& o) {
    server.can_bind = false;
    o.connection.keys.unprovable = wanted;
  };
  play(
      echo,
      [wanted](stage& s) -> task<> {
        co_await expect_echo(s, 1);
        s.server.forget_keys();
        s.server.drop_connections();
        if (wanted == unprovable_key::replace) {
          co_await expect_echo_again(s, 2);
          CHECK(s.told.lost == 1);
          co_return;
        }
        auto const asked = [&] { return s.server.bindings >= 3; };
        co_await until(asked);
        CHECK(s.told.lost == 0);
      },
      change);
}

TEST_CASE("a doubt that the server cannot settle keeps the key and ends when the key works",
          "[net][link][key]") {
  auto change = [](scripted_server& server, net::link_options& o) {
    server.makes_temporary = false;
    o.connection.keys.unprovable = unprovable_key::replace;
  };
  play(
      echo,
      [](stage& s) -> task<> {
        co_await expect_echo(s, 1);
        auto const key = s.key->id();
        s.server.stranger = true;
        s.server.drop_connections();
        auto const before = s.server.connections;
        auto const some = [&] { return s.server.connections >= before + 4; };
        co_await until(some);
        s.server.stranger = false;
        co_await expect_echo(s, 2);
        CHECK(s.key->id() == key);
        CHECK(s.told.lost == 0);
        CHECK(!s.told.suspect);
        CHECK(s.server.handshakes == 1);
      },
      change);
}

TEST_CASE("links of one data centre wait for one key and share it", "[net][link][key]") {
  play(echo, [](stage& s) -> task<> {
    auto options = s.options;
    options.purpose = link_purpose::upload;
    net::link other(real_environment(), s.executor, options, s.key, {}, s.told);
    task_scope scope(s.executor);
    scope.spawn(other.run());
    bytes const body = request(5);
    auto const outcome = co_await other.call(body);
    CHECK(std::get<slice>(outcome) == word(5));
    co_await expect_echo(s, 6);
    CHECK(s.server.handshakes == 1);
    CHECK(other.id() == net::link_id{2, link_purpose::upload, s.key->id()});
    CHECK(s.link.id() == net::link_id{2, link_purpose::main, s.key->id()});
    bool both[2] = {};
    for (auto const& from : s.told.from) both[from.purpose == link_purpose::upload] = true;
    CHECK((both[0] && both[1]));
    scope.cancel();
    co_await scope.join();
  });
}

TEST_CASE("a link that is cancelled lets the others make keys", "[net][link][key]") {
  auto deaf = [](scripted_server& server, net::link_options&) { server.deaf = true; };
  play(
      echo,
      [](stage& s) -> task<> {
        auto const key = key_for(s.executor, s.options);
        net::link other(real_environment(), s.executor, s.options, key, {}, s.told);
        task_scope scope(s.executor);
        scope.spawn(other.run());
        while (s.server.connections == 0) co_await test::pause(1ms);
        scope.cancel();
        co_await scope.join();
        auto waiting = with_timeout(real_environment(), key->take_turn(), 5s);
        auto const turn = co_await std::move(waiting);
        CHECK(turn);
      },
      deaf);
}

TEST_CASE("a doubt that one link tells ends when another link settles it", "[net][link][key]") {
  auto whole = []() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    stage s(executor, echo);
    s.server.start();
    task_scope first(executor);
    first.spawn(s.link.run());
    co_await expect_echo(s, 1);
    s.server.stranger = true;
    s.server.drop_connections();
    auto const told = [&] { return s.told.suspect; };
    co_await until(told);
    first.cancel();
    co_await first.join();
    s.server.stranger = false;
    co_await beside(s, link_purpose::upload,
                    [&](net::link& other) -> task<> { co_await expect_echo_on(other, 2); });
    CHECK(!s.told.suspect);
    co_await s.server.end();
  };
  test::run(whole());
}
