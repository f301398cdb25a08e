// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Temporary keys of a link: made, bound, renewed, shared and lost.
#include "link_key_stage.hpp"

#include <asio/post.hpp>
#include <asio/use_awaitable.hpp>

using namespace mtp;
using namespace mtp::test;
using namespace std::chrono_literals;

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
