// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Which keys a link uses, and what makes it doubt, prove and replace them.
#include "link_stage.hpp"

#include <mtp/core/timeout.hpp>

#include <asio/post.hpp>

using namespace mtp;
using namespace mtp::test;
using namespace std::chrono_literals;

namespace {

/// A call that may be executed twice, so that it outlives a key.
task<> expect_echo_again(stage& s, std::uint32_t value) {
  bytes const body = request(value);
  net::call_options options;
  options.request.repeatable = true;
  auto const outcome = co_await s.link.call(body, options);
  REQUIRE(std::holds_alternative<slice>(outcome));
  CHECK(std::get<slice>(outcome) == word(value));
}

/// Ends when the condition holds.
template <class Condition>
task<> until(Condition holds) {
  while (!holds()) co_await test::pause(1ms);
}

prepare with(pfs_mode mode) {
  return [mode](scripted_server&, net::link_options& o) { o.connection.keys.pfs = mode; };
}

int packets_under(stage& s, std::int64_t key) { return s.server.packets[key]; }

void short_lived(scripted_server&, net::link_options& o) {
  o.connection.keys.pfs = pfs_mode::on;
  o.connection.keys.temporary_lifetime = 101s;
  o.connection.keys.renew_before = 100s;
}

std::int64_t temporary_key_id(stage& s) {
  auto const* const found = s.key->temporary(link_purpose::main, real_environment().now());
  return found ? found->context->key.id() : 0;
}

/// A second link to the same data centre, while `body` lasts.
task<> beside(stage& s, link_purpose purpose, std::function<task<>(net::link&)> body) {
  auto options = s.options;
  options.purpose = purpose;
  net::link other(real_environment(), s.executor, options, s.key, {}, s.told);
  task_scope scope(s.executor);
  scope.spawn(other.run());
  co_await body(other);
  scope.cancel();
  co_await scope.join();
}

task<> expect_echo_on(net::link& on, std::uint32_t value) {
  bytes const body = request(value);
  auto const outcome = co_await on.call(body);
  REQUIRE(std::holds_alternative<slice>(outcome));
  CHECK(std::get<slice>(outcome) == word(value));
}

}  // namespace

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

TEST_CASE(
    "a server that makes no temporary keys is served with the permanent one where that is "
    "allowed",
    "[net][link][pfs]") {
  auto change = [](scripted_server& server, net::link_options& o) {
    server.makes_temporary = false;
    o.connection.keys.pfs = pfs_mode::with_fallback;
  };
  play(
      echo,
      [](stage& s) -> task<> {
        co_await expect_echo(s, 1);
        CHECK(packets_under(s, s.key->id()) > 0);
        CHECK(s.server.handshakes == 1);
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

TEST_CASE("with forward secrecy the permanent key is used for nothing but binding",
          "[net][link][pfs]") {
  play(
      echo,
      [](stage& s) -> task<> {
        for (std::uint32_t i = 0; i < 5; ++i) co_await expect_echo(s, i);
        CHECK(s.server.handshakes == 2);
        CHECK(s.server.bindings == 1);
        CHECK(packets_under(s, s.key->id()) == 0);
        REQUIRE(s.told.key);
        CHECK(s.told.key->key.id() == s.key->id());  // only that one is stored
        s.server.drop_connections();
        co_await expect_echo(s, 7);
        CHECK(s.server.handshakes == 2);  // the temporary key serves on
        CHECK(s.server.bindings == 1);
      },
      with(pfs_mode::on));
}

TEST_CASE("a temporary key that is lost is made anew and bound again", "[net][link][pfs]") {
  play(
      echo,
      [](stage& s) -> task<> {
        co_await expect_echo(s, 1);
        auto const permanent = s.key->id();
        auto const lost = s.key->temporary(link_purpose::main, real_environment().now());
        s.server.forget_key(lost->context->key.id());
        s.server.drop_connections();
        co_await expect_echo_again(s, 2);
        CHECK(s.server.bindings == 2);
        CHECK(s.key->id() == permanent);
        CHECK(s.told.doubts == 0);  // nothing was said about the permanent key
      },
      with(pfs_mode::on));
}

TEST_CASE("a temporary key is renewed before it expires", "[net][link][pfs]") {
  play(
      echo,
      [](stage& s) -> task<> {
        co_await expect_echo(s, 1);
        auto const renewed = [&] { return s.server.bindings >= 2; };
        co_await until(renewed);
        co_await expect_echo(s, 2);  // not repeatable: nothing was under way
        CHECK(s.server.calls >= 2);
        CHECK(packets_under(s, s.key->id()) == 0);
      },
      short_lived);
}

TEST_CASE("a server that cannot bind is served with the permanent key where that is allowed",
          "[net][link][pfs]") {
  auto change = [](scripted_server& server, net::link_options& o) {
    server.can_bind = false;
    o.connection.keys.pfs = pfs_mode::with_fallback;
  };
  play(
      echo,
      [](stage& s) -> task<> {
        co_await expect_echo(s, 1);
        co_await expect_echo(s, 2);
        CHECK(s.server.bindings == 1);
        CHECK(packets_under(s, s.key->id()) > 0);
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

TEST_CASE("links of one purpose share a temporary key, and each renews it before its end",
          "[net][link][pfs]") {
  play(
      echo,
      [](stage& s) -> task<> {
        co_await expect_echo(s, 1);
        auto const first = temporary_key_id(s);
        co_await beside(s, link_purpose::main, [&](net::link& other) -> task<> {
          co_await expect_echo_on(other, 2);
          CHECK(s.server.bindings == 1);
          auto const renewed = [&] { return s.server.bindings >= 2; };
          co_await until(renewed);
          for (bool moved = false; !moved;) {  // each goes over when it has nothing under way
            auto const said = packets_under(s, first);
            co_await expect_echo(s, 3);
            co_await expect_echo_on(other, 4);
            moved = packets_under(s, first) == said;
          }
          CHECK(s.server.bindings == 2);
        });
      },
      short_lived);
}

TEST_CASE("a temporary key that took the place of another outlives the loss of that",
          "[net][key][pfs]") {
  auto whole = []() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    net::dc_key key(real_environment(), executor, {});
    auto const made = [] {
      return std::make_shared<mtproto::key_context>(*crypto::auth_key::left_padded(bytes(256, 7)));
    };
    auto const before = made();
    auto const after = made();
    net::temporary_key fresh;
    fresh.context = after;
    fresh.expires_at = 2'000'000'000;
    key.set_temporary(link_purpose::main, fresh);
    key.forget_temporary(link_purpose::main, before.get());
    moment const now = real_environment().now();
    CHECK(key.temporary(link_purpose::main, now));
    key.forget_temporary(link_purpose::main, after.get());
    CHECK(!key.temporary(link_purpose::main, now));
  };
  test::run(whole());
}

TEST_CASE("a key that is forgotten while a temporary one is made for it is made anew",
          "[net][link][pfs]") {
  play(
      echo,
      [](stage& s) -> task<> {
        while (s.server.handshakes < 2) co_await asio::post(s.executor, asio::use_awaitable);
        s.key->forget();  // as another link does whose key is used by somebody else
        co_await expect_echo_again(s, 1);
        CHECK(s.key->id() != 0);
      },
      with(pfs_mode::on));
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
        co_await test::pause(20ms);
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
