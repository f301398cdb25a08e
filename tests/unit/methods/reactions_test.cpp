// SPDX-License-Identifier: MIT OR Apache-2.0
#include "messages_stage.hpp"

#include <iostream>

using namespace mtp;
using namespace mtp::test;

namespace {

constexpr char fire[] = "\xf0\x9f\x94\xa5";
constexpr char heart[] = "\xe2\x9d\xa4";

}  // namespace

// [reactions]
mtp::task<> applaud(mtp::client& client, mtp::peer_ref chat, std::int32_t id) {
  auto const now = co_await client.reactions().give(chat, id, "\xf0\x9f\x94\xa5", {.big = true});
  for (auto const& each : now) std::cout << each.what.emoji() << " " << each.count << "\n";
}
// [/reactions]

TEST_CASE("a reaction is given, seen by the other, replaced and taken back",
          "[methods][reactions]") {
  message_stage s;
  s.play([](client& alice, client& bob) -> task<> {
    auto const sent = co_await alice.send_message("@bob", "done!");
    auto const seen = co_await last_in(bob, "@alice");
    auto const given = co_await bob.reactions().give("@alice", seen.id(), fire);
    REQUIRE(given.size() == 1);
    CHECK(given[0].what == reaction(fire));
    CHECK(given[0].count == 1);
    CHECK(given[0].ours);
    auto const ours = co_await alice.messages().get("@bob", sent.id());
    CHECK(ours->reaction_count() == 1);
    auto const both = co_await alice.reactions().give("@bob", sent.id(), heart);
    CHECK(both.size() == 2);
    auto const same = co_await refusal_of(bob.reactions().give("@alice", seen.id(), fire));
    CHECK(same == "MESSAGE_NOT_MODIFIED");
    auto const left = co_await bob.reactions().take_back("@alice", seen.id());
    REQUIRE(left.size() == 1);
    CHECK(left[0].what == reaction(heart));
    CHECK(!left[0].ours);
    co_await applaud(bob, "@alice", seen.id());
  });
}

TEST_CASE("reactions that nobody knows, or too many, are refused", "[methods][reactions]") {
  message_stage s;
  s.play_alone([](client& alice) -> task<> {
    auto const sent = co_await alice.send_message("@bob", "done!");
    auto const unknown = co_await refusal_of(alice.reactions().give("@bob", sent.id(), "x"));
    CHECK(unknown == "REACTION_INVALID");
    std::vector<reaction> const two{fire, heart};
    auto const many = co_await refusal_of(alice.reactions().give("@bob", sent.id(), two));
    CHECK(many == "REACTIONS_TOO_MANY");
    auto const wrong = co_await refusal_of(alice.reactions().give("@bob", 0, fire));
    CHECK(wrong == bad_argument());
    auto const missing = co_await refusal_of(alice.reactions().give("@bob", 4711, fire));
    CHECK(missing == "MESSAGE_ID_INVALID");
  });
}

TEST_CASE("who reacted is listed, with one of them or all", "[methods][reactions]") {
  message_stage s;
  s.play([](client& alice, client& bob) -> task<> {
    auto const post = co_await alice.send_message("@talk", "done!");
    co_await alice.reactions().give("@talk", post.id(), heart);
    co_await bob.reactions().give("@talk", post.id(), fire);
    auto all = alice.reactions().who("@talk", post.id());
    auto const first = co_await all.next();
    auto const second = co_await all.next();
    auto const end = co_await all.next();
    REQUIRE((first && second));
    CHECK(!end);
    CHECK(second->who == peer_id{peer_kind::user, 43});
    auto hot = alice.reactions().who("@talk", post.id(), reaction(fire));
    auto const only = co_await hot.next();
    REQUIRE(only);
    CHECK(only->who == peer_id{peer_kind::user, 43});
    auto const in_news = co_await alice.send_message("@news", "done!");
    auto hidden = alice.reactions().who("@news", in_news.id());
    auto const refused = co_await refusal_of(hidden.next());
    CHECK(refused == "BROADCAST_FORBIDDEN");
  });
}

TEST_CASE("a post is paid for with Stars", "[methods][reactions]") {
  message_stage s;
  s.play([](client& alice, client& bob) -> task<> {
    auto const post = co_await alice.send_message("@news", "done!");
    auto const paid = co_await bob.reactions().pay("@news", post.id(), 5);
    REQUIRE(paid.size() == 1);
    CHECK(paid[0].what.is_paid());
    CHECK(paid[0].count == 5);
    auto const none = co_await refusal_of(bob.reactions().pay("@news", post.id(), 0));
    CHECK(none == bad_argument());
  });
}

TEST_CASE("reactions that there are, and those given last, are listed", "[methods][reactions]") {
  message_stage s;
  s.play_alone([](client& alice) -> task<> {
    auto const known = co_await alice.reactions().available();
    REQUIRE(known.size() == 5);
    CHECK(known[3].what == reaction(fire));
    CHECK(known[3].title == "Fire");
    CHECK(known[3].active);
    auto const top = co_await alice.reactions().top(2);
    CHECK(top.size() == 2);
    auto const sent = co_await alice.send_message("@bob", "done!");
    co_await alice.reactions().give("@bob", sent.id(), fire, {.remember = true});
    auto const last = co_await alice.reactions().recent();
    CHECK(last == std::vector<reaction>{fire});
    co_await alice.reactions().clear_recent();
    auto const none = co_await alice.reactions().recent();
    CHECK(none.empty());
    co_await alice.reactions().set_default(fire);
    auto const wrong = co_await refusal_of(alice.reactions().set_default("x"));
    CHECK(wrong == "REACTION_INVALID");
    co_await alice.reactions().mark_read("@bob");
  });
}
