// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Long lists of messages, page after page.
#include "messages_stage.hpp"

#include <mtp/tl/functions/messages.hpp>
#include <mtp/tl/types/InputMedia.hpp>
#include <mtp/tl/types/Message.hpp>

#include <chrono>

using namespace mtp;
using namespace mtp::test;
using namespace std::chrono_literals;
using mtp::testing::method_fault;
using mtp::testing::rpc_fault;

namespace {

// [history]
mtp::task<std::size_t> count_photos(mtp::client& client, mtp::peer_ref chat) {
  std::size_t count = 0;
  auto photos = client.messages().search(chat, "", {.filter = mtp::media_filter::photos});
  while (auto const one = co_await photos.next()) ++count;
  co_return count;
}
// [/history]

/// Bob writes numbers to Alice.
void fill(message_stage& s, int count) {
  auto const now = s.now();
  s.centre.with_world([&](testing::world& w) {
    for (int i = 1; i <= count; ++i)
      (void)w.send(43, testing::peer::user(42), std::to_string(i), now + i);
  });
}

}  // namespace

TEST_CASE("a history of any length is read page after page, each message once",
          "[methods][lists]") {
  for (int const count : {0, 1, 99, 100, 101, 250}) {
    CAPTURE(count);
    message_stage s;
    s.play_alone([&](client& alice) -> task<> {
      fill(s, count);
      auto const all = co_await all_of(alice.messages().history("@bob"));
      REQUIRE(all.size() == static_cast<std::size_t>(count));
      for (int i = 0; i < count; ++i)
        CHECK(all[static_cast<std::size_t>(i)].text() == std::to_string(count - i));
      CHECK(s.centre.calls("messages.getHistory") <= static_cast<std::size_t>(count / 100 + 2));
    });
  }
}

TEST_CASE("a list of messages has limits, and asks for no page that nobody wants",
          "[methods][lists]") {
  message_stage s;
  s.play_alone([&](client& alice) -> task<> {
    fill(s, 250);
    auto const some = co_await all_of(alice.messages().history("@bob", {.limit = 30}));
    CHECK(some.size() == 30);
    CHECK(s.centre.calls("messages.getHistory") == 1);
    auto const older = co_await all_of(
        alice.messages().history("@bob", {.before_id = some.back().id(), .limit = 1}));
    CHECK(texts_of(older) == std::vector<std::string>{"220"});
    auto const newer =
        co_await all_of(alice.messages().history("@bob", {.after_id = some[2].id()}));
    CHECK(texts_of(newer) == std::vector<std::string>{"250", "249"});
  });
}

TEST_CASE("a page that is refused is asked for again", "[methods][lists]") {
  message_stage s;
  s.play_alone([&](client& alice) -> task<> {
    fill(s, 150);
    auto list = alice.messages().history("@bob");
    for (int i = 0; i < 100; ++i) co_await list.next();
    s.centre.add_fault({.method = "messages.getHistory", .refusal = rpc_fault{400, "TRY_AGAIN"}});
    auto const refused = co_await refusal_of(list.next());
    CHECK(refused == "TRY_AGAIN");
    s.centre.add_fault(
        {.method = "messages.getHistory", .refusal = rpc_fault{420, "FLOOD_WAIT_3"}});
    auto const next = co_await list.next();
    REQUIRE(next);
    CHECK(next->text() == "50");
  });
}

TEST_CASE("a conversation is searched by text, author, kind and time", "[methods][lists]") {
  message_stage s;
  s.play([&](client& alice, client& bob) -> task<> {
    fill(s, 120);
    co_await bob.send_message("@alice", "see you at 12");
    co_await alice.send_message("@bob", "at 12, good");
    auto const found = co_await all_of(alice.messages().search("@bob", "12"));
    CHECK(found.size() == 5);
    CHECK(found.front().text() == "at 12, good");
    auto const theirs =
        co_await all_of(alice.messages().search("@bob", "at 12", {.from = peer_ref("@bob")}));
    CHECK(texts_of(theirs) == std::vector<std::string>{"see you at 12"});
    auto const photos =
        co_await all_of(alice.messages().search("@bob", "", {.filter = media_filter::photos}));
    CHECK(photos.empty());
    auto const count = co_await count_photos(alice, "@bob");
    CHECK(count == 0);
    auto const old = co_await all_of(alice.messages().search(
        "@bob", "",
        {.before = std::chrono::sys_seconds(std::chrono::seconds(found[3].raw()->date))}));
    CHECK(old.size() >= 12);
    co_await alice.send_message("@news", "post 12");
    auto const posts = co_await all_of(bob.messages().search("@news", "12"));
    CHECK(texts_of(posts) == std::vector<std::string>{"post 12"});
  });
}

TEST_CASE("a list ends at once for a conversation that cannot be read", "[methods][lists]") {
  message_stage s;
  s.play_alone([](client& alice) -> task<> {
    auto const refused =
        co_await refusal_of(all_of(alice.messages().history(peer_id{peer_kind::user, 99})));
    CHECK(refused == make_error_code(client_errc::unknown_peer).message());
  });
}
