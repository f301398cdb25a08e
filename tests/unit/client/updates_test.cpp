// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/core/timeout.hpp>
#include <mtp/mtp.hpp>
#include <mtp/tl/types/ChannelMessagesFilter.hpp>
#include <mtp/tl/types/Chat.hpp>
#include <mtp/tl/types/EncryptedFile.hpp>
#include <mtp/tl/types/EncryptedMessage.hpp>
#include <mtp/tl/types/InputChannel.hpp>
#include <mtp/tl/types/updates/ChannelDifference.hpp>

#include "support/catch.hpp"
#include "support/client_stage.hpp"

#include <asio/post.hpp>
#include <asio/use_awaitable.hpp>

#include <functional>
#include <thread>

using namespace mtp;
using namespace std::chrono_literals;
using mtp::test::client_stage;
using mtp::test::code_of;
using mtp::test::expect_texts;
using mtp::test::failure_of;
using mtp::test::listen;
using mtp::test::live;
using mtp::test::log_in;
using mtp::test::next_text;
using mtp::test::play;
using mtp::test::push_too_long;
using mtp::test::scripted_api;

TEST_CASE("an echo bot answers each message once", "[client][updates]") {
  play([](client_stage& s) -> task<> {
    co_await listen(s, [&](update_stream& updates) -> task<> {
      for (int i = 0; i < 5; ++i) {
        s.alice_writes("hello " + std::to_string(i));
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

TEST_CASE("a message that overtakes the state of a first login is delivered", "[client][updates]") {
  play([](client_stage& s) -> task<> {
    // Somebody writes between the login and the question where the account stands.
    s.api.first = [&](std::uint32_t id, bytes_view) -> std::optional<scripted_api::reply> {
      if (id == tl::updates::getState::tl_id && s.api.pts() == 0) s.alice_writes("early bird");
      return {};
    };
    co_await listen(s, [&](update_stream& updates) -> task<> {
      auto waiting = with_timeout(next_text(updates), 5s);
      auto const first = co_await std::move(waiting);
      CHECK(first == "early bird");
    });
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
      auto* unknown = second->get_if<unknown_update>();
      REQUIRE(unknown);
      CHECK(unknown->body == strange);
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
      co_await test::pause(30ms);
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
      co_await update->get_if<new_message>()->reply("again");
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

/// How often the API is asked for one function.
template <class Function>
void count_calls(client_stage& s, int& calls) {
  s.api.first = [&calls](std::uint32_t id, bytes_view) -> std::optional<scripted_api::reply> {
    if (id == Function::tl_id) ++calls;
    return {};
  };
}

}  // namespace

TEST_CASE("a login that is renewed under an open stream loses no update", "[client][updates]") {
  play([](client_stage& s) -> task<> {
    co_await listen(s, [&](update_stream& updates) -> task<> {
      co_await test::pause(50ms);  // the stream is up to date
      for (auto const* text : {"one", "two", "three", "four", "five"}) s.alice_writes(text);
      co_await expect_texts(updates, "one");
      co_await test::pause(50ms);  // the others are in the queue
      s.api.signed_in = false;
      push_too_long(s);  // the difference finds that the login is gone
      co_await test::pause(50ms);
      CHECK(s.api.logins == 2);
      co_await expect_texts(updates, "two three four five");
    });
  });
}

TEST_CASE("a login that is renewed under an open stream repeats no update", "[client][updates]") {
  play([](client_stage& s) -> task<> {
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in(c);
      auto updates = c.updates();
      co_await test::pause(50ms);  // it is up to date
      s.alice_writes("one");
      co_await expect_texts(updates, "one");
      s.api.signed_in = false;
      (void)co_await c.get_me();
      CHECK(s.api.logins == 2);
      s.alice_writes("two");
      co_await expect_texts(updates, "two");
    });
  });
}

TEST_CASE("a bot that says again who it is loses and repeats nothing", "[client][updates]") {
  play([](client_stage& s) -> task<> {
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in(c);
      auto updates = c.updates();
      co_await test::pause(50ms);  // the stream is up to date
      for (auto const* text : {"one", "two", "three"}) s.alice_writes(text);
      co_await expect_texts(updates, "one");
      co_await log_in(c);
      co_await expect_texts(updates, "two three");
    });
  });
}

TEST_CASE("a difference that was asked for by an earlier stream is void", "[client][updates]") {
  play([](client_stage& s) -> task<> {
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in(c);
      auto updates = std::make_optional(c.updates());
      co_await test::pause(50ms);  // the stream is up to date
      for (auto const* text : {"one", "two", "three"}) s.alice_writes(text);
      co_await expect_texts(*updates, "one two");
      co_await test::pause(50ms);  // the third is in the queue
      bool changed = false;
      s.api.first = [&](std::uint32_t id, bytes_view) -> std::optional<scripted_api::reply> {
        if (id != tl::updates::getDifference::tl_id || std::exchange(changed, true)) return {};
        (void)s.api.alice_writes("four");
        updates.reset();
        updates.emplace(c.updates());
        return {};
      };
      push_too_long(s);
      co_await test::pause(50ms);
      CHECK(changed);
      co_await expect_texts(*updates, "two three four");
    });
  });
}

TEST_CASE("a first login under an open stream asks once where it stands", "[client][updates]") {
  play([](client_stage& s) -> task<> {
    int asked = 0;
    count_calls<tl::updates::getState>(s, asked);
    co_await live(s, [&](client& c) -> task<> {
      auto updates = c.updates();
      co_await log_in(c);
      s.alice_writes("one");
      co_await expect_texts(updates, "one");
    });
    CHECK(asked == 1);
  });
}

TEST_CASE("an update that comes as the time is up is not lost", "[client][updates]") {
  play([](client_stage& s) -> task<> {
    co_await listen(s, [&](update_stream& updates) -> task<> {
      for (int turns = 0; turns < 40; ++turns) {
        std::string got;
        auto wait = [&]() -> task<> {
          auto waiting = with_timeout(next_text(updates), 4ms);
          auto const failed =
              co_await failure_of([&]() -> task<> { got = co_await std::move(waiting); }());
          CHECK((!failed || code_of(failed) == client_errc::timed_out));
        };
        task_scope scope(s.executor);
        scope.spawn(wait());
        for (int i = 0; i < 8; ++i) co_await asio::post(s.executor, asio::use_awaitable);
        std::string const text = std::to_string(turns);
        s.alice_writes(text);
        for (int i = 0; i < turns / 2; ++i) co_await asio::post(s.executor, asio::use_awaitable);
        std::this_thread::sleep_for(5ms);  // both are there when the loop looks again
        co_await scope.join();
        if (got.empty()) got = co_await with_timeout(next_text(updates), 5s);
        CHECK(got == text);
      }
    });
  });
}

namespace {

constexpr std::int64_t channel_id = 77;

tl::message post_of_channel(std::int32_t pts) {
  tl::message out;
  out.id = pts;
  out.post = true;
  out.peer_id = tl::peerChannel{.channel_id = channel_id};
  out.message = tl::string("post" + std::to_string(pts));
  return out;
}

void channel_posts(client_stage& s, std::int32_t pts) {
  tl::updateNewChannelMessage update;
  update.message = post_of_channel(pts);
  update.pts = pts;
  update.pts_count = 1;
  tl::updates_ all;
  all.updates.push_back(std::move(update));
  bytes const news = test::to_bytes(tl::Updates(std::move(all)));
  s.server.push(news);
}

/// Refuses the first difference of a channel with `text`; then answers with what is missing up to
/// `pts`.
struct refusing_channel {
  std::string_view text;
  std::int32_t code = 400;
  std::int32_t pts = 3;
  int asked = 0;
  int asked_state = 0;

  std::optional<scripted_api::reply> operator()(std::uint32_t id, bytes_view query) {
    if (id == tl::updates::getState::tl_id) ++asked_state;
    if (id != tl::updates::getChannelDifference::tl_id) return {};
    if (++asked == 1) return test::scripted_server::refusal{code, text};
    auto const call = *tl::decode<tl::updates::getChannelDifference>(query);
    tl::updates::channelDifference out;
    out.final = true;
    out.pts = pts;
    for (auto i = call->pts + 1; i <= pts; ++i) out.new_messages.push_back(post_of_channel(i));
    return test::to_bytes(tl::updates::ChannelDifference(std::move(out)));
  }
};

}  // namespace

TEST_CASE("a channel whose difference is refused is asked again, and holds up nobody",
          "[client][updates]") {
  play([](client_stage& s) -> task<> {
    refusing_channel channel{.text = "PERSISTENT_TIMESTAMP_INVALID"};
    s.api.first = std::ref(channel);
    co_await listen(s, [&](update_stream& updates) -> task<> {
      channel_posts(s, 1);
      co_await expect_texts(updates, "post1");
      channel_posts(s, 3);
      co_await test::pause(50ms);
      CHECK(channel.asked == 1);
      s.alice_writes("meanwhile");
      co_await expect_texts(updates, "meanwhile");
      CHECK(channel.asked == 1);
      co_await expect_texts(updates, "post2 post3");
    });
    CHECK(channel.asked == 2);
    CHECK(channel.asked_state == 1);  // at the login
  });
}

TEST_CASE("a channel that is closed to us is not asked again", "[client][updates]") {
  play([](client_stage& s) -> task<> {
    refusing_channel channel{.text = "CHANNEL_PRIVATE"};
    s.api.first = std::ref(channel);
    co_await listen(s, [&](update_stream& updates) -> task<> {
      channel_posts(s, 1);
      co_await expect_texts(updates, "post1");
      channel_posts(s, 3);
      co_await test::pause(50ms);
      channel_posts(s, 7);
      co_await expect_texts(updates, "post7");
    });
    CHECK(channel.asked == 1);
  });
}

TEST_CASE("a difference that the server cannot give now is asked for again", "[client][updates]") {
  play([](client_stage& s) -> task<> {
    int asked_state = 0;
    int refusals = 0;
    s.api.first = [&](std::uint32_t id, bytes_view) -> std::optional<scripted_api::reply> {
      if (id == tl::updates::getState::tl_id) ++asked_state;
      if (id != tl::updates::getDifference::tl_id || s.api.pts() == 0 || refusals > 0) return {};
      ++refusals;
      return test::scripted_server::refusal{500, "PERSISTENT_TIMESTAMP_OUTDATED"};
    };
    client_config config = s.config();
    config.retry.server_error_budget = {};  // at once to the one who asked
    co_await live(s, config, [&](client& c) -> task<> {
      co_await log_in(c);
      auto updates = c.updates();
      co_await test::pause(50ms);
      (void)s.api.alice_writes("one");
      s.alice_writes("two");  // shows the gap
      co_await expect_texts(updates, "one two");
    });
    CHECK(refusals == 1);
    CHECK(asked_state == 1);  // at the login
  });
}

TEST_CASE("what was missed waits on the server while nobody reads", "[client][updates]") {
  play([](client_stage& s) -> task<> {
    int asked = 0;
    s.api.first = [&](std::uint32_t id, bytes_view query) -> std::optional<scripted_api::reply> {
      if (id != tl::updates::getDifference::tl_id) return {};
      ++asked;
      auto const call = *tl::decode<tl::updates::getDifference>(query);
      tl::updates::differenceSlice out;  // and there is always more
      out.intermediate_state.pts = call->pts + 5;
      for (int i = 1; i <= 5; ++i) {
        tl::message message;
        message.id = call->pts + i;
        message.peer_id = tl::peerUser{.user_id = scripted_api::alice_id};
        message.message = tl::string("m" + std::to_string(message.id));
        out.new_messages.push_back(std::move(message));
      }
      return test::to_bytes(tl::updates::Difference(std::move(out)));
    };
    client_config config = s.config();
    config.update_queue = 10;
    co_await live(s, config, [&](client& c) -> task<> {
      co_await log_in(c);
      auto updates = c.updates();
      co_await test::pause(100ms);
      CHECK(asked == 2);
      co_await expect_texts(updates, "m1 m2 m3 m4 m5 m6 m7 m8 m9 m10 m11 m12");
    });
  });
}

TEST_CASE("a difference brings the messages of secret chats too", "[client][updates]") {
  play([](client_stage& s) -> task<> {
    bool given = false;
    s.api.first = [&](std::uint32_t id, bytes_view) -> std::optional<scripted_api::reply> {
      if (id != tl::updates::getDifference::tl_id || std::exchange(given, true)) return {};
      tl::updates::difference out;
      tl::encryptedMessage secret;
      secret.chat_id = 5;
      secret.file = tl::encryptedFileEmpty{};
      out.new_encrypted_messages.push_back(std::move(secret));
      return test::to_bytes(tl::updates::Difference(std::move(out)));
    };
    co_await listen(s, [&](update_stream& updates) -> task<> {
      auto waiting = with_timeout(updates.next(), 5s);
      auto const got = co_await std::move(waiting);
      REQUIRE(got);
      auto const* brought = got->raw()->get_if<tl::updateNewEncryptedMessage>();
      REQUIRE(brought);
      CHECK(brought->message.get_if<tl::encryptedMessage>()->chat_id == 5);
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
    auto* message = kept->get_if<new_message>();
    CHECK(message->text() == "one");
    auto const failed = co_await failure_of(message->reply("too late"));
    CHECK(code_of(failed) == client_errc::closed);
  });
}
