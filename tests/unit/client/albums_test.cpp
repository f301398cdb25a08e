// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Streams that have albums as one event, and the life of the client among the updates.
#include "support/catch.hpp"
#include "support/client_stage.hpp"

#include <mtp/core/timeout.hpp>
#include <mtp/mtp.hpp>
#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/Peer.hpp>

#include <string>
#include <utility>
#include <vector>

using namespace mtp;
using namespace std::chrono_literals;
using namespace mtp::test;

namespace {

/// Alice sends one part of an album.
void alice_sends_part(client_stage& s, std::int64_t group, std::string const& caption) {
  tl::message part;
  part.id = s.api.next_id();
  part.peer_id = tl::peerUser{.user_id = 42};
  part.message = caption;
  part.grouped_id = group;
  bytes const news = to_bytes(s.api.alice_sends(part));
  s.server.push(news);
}

/// "text", "[one|two]" for an album, "connected" for a change of the client.
std::string name_of_update(update const& what) {
  if (auto const text = what.get_if<new_message>()) return text->text().str();
  if (auto const change = what.get_if<client_change>()) return std::string(name_of(change->kind()));
  auto const all = what.get_if<album>();
  if (!all) return "?";
  std::string out;
  for (auto const caption : all->captions()) out += "|" + std::string(caption);
  return "[" + out.substr(1) + "]";
}

task<update> next_of(update_stream& updates) {
  auto waiting = with_timeout(updates.next(), 5s);
  auto next = co_await std::move(waiting);
  if (!next) throw std::runtime_error("the stream has ended");
  co_return *std::move(next);
}

task<> expect_next(update_stream& updates, std::string wanted) {
  auto const next = co_await next_of(updates);
  CHECK(name_of_update(next) == wanted);
}

constexpr stream_options with_albums{.albums = true, .album_wait = 100ms};

}  // namespace

TEST_CASE("the parts of an album are one event, others keep them apart", "[client][albums]") {
  play([](client_stage& s) -> task<> {
    program const body = [&s](client& c) -> task<> {
      co_await log_in(c);
      {
        auto updates = c.updates(with_albums);
        for (auto const* caption : {"one", "", "three"}) alice_sends_part(s, 9, caption);
        auto const next = co_await next_of(updates);
        auto const all = next.get_if<album>();
        REQUIRE(all);
        CHECK(all->id() == 9);
        CHECK(all->messages().size() == 3);
        CHECK(all->caption() == "one");
        CHECK(all->captions() == std::vector<std::string_view>{"one", "", "three"});
        CHECK(all->sender() == peer_id{peer_kind::user, 42});
        CHECK(next.key() == "message 1 in user 42");
        co_await next.ack();
      }
      auto updates = c.updates();
      for (auto const* caption : {"four", "five"}) alice_sends_part(s, 8, caption);
      co_await expect_next(updates, "four");
      co_await expect_next(updates, "five");
    };
    co_await live(s, body);
  });
}

TEST_CASE("a program that ends while an album is coming gets all of it again", "[client][albums]") {
  play([](client_stage& s) -> task<> {
    program const first = [&s](client& c) -> task<> {
      co_await log_in(c);
      auto updates = c.updates(with_albums);
      s.alice_writes("before");
      co_await expect_next(updates, "before");
      alice_sends_part(s, 9, "one");
      std::string got;
      auto take = [&]() -> task<> {
        auto const next = co_await updates.next();
        got = next ? name_of_update(*next) : "the end";
      };
      auto waiting = with_timeout(take(), 20ms);
      auto const failed = co_await failure_of(std::move(waiting));
      CHECK(failed);
      CHECK(got == "");
    };
    co_await live(s, first);
    alice_sends_part(s, 9, "two");
    s.alice_writes("after");
    program const second = [](client& c) -> task<> {
      co_await log_in(c);
      auto updates = c.updates(with_albums);
      co_await expect_next(updates, "[one|two]");
      co_await expect_next(updates, "after");
    };
    co_await live(s, second);
  });
}

TEST_CASE("an album that was acknowledged does not come again", "[client][albums]") {
  play([](client_stage& s) -> task<> {
    program const first = [&s](client& c) -> task<> {
      co_await log_in(c);
      auto updates = c.updates(with_albums);
      alice_sends_part(s, 9, "one");
      alice_sends_part(s, 9, "two");
      auto const next = co_await next_of(updates);
      CHECK(name_of_update(next) == "[one|two]");
      co_await next.ack();
    };
    co_await live(s, first);
    s.alice_writes("after");
    program const second = [](client& c) -> task<> {
      co_await log_in(c);
      auto updates = c.updates(with_albums);
      co_await expect_next(updates, "after");
    };
    co_await live(s, second);
  });
}

TEST_CASE("what happens to the client comes among its updates", "[client][life]") {
  play([](client_stage& s) -> task<> {
    program const body = [&s](client& c) -> task<> {
      auto updates = c.updates({.life_cycle = true});
      auto first = co_await next_of(updates);
      while (name_of_update(first) != "connected") first = co_await next_of(updates);
      co_await first.ack();  // does nothing
      co_await log_in(c);
      std::string seen;
      while (seen != "signed in") {
        auto const next = co_await next_of(updates);
        seen = name_of_update(next);
      }
      s.alice_writes("hello");
      while (seen != "hello") {
        auto const next = co_await next_of(updates);
        seen = name_of_update(next);
        CHECK((seen == "hello" || seen == "caught up"));
      }
      s.server.drop_connections();
      std::string after;
      while (seen != "connected") {
        auto const next = co_await next_of(updates);
        seen = name_of_update(next);
        if (seen != "caught up") after += seen + " ";
      }
      CHECK(after == "disconnected connected ");
    };
    co_await live(s, body);
  });
}
