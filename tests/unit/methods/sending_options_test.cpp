// SPDX-License-Identifier: MIT OR Apache-2.0
//
// How messages are sent, as the other side sees it.
#include "messages_stage.hpp"

#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/MessageEntity.hpp>
#include <mtp/tl/types/MessageMedia.hpp>
#include <mtp/tl/types/MessageReplyHeader.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/ReplyMarkup.hpp>
#include <mtp/tl/types/WebPage.hpp>

#include <chrono>

using namespace mtp;
using namespace mtp::test;
using namespace std::chrono_literals;

namespace {

tl::messageReplyHeader const& header_of(message const& one) {
  auto const* header = one.reply_header().get_if<tl::messageReplyHeader>();
  REQUIRE(header);
  return *header;
}

std::chrono::sys_seconds in(message_stage const& s, std::chrono::seconds span) {
  return std::chrono::sys_seconds(std::chrono::seconds(s.now())) + span;
}

tl::messageMediaWebPage const* page_of(message const& one) {
  return one.media().get_if<tl::messageMediaWebPage>();
}

// [sending]
mtp::task<> remind(mtp::client& client, mtp::message const& asked) {
  auto const when = asked.date() + std::chrono::hours(8);
  co_await client.send_message("@alice", "Good morning! About that:",
                               {.reply_to = asked.id(),
                                .reply = {.quote = "after breakfast"},
                                .silent = true,
                                .preview = {.url = "https://example.org/two"},
                                .at = when});
}
// [/sending]

void make_pages(message_stage& s) {
  s.centre.with_world([](testing::world& w) {
    w.options().pages["https://example.org/one"] = {.title = "One"};
    w.options().pages["https://example.org/two"] = {.title = "Two"};
  });
}

}  // namespace

TEST_CASE("an answer quotes a part of what it answers", "[methods][sending]") {
  message_stage s;
  s.play([](client& alice, client& bob) -> task<> {
    auto const asked = co_await alice.send_message("@bob", "one two three");
    auto const heard = co_await last_in(bob, "@alice");
    auto const sent = co_await bob.send_message(
        "@alice", "two it is",
        {.reply_to = heard.id(), .reply = {.quote = "two", .quote_offset = 4}});
    CHECK(header_of(sent).reply_to_msg_id == heard.id());
    auto const seen = co_await last_in(alice, "@bob");
    CHECK(seen.reply_to() == asked.id());
    CHECK(header_of(seen).quote);
    CHECK(header_of(seen).quote_text == tl::string("two"));
    CHECK(header_of(seen).quote_offset == 4);
    auto const wrong = co_await refusal_of(
        bob.send_message("@alice", "four", {.reply_to = heard.id(), .reply = {.quote = "four"}}));
    CHECK(wrong == "QUOTE_TEXT_INVALID");
  });
}

TEST_CASE("an answer to a message of another chat names both", "[methods][sending]") {
  message_stage s;
  s.play([](client& alice, client& bob) -> task<> {
    auto const post = co_await alice.send_message("@news", "what do you think?");
    co_await alice.send_message("@bob", "I like it",
                                {.reply_to = post.id(), .reply = {.chat = peer_ref("@news")}});
    auto const seen = co_await last_in(bob, "@alice");
    CHECK(header_of(seen).reply_to_msg_id == post.id());
    REQUIRE(header_of(seen).reply_to_peer_id);
    CHECK(header_of(seen).reply_to_peer_id.get_if<tl::peerChannel>()->channel_id == 5001);
    auto const wrong = co_await refusal_of(
        alice.send_message("@bob", "no", {.reply_to = 4711, .reply = {.chat = peer_ref("@news")}}));
    CHECK(wrong == "REPLY_MESSAGE_ID_INVALID");
  });
}

TEST_CASE("stories, topics, options and items of lists are answered", "[methods][sending]") {
  message_stage s;
  s.play([](client& alice, client&) -> task<> {
    auto const story = co_await alice.send_message("@bob", "nice", {.reply = {.story = 7}});
    auto const* of = story.reply_header().get_if<tl::messageReplyStoryHeader>();
    REQUIRE(of);
    CHECK(of->story_id == 7);
    CHECK(of->peer.get_if<tl::peerUser>()->user_id == 43);
    auto const first = co_await alice.send_message("@talk", "a topic");
    auto const in_topic =
        co_await alice.send_message("@talk", "there", {.reply = {.topic = first.id()}});
    CHECK(in_topic.topic() == first.id());
    auto const item = co_await alice.send_message(
        "@talk", "that one", {.reply_to = first.id(), .reply = {.todo_item = 3}});
    CHECK(header_of(item).todo_item_id == 3);
    auto const option = co_await alice.send_message(
        "@talk", "or that", {.reply_to = first.id(), .reply = {.poll_option = "b"}});
    CHECK(header_of(option).poll_option == tl::bytes(mtp::as_bytes("b")));
  });
}

TEST_CASE("a message is silent, protected, and has an effect", "[methods][sending]") {
  message_stage s;
  s.play([](client& alice, client& bob) -> task<> {
    co_await alice.send_message("@bob", "psst",
                                {.silent = true, .is_protected = true, .effect = 51});
    auto const seen = co_await last_in(bob, "@alice");
    CHECK(seen.is_silent());
    CHECK(seen.is_protected());
    CHECK(seen.raw()->effect == 51);
    auto const restricted = co_await refusal_of(bob.messages().forward("me", "@alice", seen.id()));
    CHECK(restricted == "CHAT_FORWARDS_RESTRICTED");
    auto const wrong = co_await refusal_of(alice.send_message("@talk", "x", {.effect = 51}));
    CHECK(wrong == "EFFECT_ID_INVALID");
  });
}

TEST_CASE("the page that a message shows is chosen, large and above the text",
          "[methods][sending]") {
  message_stage s;
  make_pages(s);
  s.play([](client& alice, client& bob) -> task<> {
    auto const plain = co_await alice.send_message("@bob", "see https://example.org/one");
    REQUIRE(page_of(plain));
    CHECK(page_of(plain)->webpage.get_if<tl::webPage>()->title == tl::string("One"));
    auto const none =
        co_await alice.send_message("@bob", "see https://example.org/one", {.link_preview = false});
    CHECK(!none.has_media());
    co_await alice.send_message(
        "@bob", "see https://example.org/one",
        {.silent = true,
         .preview = {.url = "https://example.org/two", .size = preview_size::large},
         .inverted = true});
    auto const seen = co_await last_in(bob, "@alice");
    CHECK(seen.text() == "see https://example.org/one");
    CHECK(seen.is_silent());
    REQUIRE(page_of(seen));
    CHECK(page_of(seen)->force_large_media);
    CHECK(page_of(seen)->webpage.get_if<tl::webPage>()->title == tl::string("Two"));
    CHECK(seen.raw()->invert_media);
    auto const unknown = co_await refusal_of(
        alice.send_message("@bob", "", {.preview = {.url = "https://example.org/three"}}));
    CHECK(unknown == "WEBPAGE_NOT_FOUND");
  });
}

TEST_CASE("entities and a keyboard go with a text", "[methods][sending]") {
  message_stage s;
  s.play([](client& alice, client& bob) -> task<> {
    tl::list<tl::MessageEntity> const bold{tl::messageEntityBold{.offset = 0, .length = 3}};
    co_await alice.send_message("@bob", "big news", {.entities = &bold});
    auto const seen = co_await last_in(bob, "@alice");
    REQUIRE(seen.entities().size() == 1);
    CHECK(seen.entities()[0].get_if<tl::messageEntityBold>()->length == 3);
  });
}

TEST_CASE("one writes in the name of one's channel, and of no other", "[methods][sending]") {
  message_stage s;
  s.play([](client& alice, client& bob) -> task<> {
    co_await alice.send_message("@talk", "official", {.send_as = peer_ref("@news")});
    auto const seen = co_await last_in(bob, "@talk");
    CHECK(seen.sender() == peer_id{peer_kind::channel, 5001});
    auto const wrong =
        co_await refusal_of(bob.send_message("@talk", "official", {.send_as = peer_ref("@news")}));
    CHECK(wrong == "SEND_AS_PEER_INVALID");
  });
}

TEST_CASE("who wants Stars for a message gets no more than was allowed", "[methods][sending]") {
  message_stage s;
  s.centre.with_world([](testing::world& w) { w.everybody().find(44)->message_price = 2; });
  s.play_alone([](client& alice) -> task<> {
    auto const refused = co_await refusal_of(alice.send_message("@carol", "hello"));
    CHECK(refused == "ALLOW_PAYMENT_REQUIRED");
    auto const sent = co_await alice.send_message("@carol", "hello", {.paid_stars = 10});
    CHECK(sent.raw()->paid_message_stars == 2);
  });
}

TEST_CASE("a message that goes later waits, and then goes by itself", "[methods][sending]") {
  message_stage s;
  s.play([&](client& alice, client& bob) -> task<> {
    auto const waits = co_await alice.send_message("@bob", "good morning", {.at = in(s, 8h)});
    CHECK(waits.text() == "good morning");
    CHECK(waits.date() == in(s, 8h));
    auto const before = co_await bob.get_history("@alice", 1);
    CHECK(before.empty());
    co_await s.sim.sleep(8h + 1s);
    auto const after = co_await last_in(bob, "@alice");
    CHECK(after.text() == "good morning");
    CHECK(after.was_scheduled());
    auto const online = co_await alice.send_message("@bob", "there?", {.when_online = true});
    CHECK(online.date().time_since_epoch().count() == 0x7ffffffe);
    auto const late = co_await refusal_of(alice.send_message("@bob", "x", {.at = in(s, 9000h)}));
    CHECK(late == "SCHEDULE_DATE_TOO_LATE");
    auto const past = co_await refusal_of(alice.send_message("@bob", "x", {.at = in(s, -1h)}));
    CHECK(past == "SCHEDULE_DATE_INVALID");
  });
}

TEST_CASE("options that contradict each other are refused before anything is sent",
          "[methods][sending]") {
  message_stage s;
  s.play_alone([&](client& alice) -> task<> {
    std::vector<send_message_options> const wrong{
        {.at = in(s, 1h), .when_online = true},
        {.repeat = 24h},
        {.reply_to = 1, .reply = {.story = 1}},
        {.reply = {.quote = "x"}},
        {.link_preview = false, .preview = {.url = "https://example.org"}},
        {.random_id = 0},
    };
    for (auto const& options : wrong) {
      auto const refused = co_await refusal_of(alice.send_message("@bob", "x", options));
      CHECK(refused == bad_argument());
    }
    CHECK(s.centre.calls("messages.sendMessage") == 0);
  });
}

TEST_CASE("the guide's reminder waits with its quote and its page", "[methods][sending]") {
  message_stage s;
  make_pages(s);
  s.play([&](client& alice, client& bob) -> task<> {
    co_await alice.send_message("@bob", "Tell me after breakfast, please");
    auto const asked = co_await last_in(bob, "@alice");
    co_await remind(bob, asked);
    co_await s.sim.sleep(9h);
    auto const seen = co_await last_in(alice, "@bob");
    CHECK(seen.text() == "Good morning! About that:");
    CHECK(header_of(seen).quote_text == tl::string("after breakfast"));
    CHECK(page_of(seen));
  });
}
