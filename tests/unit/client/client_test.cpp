// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/core/timeout.hpp>
#include <mtp/mtp.hpp>
#include <mtp/tl/functions/help.hpp>
#include <mtp/tl/types/Config.hpp>
#include <mtp/tl/types/DcOption.hpp>
#include <mtp/tl/types/InputPeer.hpp>
#include <mtp/tl/types/InputReplyTo.hpp>

#include "support/catch.hpp"
#include "support/run.hpp"
#include "support/scripted_api.hpp"

#include <cstdlib>

using namespace mtp;
using namespace std::chrono_literals;
using mtp::test::scripted_api;
using mtp::test::scripted_server;

namespace {

/// A server with the small API, and clients of it.
struct stage {
  asio::any_io_executor executor;
  scripted_api api;
  scripted_server server;
  std::shared_ptr<session_store> store = memory_session();

  explicit stage(asio::any_io_executor where)
      : executor(where), server(where, [this](bytes const& body) { return api(body); }) {}

  client_config config() const {
    client_config out;
    out.api_id = 1;
    if (std::getenv("MTP_TEST_LOG")) out.log = log_to_stderr(log_level::debug);
    out.api_hash = "hash";
    out.store = store;
    out.addresses[2] = {server.address()};
    out.server_keys = {scripted_server::key().public_key().to_pem()};
    out.connection.backoff = {.first = 5ms, .longest = 20ms};
    out.connection.first_connection = 2s;
    return out;
  }
};

using script = std::function<task<>(stage&)>;
using program = std::function<task<>(client&)>;

task<> pause(duration span) {
  auto executor = co_await asio::this_coro::executor;
  asio::steady_timer timer(executor, span);
  co_await timer.async_wait(asio::use_awaitable);
}

/// One life of a client: runs `what` beside it, then closes it. Rethrows what either throws.
task<> live(stage& s, client_config config, program what) {
  client c(s.executor, std::move(config));
  task_scope scope(s.executor);
  scope.spawn(c.run());
  scope.spawn([](client& of, program& body) -> task<> {
    co_await body(of);
    of.close();
  }(c, what));
  co_await scope.join();
}
task<> live(stage& s, program what) { return live(s, s.config(), std::move(what)); }

void play(script body) {
  auto whole = [&]() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    stage s(executor);
    s.server.start();
    std::exception_ptr failed;
    try {
      co_await body(s);
    } catch (...) {
      failed = std::current_exception();
    }
    co_await s.server.end();
    if (failed) std::rethrow_exception(failed);
  };
  test::run(whole());
}

task<> log_in(client& c) {
  std::string const token(scripted_api::token);
  co_await c.sign_in_bot(token);
}

std::error_code code_of(std::exception_ptr const& failed) {
  return failed ? describe_exception(failed).code : std::error_code();
}

template <class T>
task<std::exception_ptr> failure_of(task<T> work) {
  std::exception_ptr failed;
  try {
    co_await std::move(work);
  } catch (...) {
    failed = std::current_exception();
  }
  co_return failed;
}

}  // namespace

TEST_CASE("a bot signs in and knows who it is", "[client]") {
  play([](stage& s) -> task<> {
    co_await live(s, [&](client& c) -> task<> {
      std::string const token(scripted_api::token);
      user const me = co_await c.sign_in_bot(token);
      CHECK(me.id() == scripted_api::bot_id);
      CHECK(me.is_bot());
      CHECK(me.username() == "echo_bot");
      user const again = co_await c.get_me();
      CHECK(again.id() == me.id());
      CHECK(s.api.introductions == 1);
    });
  });
}

TEST_CASE("a wrong token is an error of the server that does not show the token", "[client]") {
  play([](stage& s) -> task<> {
    co_await live(s, [](client& c) -> task<> {
      auto const failed = co_await failure_of(c.sign_in_bot("777000777:wrong"));
      auto const info = describe_exception(failed);
      REQUIRE(info.refusal);
      CHECK(info.refusal->name == "ACCESS_TOKEN_INVALID");
      CHECK(info.text.find("wrong") == std::string::npos);
    });
  });
}

TEST_CASE("a second life uses the key and the login of the first", "[client]") {
  play([](stage& s) -> task<> {
    for (int i = 0; i < 3; ++i) co_await live(s, log_in);
    CHECK(s.server.handshakes == 1);
    CHECK(s.api.logins == 1);
  });
}

TEST_CASE("a session of one bot refuses the token of another", "[client]") {
  play([](stage& s) -> task<> {
    co_await live(s, log_in);
    co_await live(s, [](client& c) -> task<> {
      auto const failed = co_await failure_of(c.sign_in_bot("5:other"));
      CHECK(code_of(failed) == client_errc::bad_config);
    });
  });
}

TEST_CASE("an echo bot answers each message once", "[client][updates]") {
  play([](stage& s) -> task<> {
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in(c);
      auto updates = c.updates();
      for (int i = 0; i < 5; ++i) {
        bytes const news = test::to_bytes(s.api.alice_writes("hello " + std::to_string(i)));
        s.server.push(news);
        auto update = co_await updates.next();
        REQUIRE(update);
        auto* message = update->get_if<new_message>();
        REQUIRE(message);
        CHECK(!message->outgoing());
        CHECK(message->sender() == peer_id{peer_kind::user, scripted_api::alice_id});
        auto const sent = co_await message->reply(message->text());
        CHECK(sent.outgoing());
        CHECK(sent.text() == message->text());
        CHECK(sent.id() == s.api.pts());
      }
      CHECK(s.api.sent.size() == 5);
      CHECK(s.api.sent.back() == "hello 4");
    });
  });
}

TEST_CASE("messages that came while nobody was there are delivered first", "[client][updates]") {
  play([](stage& s) -> task<> {
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in(c);
      auto updates = c.updates();
      s.server.push(test::to_bytes(s.api.alice_writes("one")));
      auto update = co_await updates.next();
      CHECK(update->get_if<new_message>()->text() == "one");
      auto more = updates.next();  // says that the first was consumed
      auto const nothing = co_await failure_of(with_timeout(std::move(more), 50ms));
      CHECK(code_of(nothing) == client_errc::timed_out);
    });
    (void)s.api.alice_writes("two");
    (void)s.api.alice_writes("three");
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in(c);
      auto updates = c.updates();
      auto first = co_await updates.next();
      auto second = co_await updates.next();
      CHECK(first->get_if<new_message>()->text() == "two");
      CHECK(second->get_if<new_message>()->text() == "three");
    });
    CHECK(s.api.logins == 1);
  });
}

TEST_CASE("a message that overtakes the state of a first login is delivered", "[client][updates]") {
  play([](stage& s) -> task<> {
    // Somebody writes between the login and the question where the account stands.
    s.api.first = [&](std::uint32_t id, bytes_view) -> std::optional<scripted_api::reply> {
      if (id == tl::updates::getState::tl_id && s.api.pts() == 0)
        s.server.push(test::to_bytes(s.api.alice_writes("early bird")));
      return {};
    };
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in(c);
      auto updates = c.updates();
      auto waiting = with_timeout(updates.next(), 5s);
      auto const first = co_await std::move(waiting);
      REQUIRE(first);
      REQUIRE(first->get_if<new_message>());
      CHECK(first->get_if<new_message>()->text() == "early bird");
    });
  });
}

TEST_CASE("a message that was not consumed comes again", "[client][updates]") {
  play([](stage& s) -> task<> {
    for (int round = 0; round < 2; ++round) {
      co_await live(s, [&](client& c) -> task<> {
        co_await log_in(c);
        auto updates = c.updates();
        if (round == 0) s.server.push(test::to_bytes(s.api.alice_writes("once more")));
        auto update = co_await updates.next();
        REQUIRE(update);
        CHECK(update->get_if<new_message>()->text() == "once more");
      });
    }
  });
}

TEST_CASE("an update that was lost on the way is asked for", "[client][updates]") {
  play([](stage& s) -> task<> {
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in(c);
      auto updates = c.updates();
      s.server.push(test::to_bytes(s.api.alice_writes("one")));
      auto first = co_await updates.next();
      (void)s.api.alice_writes("lost");
      s.server.push(test::to_bytes(s.api.alice_writes("three")));
      auto second = co_await updates.next();
      auto third = co_await updates.next();
      CHECK(first->get_if<new_message>()->text() == "one");
      CHECK(second->get_if<new_message>()->text() == "lost");
      CHECK(third->get_if<new_message>()->text() == "three");
    });
  });
}

TEST_CASE("updates that cannot be read are handed over raw, and nothing else is lost",
          "[client][updates]") {
  play([](stage& s) -> task<> {
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in(c);
      auto updates = c.updates();
      s.server.push(test::to_bytes(s.api.alice_writes("one")));
      auto first = co_await updates.next();
      bytes const strange{1, 2, 3, 4, 5, 6, 7, 8};
      (void)s.api.alice_writes("within");
      s.server.push(strange);
      auto second = co_await updates.next();
      auto third = co_await updates.next();
      auto* unknown = second->get_if<unknown_update>();
      REQUIRE(unknown);
      CHECK(*unknown->body == strange);
      CHECK(third->get_if<new_message>()->text() == "within");
    });
  });
}

TEST_CASE("a bot goes on when its server comes back without its memory", "[client]") {
  play([](stage& s) -> task<> {
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in(c);
      auto updates = c.updates();
      s.server.push(test::to_bytes(s.api.alice_writes("one")));
      (void)co_await updates.next();
      s.server.stop();
      s.server.forget_keys();
      s.api.signed_in = false;
      co_await pause(30ms);
      s.server.start();
      (void)s.api.alice_writes("two");
      auto update = co_await updates.next();
      CHECK(update->get_if<new_message>()->text() == "two");
      CHECK(s.api.logins == 2);
      CHECK(s.server.handshakes == 2);
    });
  });
}

TEST_CASE("a reply in flight when the server goes away arrives once", "[client]") {
  play([](stage& s) -> task<> {
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in(c);
      auto updates = c.updates();
      s.server.push(test::to_bytes(s.api.alice_writes("one")));
      auto update = co_await updates.next();
      s.server.lose_packets = 1;
      co_await update->get_if<new_message>()->reply("again");
      CHECK(s.api.sent == std::vector<std::string>{"again"});
    });
  });
}

TEST_CASE("a flood wait within the budget is slept, a longer one goes to the caller", "[client]") {
  play([](stage& s) -> task<> {
    int refusals = 0;
    std::string_view text = "FLOOD_WAIT_1";
    s.api.first = [&](std::uint32_t id, bytes_view) -> std::optional<scripted_api::reply> {
      if (id != tl::users::getUsers::tl_id || refusals++ > 0) return {};
      return scripted_server::refusal{420, text};
    };
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in(c);
      auto const began = std::chrono::steady_clock::now();
      (void)co_await c.get_me();
      CHECK(std::chrono::steady_clock::now() - began >= 1s);
      refusals = 0;
      text = "FLOOD_WAIT_3600";
      bool told = false;
      try {
        (void)co_await c.get_me();
      } catch (flood_wait const& e) {
        told = e.patience() == 1h;
      }
      CHECK(told);
    });
  });
}

TEST_CASE("a raw call gives what the server says, typed", "[client]") {
  play([](stage& s) -> task<> {
    s.api.first = [](std::uint32_t id, bytes_view) -> std::optional<scripted_api::reply> {
      if (id != tl::help::getConfig::tl_id) return {};
      tl::config out;
      out.this_dc = 2;
      out.me_url_prefix = "https://t.me/";
      return test::to_bytes(out);
    };
    co_await live(s, [](client& c) -> task<> {
      tl::help::getConfig const request;
      auto const config = co_await c.invoke(request);
      CHECK(config->this_dc == 2);
      CHECK(config->me_url_prefix == "https://t.me/");
    });
  });
}

TEST_CASE("a request without a required part is an error that names it", "[client]") {
  play([](stage& s) -> task<> {
    co_await live(s, [](client& c) -> task<> {
      tl::messages::sendMessage const request;
      auto const failed = co_await failure_of(c.invoke(request));
      CHECK(code_of(failed) == client_errc::encode);
      CHECK(describe_exception(failed).text.find("peer") != std::string::npos);
    });
  });
}

TEST_CASE("an answer that is not what the schema says is an error", "[client]") {
  play([](stage& s) -> task<> {
    s.api.first = [](std::uint32_t id, bytes_view) -> std::optional<scripted_api::reply> {
      if (id != tl::help::getConfig::tl_id) return {};
      return bytes{1, 2, 3, 4};
    };
    co_await live(s, [](client& c) -> task<> {
      tl::help::getConfig const request;
      auto const failed = co_await failure_of(c.invoke(request));
      CHECK(code_of(failed) == client_errc::decode);
    });
  });
}

TEST_CASE("a deadline ends a call, and the next one works", "[client]") {
  play([](stage& s) -> task<> {
    s.api.first = [](std::uint32_t id, bytes_view) -> std::optional<scripted_api::reply> {
      if (id != tl::help::getConfig::tl_id) return {};
      return scripted_server::silence{};
    };
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

TEST_CASE("an id that was never met is an error for a person, not for a bot", "[client]") {
  play([](stage& s) -> task<> {
    co_await live(s, [&](client& c) -> task<> {
      peer_id const stranger{peer_kind::user, 99};
      auto const failed = co_await failure_of(c.input_peer(stranger));
      CHECK(code_of(failed) == client_errc::unknown_peer);
      co_await log_in(c);
      auto const named = co_await c.input_peer(stranger);
      CHECK(named.get_if<tl::inputPeerUser>()->access_hash == 0);
    });
  });
}

TEST_CASE("a client that cannot connect says so to everybody who waits", "[client]") {
  play([](stage& s) -> task<> {
    s.server.stop();
    client_config config = s.config();
    config.connection.first_connection = 100ms;
    client c(s.executor, config);
    task_scope scope(s.executor);
    std::exception_ptr of_call;
    std::exception_ptr of_run;
    scope.spawn([](client& who, std::exception_ptr& out) -> task<> {
      out = co_await failure_of(who.get_me());
    }(c, of_call));
    scope.spawn([](client& who, std::exception_ptr& out) -> task<> {
      out = co_await failure_of(who.run());
    }(c, of_run));
    co_await scope.join();
    CHECK(code_of(of_run) == asio::error::connection_refused);
    CHECK(code_of(of_call) == asio::error::connection_refused);
    auto const late = co_await failure_of(c.get_me());
    CHECK(code_of(late) == asio::error::connection_refused);
  });
}

TEST_CASE("a client that was closed before it ran ends at once", "[client]") {
  play([](stage& s) -> task<> {
    client c(s.executor, s.config());
    c.close();
    co_await c.run();
    auto const late = co_await failure_of(c.get_me());
    CHECK(code_of(late) == client_errc::closed);
  });
}

TEST_CASE("a second stream goes on where the first was left", "[client][updates]") {
  play([](stage& s) -> task<> {
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in(c);
      {
        auto updates = c.updates();
        CHECK_THROWS_AS(c.updates(), std::logic_error);
        s.server.push(test::to_bytes(s.api.alice_writes("one")));
        (void)co_await updates.next();
        s.server.push(test::to_bytes(s.api.alice_writes("two")));
        (void)co_await updates.next();
      }
      s.server.push(test::to_bytes(s.api.alice_writes("three")));
      auto updates = c.updates();
      auto second = co_await updates.next();  // was not consumed: no other was asked for
      auto third = co_await updates.next();
      CHECK(second->get_if<new_message>()->text() == "two");
      CHECK(third->get_if<new_message>()->text() == "three");
    });
  });
}

TEST_CASE("closing a client ends what it does", "[client]") {
  play([](stage& s) -> task<> {
    s.api.first = [](std::uint32_t, bytes_view) { return scripted_server::silence{}; };
    client c(s.executor, s.config());
    task_scope scope(s.executor);
    std::exception_ptr of_call;
    scope.spawn([](client& who, std::exception_ptr& out) -> task<> {
      out = co_await failure_of(who.get_me());
    }(c, of_call));
    scope.spawn(c.run());
    scope.spawn([](client& who) -> task<> {
      co_await pause(50ms);
      who.close();
    }(c));
    co_await scope.join();
    CHECK(code_of(of_call) == client_errc::closed);
  });
}

TEST_CASE("a client may be destroyed before its operations end", "[client]") {
  play([](stage& s) -> task<> {
    s.api.first = [](std::uint32_t, bytes_view) { return scripted_server::silence{}; };
    auto c = std::make_unique<client>(s.executor, s.config());
    task_scope scope(s.executor);
    std::exception_ptr of_call;
    scope.spawn([](task<user> call, std::exception_ptr& out) -> task<> {
      out = co_await failure_of(std::move(call));
    }(c->get_me(), of_call));
    scope.spawn(c->run());
    scope.spawn([](std::unique_ptr<client>& who) -> task<> {
      co_await pause(50ms);
      who.reset();
    }(c));
    co_await scope.join();
    CHECK(code_of(of_call) == client_errc::closed);
  });
}

TEST_CASE("an event whose client is gone throws", "[client]") {
  play([](stage& s) -> task<> {
    std::optional<update> kept;
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in(c);
      auto updates = c.updates();
      s.server.push(test::to_bytes(s.api.alice_writes("one")));
      kept = co_await updates.next();
    });
    auto* message = kept->get_if<new_message>();
    CHECK(message->text() == "one");
    auto const failed = co_await failure_of(message->reply("too late"));
    CHECK(code_of(failed) == client_errc::closed);
  });
}

TEST_CASE("a configuration that cannot work is refused at once", "[client]") {
  play([](stage& s) -> task<> {
    client_config config = s.config();
    config.api_id = 0;
    CHECK_THROWS_AS(client(s.executor, config), error);
    co_return;
  });
}

TEST_CASE("a loop may be destroyed with what a client still did", "[client]") {
  asio::io_context context;
  auto s = std::make_unique<stage>(context.get_executor());
  s->server.start();
  auto c = std::make_unique<client>(context.get_executor(), s->config());
  bool heard = false;
  auto listen = [&heard](client& of) -> task<> {
    co_await log_in(of);
    auto updates = of.updates();
    heard = true;
    (void)co_await updates.next();
  };
  asio::co_spawn(context, c->run(), [](std::exception_ptr) {});
  asio::co_spawn(context, listen(*c), [](std::exception_ptr) {});
  for (int i = 0; i < 500 && !heard; ++i) context.run_for(10ms);
  CHECK(heard);
  c.reset();
  s->server.stop();
  s.reset();
}
