// SPDX-License-Identifier: MIT OR Apache-2.0
#include "support/catch.hpp"
#include "support/client_stage.hpp"

#include <mtp/core/timeout.hpp>
#include <mtp/mtp.hpp>
#include <mtp/tl/functions/help.hpp>
#include <mtp/tl/types/Config.hpp>
#include <mtp/tl/types/DcOption.hpp>
#include <mtp/tl/types/InputPeer.hpp>
#include <mtp/tl/types/InputReplyTo.hpp>

#include <asio/co_spawn.hpp>
#include <asio/error.hpp>
#include <asio/post.hpp>
#include <asio/this_coro.hpp>

using namespace mtp;
using namespace std::chrono_literals;
using namespace mtp::test;

TEST_CASE("a second life uses the key and the login of the first", "[client]") {
  play([](client_stage& s) -> task<> {
    for (int i = 0; i < 3; ++i) co_await live(s, log_in);
    CHECK(s.server.handshakes == 1);
    CHECK(s.api.logins == 1);
  });
}

TEST_CASE("a raw call gives what the server says, typed", "[client]") {
  play([](client_stage& s) -> task<> {
    tl::config const out = {.this_dc = 2, .me_url_prefix = "https://t.me/"};
    s.api.first = always<tl::help::getConfig>(test::to_bytes(out));
    co_await live(s, [](client& c) -> task<> {
      tl::help::getConfig const request;
      auto const config = co_await c.invoke(request);
      CHECK(config->this_dc == 2);
      CHECK(config->me_url_prefix == "https://t.me/");
    });
  });
}

TEST_CASE("a request without a required part is an error that names it", "[client]") {
  play([](client_stage& s) -> task<> {
    co_await live(s, [](client& c) -> task<> {
      tl::messages::sendMessage const request;
      auto const failed = co_await failure_of(c.invoke(request));
      CHECK(code_of(failed) == client_errc::encode);
      CHECK(describe_exception(failed).text.find("peer") != std::string::npos);
    });
  });
}

TEST_CASE("an answer that is not what the schema says is an error", "[client]") {
  play([](client_stage& s) -> task<> {
    s.api.first = always<tl::help::getConfig>(bytes{1, 2, 3, 4});
    co_await live(s, [](client& c) -> task<> {
      tl::help::getConfig const request;
      auto const failed = co_await failure_of(c.invoke(request));
      CHECK(code_of(failed) == client_errc::decode);
    });
  });
}

TEST_CASE("a deadline ends a call, and the next one works", "[client]") {
  play([](client_stage& s) -> task<> {
    s.api.first = always<tl::help::getConfig>(scripted_server::silence{});
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in(c);
      tl::help::getConfig const request;
      auto slow = c.invoke(request);
      auto const failed = co_await failure_of(with_timeout(std::move(slow), 50ms));
      CHECK(code_of(failed) == client_errc::timed_out);
      (void)co_await c.get_me();
      CHECK(s.server.dropped == 1);
    });
  });
}

TEST_CASE("a client that is sent to a data centre that is away does not give up", "[client]") {
  play([](client_stage& s) -> task<> {
    asio::ip::tcp::endpoint const any(asio::ip::address_v4::loopback(), 0);
    asio::ip::tcp::acceptor nobody(s.executor, any);
    auto config = s.config();
    config.addresses[4] = {{"127.0.0.1", nobody.local_endpoint().port()}};
    config.connection.initial_timeout = 1s;
    nobody.close();
    co_await live(s, config, [&](client& c) -> task<> {
      co_await log_in(c);
      s.api.first = always<tl::users::getUsers>(scripted_server::refusal{303, "USER_MIGRATE_4"});
      auto const failed = co_await failure_of(with_timeout(c.get_me(), 1500ms));
      CHECK(code_of(failed) == client_errc::timed_out);
    });
  });
}

TEST_CASE("a key that somebody else uses is replaced, and the bot signs in again", "[client]") {
  play([](client_stage& s) -> task<> {
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in(c);
      bool refused = false;
      s.api.first = [&](std::uint32_t id, bytes_view) -> std::optional<scripted_api::reply> {
        if (id != tl::users::getUsers::tl_id || std::exchange(refused, true)) return {};
        s.api.signed_in = false;  // nobody is, with the next key
        return scripted_server::refusal{406, "AUTH_KEY_DUPLICATED"};
      };
      auto asking = with_timeout(c.get_me(), 60s);
      user const me = co_await std::move(asking);
      CHECK(me.id() == scripted_api::bot_id);
      CHECK(s.server.handshakes == 2);
      CHECK(s.api.logins == 2);
    });
  });
}

TEST_CASE("a configuration that cannot work is refused at once", "[client]") {
  play([](client_stage& s) -> task<> {
    client_config config = s.config();
    config.api_id = 0;
    CHECK_THROWS_AS(client(s.executor, config), error);
    co_return;
  });
}
