// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Formatted texts and keyboards, sent, edited and received. What the guide shows stands between
// marks.
#include "messages_stage.hpp"

#include <mtp/tl/types/InputUser.hpp>
#include <mtp/tl/types/MessageEntity.hpp>
#include <mtp/tl/types/ReplyMarkup.hpp>

#include <iostream>

using namespace mtp;
using namespace mtp::test;

namespace {

/// One who asks for the access hashes that a client was given.
constexpr std::string_view strict_people = R"({
  "strict_access_hashes": true,
  "users": [
    {"id": 42, "first_name": "Alice", "username": "alice", "phone": "+9996621001", "code": "12345"},
    {"id": 43, "first_name": "Bob", "username": "bob", "phone": "+9996621002", "code": "12345"}
  ]
})";

// [formatted]
namespace text = mtp::text;

mtp::task<mtp::message> report(mtp::client& client, mtp::user const& who, std::string address) {
  auto const made = text::bold("Done: ") + text::mention(who.first_name().str(), who.id()) +
                    " has written " + text::link("the report", address) + ".\n" +
                    text::collapsed_quote("Chapter 1\nChapter 2\nChapter 3\nChapter 4");
  co_return co_await client.send_message("@bob", made);
}
// [/formatted]

// [split]
/// Sends a text of any length, in as many messages as it takes.
mtp::task<> send_all(mtp::client& client, mtp::peer_ref to, mtp::formatted_text text) {
  auto const parts = mtp::split(text);
  for (auto const& part : parts) co_await client.send_message(to, part);
}
// [/split]

// [markup]
mtp::task<> repeat_in_bold(mtp::client& client, mtp::message heard) {
  auto const louder = mtp::text::bold(heard.formatted());
  std::cout << mtp::to_html(louder) << "\n";
  co_await client.messages().edit(heard.chat(), heard.id(), louder);
  auto const note = mtp::parse_markdown("*Edited*, ||nobody|| has seen it");
  co_await heard.reply(note);
}
// [/markup]

// [keyboard]
struct vote {
  static constexpr std::string_view callback_name = "vote";

  std::int64_t poll = 0;
  bool up = false;
};

mtp::task<> ask_for_votes(mtp::client& client, mtp::peer_ref chat, std::int64_t poll) {
  mtp::callback_data<vote> const votes;
  mtp::inline_keyboard keyboard;
  keyboard.row(mtp::inline_button::callback("Yes", votes.pack({poll, true}))
                   .with({.color = mtp::button_color::success}),
               mtp::inline_button::callback("No", votes.pack({poll, false})));
  keyboard.row(mtp::inline_button::url("What is it about?", "https://example.org/"));
  co_await client.send_message(chat, "Shall we?", {.keyboard = keyboard});
}
// [/keyboard]

}  // namespace

TEST_CASE("a formatted text arrives as it was made", "[methods][text]") {
  message_stage s;
  s.play([](client& alice, client& bob) -> task<> {
    auto const me = co_await alice.get_me();
    auto const sent = co_await report(alice, me, "https://example.org/");
    auto const seen = co_await last_in(bob, "@alice");
    CHECK(seen.formatted() == sent.formatted());
    CHECK(to_html(seen.formatted()) ==
          "<b>Done: </b><a href=\"tg://user?id=42\">Alice</a> has written "
          "<a href=\"https://example.org/\">the report</a>.\n"
          "<blockquote expandable>Chapter 1\nChapter 2\nChapter 3\nChapter 4</blockquote>");
  });
}

TEST_CASE("a mention by name has the access hash that the client knows", "[methods][text]") {
  log_in_stage s(strict_people);
  as_alice(s, [](client& alice) -> task<> {
    auto const named = text::mention("Bob", 43);
    auto const unknown = co_await refusal_of(alice.send_message("me", named));
    CHECK(unknown == make_error_code(client_errc::unknown_peer).message());
    co_await alice.resolve("bob");
    auto const sent = co_await alice.send_message("me", named);
    CHECK(sent.formatted() == named);
    auto const wrong = co_await alice.send_message("me", text::mention("Bob", 43, 77));
    CHECK(wrong.formatted() == formatted_text("Bob"));
    auto const again = co_await alice.messages().edit("me", wrong.id(), named);
    CHECK(again.formatted() == named);
  });
}

TEST_CASE("a formatted text is edited in, and answered with", "[methods][text]") {
  message_stage s;
  s.play([](client& alice, client& bob) -> task<> {
    auto sent = co_await alice.send_message("@bob", text::italic("x"));
    co_await repeat_in_bold(alice, sent);
    auto const all = co_await bob.get_history("@alice", 2);
    REQUIRE(all.size() == 2);
    CHECK(all[1].formatted() == text::bold(text::italic("x")));
    CHECK(all[0].formatted() ==
          text::bold("Edited") + ", " + text::spoiler("nobody") + " has seen it");
    CHECK(all[0].reply_to() == all[1].id());
  });
}

TEST_CASE("a long text arrives in several messages", "[methods][text]") {
  message_stage s;
  s.play([](client& alice, client& bob) -> task<> {
    formatted_text all;
    for (int i = 0; i < 130; ++i) all += text::bold("line") + " " + std::to_string(i) + "\n";
    co_await send_all(alice, "@bob", all);
    auto const seen = co_await bob.get_history("@alice", 5);
    REQUIRE(seen.size() == 2);
    CHECK(seen[1].formatted() + "\n" + seen[0].formatted() == all);
  });
}

TEST_CASE("a keyboard arrives as it was built", "[methods][keyboards]") {
  message_stage s;
  s.play([](client& alice, client& bob) -> task<> {
    co_await ask_for_votes(alice, "@bob", 5);
    auto const seen = co_await last_in(bob, "@alice");
    auto const keyboard = inline_keyboard::of(seen.keyboard());
    REQUIRE(keyboard);
    REQUIRE(keyboard->rows().size() == 2);
    CHECK(keyboard->rows()[0][0].text() == "Yes");
    CHECK(keyboard->rows()[0][0].style().color == button_color::success);
    hide_keyboard const hides;
    co_await alice.send_message("@bob", "no more keys", {.keyboard = hides});
    auto const last = co_await last_in(bob, "@alice");
    CHECK(last.keyboard().holds<tl::replyKeyboardHide>());
  });
}
