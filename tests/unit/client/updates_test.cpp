// SPDX-License-Identifier: MIT OR Apache-2.0
#include "support/catch.hpp"
#include "support/client_stage.hpp"

#include <mtp/core/timeout.hpp>
#include <mtp/mtp.hpp>

#include <asio/post.hpp>
#include <asio/use_awaitable.hpp>

using namespace mtp;
using namespace std::chrono_literals;
using namespace mtp::test;

TEST_CASE("an echo bot answers each message once", "[client][updates]") {
  play([](client_stage& s) -> task<> {
    co_await listen(s, [&](update_stream& updates) -> task<> {
      for (int i = 0; i < 5; ++i) {
        s.alice_writes("hello " + std::to_string(i));
        auto update = co_await updates.next();
        REQUIRE(update);
        auto const message = update->get_if<new_message>();
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
  play([](client_stage& s) -> task<> {
    co_await listen(s, [&](update_stream& updates) -> task<> {
      s.alice_writes("one");
      auto const first = co_await next_text(updates);
      CHECK(first == "one");
      auto more = updates.next();  // says that the first was consumed
      auto const nothing = co_await failure_of(with_timeout(std::move(more), 50ms));
      CHECK(code_of(nothing) == client_errc::timed_out);
    });
    (void)s.api.alice_writes("two");
    (void)s.api.alice_writes("three");
    co_await listen(s, [&](update_stream& updates) -> task<> {
      auto const first = co_await next_text(updates);
      auto const second = co_await next_text(updates);
      CHECK(first == "two");
      CHECK(second == "three");
    });
    CHECK(s.api.logins == 1);
  });
}

TEST_CASE("a message that was not consumed comes again", "[client][updates]") {
  play([](client_stage& s) -> task<> {
    for (int round = 0; round < 2; ++round) {
      co_await listen(s, [&](update_stream& updates) -> task<> {
        if (round == 0) s.alice_writes("once more");
        auto const text = co_await next_text(updates);
        CHECK(text == "once more");
      });
    }
  });
}

TEST_CASE("an update that was lost on the way is asked for", "[client][updates]") {
  play([](client_stage& s) -> task<> {
    co_await listen(s, [&](update_stream& updates) -> task<> {
      s.alice_writes("one");
      auto const first = co_await next_text(updates);
      (void)s.api.alice_writes("lost");
      s.alice_writes("three");
      auto const second = co_await next_text(updates);
      auto const third = co_await next_text(updates);
      CHECK(first == "one");
      CHECK(second == "lost");
      CHECK(third == "three");
    });
  });
}

TEST_CASE("updates that cannot be read are handed over raw, and nothing else is lost",
          "[client][updates]") {
  play([](client_stage& s) -> task<> {
    co_await listen(s, [&](update_stream& updates) -> task<> {
      s.alice_writes("one");
      auto const first = co_await next_text(updates);
      bytes const strange{1, 2, 3, 4, 5, 6, 7, 8};
      (void)s.api.alice_writes("within");
      s.server.push(strange);
      auto second = co_await updates.next();
      auto const third = co_await next_text(updates);
      auto const unknown = second->get_if<unknown_update>();
      REQUIRE(unknown);
      CHECK(unknown->body() == strange);
      CHECK(third == "within");
    });
  });
}

TEST_CASE("a bot goes on when its server comes back without its memory", "[client][updates]") {
  play([](client_stage& s) -> task<> {
    co_await listen(s, [&](update_stream& updates) -> task<> {
      s.alice_writes("one");
      auto const first = co_await next_text(updates);
      s.server.stop();
      s.server.forget_keys();
      s.api.signed_in = false;
      s.server.start();
      (void)s.api.alice_writes("two");
      auto const second = co_await next_text(updates);
      CHECK(first == "one");
      CHECK(second == "two");
      CHECK(s.api.logins == 2);
      CHECK(s.server.handshakes == 3);  // one of them for the temporary key that proved it
    });
  });
}

TEST_CASE("a reply in flight when the server goes away arrives once", "[client][updates]") {
  play([](client_stage& s) -> task<> {
    co_await listen(s, [&](update_stream& updates) -> task<> {
      s.alice_writes("one");
      auto update = co_await updates.next();
      s.server.lose_packets = 1;
      auto const message = update->get_if<new_message>();
      co_await message->reply("again");
      CHECK(s.api.sent == std::vector<std::string>{"again"});
    });
  });
}

TEST_CASE("a second stream goes on where the first was left", "[client][updates]") {
  play([](client_stage& s) -> task<> {
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in(c);
      {
        auto updates = c.updates();
        CHECK_THROWS_AS(c.updates(), std::logic_error);
        s.alice_writes("one");
        (void)co_await updates.next();
        s.alice_writes("two");
        (void)co_await updates.next();
      }
      s.alice_writes("three");
      auto updates = c.updates();
      auto const second = co_await next_text(updates);  // was not consumed: no other was asked for
      auto const third = co_await next_text(updates);
      CHECK(second == "two");
      CHECK(third == "three");
    });
  });
}

namespace {

task<> until_ready(client& c) {
  auto changes = c.status_changes();
  while (c.status() != client_status::ready) (void)co_await changes.next();
}

}  // namespace

TEST_CASE("a login that is renewed under an open stream loses and repeats no update",
          "[client][updates]") {
  play([](client_stage& s) -> task<> {
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in(c);
      auto updates = c.updates();
      for (auto const* text : {"one", "two", "three", "four", "five"}) s.alice_writes(text);
      co_await expect_texts(updates, "one");
      s.api.signed_in = false;
      push_too_long(s);  // the difference finds that the login is gone, or the call does
      (void)co_await c.get_me();
      CHECK(s.api.logins == 2);
      co_await until_ready(c);
      s.alice_writes("six");
      co_await expect_texts(updates, "two three four five six");
    });
  });
}

TEST_CASE("an update that comes as nobody waits any longer is not lost", "[client][updates]") {
  play([](client_stage& s) -> task<> {
    co_await listen(s, [&](update_stream& updates) -> task<> {
      for (int turns = 0; turns < 60; ++turns) {
        std::string got;
        task_scope scope(s.executor);
        auto const waiting = scope.spawn(test::next_text_unless_cancelled(updates, got));
        std::string const text = std::to_string(turns);
        s.alice_writes(text);
        for (int i = 0; i < turns; ++i) co_await asio::post(s.executor, asio::use_awaitable);
        scope.cancel(waiting);
        co_await scope.join();
        if (got.empty()) got = co_await with_timeout(next_text(updates), 60s);
        CHECK(got == text);
      }
    });
  });
}

TEST_CASE("an event whose client is gone throws", "[client][updates]") {
  play([](client_stage& s) -> task<> {
    std::optional<update> kept;
    co_await listen(s, [&](update_stream& updates) -> task<> {
      s.alice_writes("one");
      kept = co_await updates.next();
    });
    auto const message = kept->get_if<new_message>();
    CHECK(message->text() == "one");
    auto const failed = co_await failure_of(message->reply("too late"));
    CHECK(code_of(failed) == client_errc::closed);
  });
}

TEST_CASE("updates that are lost for good are an error in the log", "[client][updates]") {
  play([](client_stage& s) -> task<> {
    std::vector<std::string> errors;
    auto config = s.config();
    config.log = [&](log_level level, std::string_view line) {
      if (level == log_level::error) errors.emplace_back(line);
    };
    s.api.first = [&](std::uint32_t id, bytes_view query) -> std::optional<scripted_api::reply> {
      if (id != tl::updates::getDifference::tl_id) return {};
      auto const asked = *tl::decode<tl::updates::getDifference>(query);
      if (asked->pts != 1 || s.api.pts() < 4) return {};
      return test::to_bytes(tl::updates::differenceTooLong{.pts = 4});
    };
    config.backfill.max_messages = 0;
    co_await live(s, config, [&s](client& c) -> task<> {
      co_await log_in(c);
      auto updates = c.updates();
      s.alice_writes("one");
      co_await expect_texts(updates, "one");
      for (int i = 0; i < 3; ++i) (void)s.api.alice_writes("never told");
      push_too_long(s);
      co_await until([&] { return s.api.asked[tl::updates::getDifference::tl_id] >= 2; });
      s.alice_writes("after");
      auto const gone = co_await updates.next();
      CHECK(gone->holds<updates_lost>());
      co_await expect_texts(updates, "after");
    });
    REQUIRE(errors.size() == 1);
    CHECK(
        errors.front() ==
        "updates of the account after 1 up to 4 are lost: more were missed than the server tells");
  });
}
