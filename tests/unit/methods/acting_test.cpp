// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What is done to messages that are there: edits, deletions, forwards, pins, reading, typing.
#include "messages_stage.hpp"

#include <mtp/tl/functions/messages.hpp>
#include <mtp/tl/types/InlineButtonType.hpp>
#include <mtp/tl/types/InputMedia.hpp>
#include <mtp/tl/types/KeyboardInlineButton.hpp>
#include <mtp/tl/types/KeyboardInlineButtonRow.hpp>
#include <mtp/tl/types/MessageFwdHeader.hpp>
#include <mtp/tl/types/MessageMedia.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/ReplyMarkup.hpp>

#include <chrono>
#include <iostream>

using namespace mtp;
using namespace mtp::test;
using namespace std::chrono_literals;

namespace {

// [acting]
mtp::task<> tidy(mtp::client& client, mtp::peer_ref chat, std::int32_t id) {
  auto const messages = client.messages();
  auto const typing = co_await messages.type_in(chat);
  auto const fixed = co_await messages.edit(chat, id, "At nine, not at ten.");
  co_await messages.pin(chat, fixed.id(), {.silent = true});
  co_await messages.forward("me", chat, fixed.id());
  bool const was_there = co_await messages.remove(chat, fixed.id() + 1);
  if (was_there) std::cout << "one less\n";
}
// [/acting]

/// What was typed where somebody listens, until something else comes.
task<bool> hears_typing(update_stream& of) {
  while (auto one = co_await of.next())
    if (one->holds<typing>()) co_return true;
  co_return false;
}

}  // namespace

TEST_CASE("an edit is the new text for both, in private chats, groups and channels",
          "[methods][messages]") {
  message_stage s;
  s.play([](client& alice, client& bob) -> task<> {
    struct place {
      std::string ours, theirs;
    };
    for (place const& at : {place{"@bob", "@alice"}, {"@talk", "@talk"}, {"@news", "@news"}}) {
      auto const sent = co_await alice.send_message(at.ours, "helo");
      auto const edited = co_await alice.messages().edit(at.ours, sent.id(), "hello");
      CHECK(edited.id() == sent.id());
      CHECK(edited.text() == "hello");
      CHECK(edited.edited());
      auto const seen = co_await last_in(bob, at.theirs);
      CHECK(seen.text() == "hello");
      auto const same = co_await refusal_of(alice.messages().edit(at.ours, sent.id(), "hello"));
      CHECK(same == "MESSAGE_NOT_MODIFIED");
      auto const foreign = co_await refusal_of(bob.messages().edit(at.theirs, seen.id(), "mine"));
      CHECK(foreign == (at.ours == "@talk" ? "" : "MESSAGE_AUTHOR_REQUIRED"));
    }
    auto const none = co_await refusal_of(alice.messages().edit("@bob", 4711, "x"));
    CHECK(none == "MESSAGE_ID_INVALID");
    auto const wrong = co_await refusal_of(alice.messages().edit("@bob", 0, "x"));
    CHECK(wrong == bad_argument());
  });
}

TEST_CASE("media of a message is replaced, its caption stays unless it is given",
          "[methods][messages]") {
  message_stage s;
  s.play_alone([](client& alice) -> task<> {
    tl::InputMedia const contact = tl::inputMediaContact{
        .phone_number = "+1", .first_name = "A", .last_name = "", .vcard = ""};
    auto const sent = co_await alice.send_message("@bob", "look");
    auto const with = co_await alice.messages().edit_media("@bob", sent.id(), contact);
    CHECK(with.text() == "look");
    CHECK(with.media().get_if<tl::messageMediaContact>()->first_name == "A");
    tl::InputMedia const dice = tl::inputMediaDice{.emoticon = "🎲"};
    auto const renamed = co_await alice.messages().edit_media("@bob", sent.id(), dice, "a throw");
    CHECK(renamed.text() == "a throw");
    CHECK(renamed.media().holds<tl::messageMediaDice>());
  });
}

TEST_CASE("a keyboard is replaced alone, and taken away", "[methods][messages]") {
  message_stage s;
  s.play_alone([](client& alice) -> task<> {
    tl::keyboardInlineButtonRow row;
    row.buttons.push_back(tl::keyboardInlineButton{
        .text = "go", .type = tl::inlineButtonTypeUrl{.url = "https://example.org"}});
    tl::replyInlineMarkup rows;
    rows.rows.push_back(std::move(row));
    tl::ReplyMarkup const keyboard = std::move(rows);
    auto const sent = co_await alice.send_message("@bob", "choose", {.keyboard = &keyboard});
    CHECK(sent.keyboard().holds<tl::replyInlineMarkup>());
    tl::ReplyMarkup const none;
    auto const without = co_await alice.messages().edit_keyboard("@bob", sent.id(), none);
    CHECK(!without.keyboard());
    CHECK(without.text() == "choose");
    auto const with = co_await alice.messages().edit_keyboard("@bob", sent.id(), keyboard);
    CHECK(with.keyboard().holds<tl::replyInlineMarkup>());
  });
}

TEST_CASE("what is deleted is said, and numbers of other conversations stay",
          "[methods][messages]") {
  message_stage s;
  s.play([](client& alice, client& bob) -> task<> {
    auto const first = co_await alice.send_message("@bob", "one");
    auto const second = co_await alice.send_message("@bob", "two");
    auto const other = co_await alice.send_message("@carol", "keep");
    std::vector<std::int32_t> const ids{second.id(), 4711, other.id(), first.id(), second.id()};
    auto const gone = co_await alice.messages().remove("@bob", ids);
    CHECK(gone == std::vector<std::int32_t>{second.id(), first.id()});
    auto const kept = co_await alice.get_history("@carol", 10);
    CHECK(texts_of(kept) == std::vector<std::string>{"keep"});
    auto const theirs = co_await bob.get_history("@alice", 10);
    CHECK(theirs.empty());
    auto const again = co_await alice.messages().remove("@bob", first.id());
    CHECK(!again);
    auto const wrong = co_await refusal_of(alice.messages().remove("@bob", 0));
    CHECK(wrong == bad_argument());
  });
}

TEST_CASE("what is deleted for oneself stays with the other", "[methods][messages]") {
  message_stage s;
  s.play([](client& alice, client& bob) -> task<> {
    auto const sent = co_await alice.send_message("@bob", "one");
    auto const gone = co_await alice.messages().remove("@bob", sent.id(), {.for_all = false});
    CHECK(gone);
    auto const theirs = co_await bob.get_history("@alice", 10);
    CHECK(theirs.size() == 1);
  });
}

TEST_CASE("posts of a channel are deleted by who may", "[methods][messages]") {
  message_stage s;
  s.play([](client& alice, client& bob) -> task<> {
    auto const post = co_await alice.send_message("@news", "one");
    auto const refused = co_await refusal_of(bob.messages().remove("@news", post.id()));
    CHECK(refused == "MESSAGE_DELETE_FORBIDDEN");
    auto const gone = co_await alice.messages().remove("@news", post.id());
    CHECK(gone);
    auto const left = co_await bob.get_history("@news", 10);
    CHECK(left.empty());
  });
}

TEST_CASE("messages are forwarded in order, with and without their author", "[methods][messages]") {
  message_stage s;
  s.play([](client& alice, client& bob) -> task<> {
    auto const first = co_await bob.send_message("@alice", "one");
    auto const second = co_await bob.send_message("@alice", "two");
    auto const heard = co_await alice.get_history("@bob", 2);
    std::vector<std::int32_t> const ids{heard[1].id(), 4711, heard[0].id()};
    auto const sent = co_await alice.messages().forward("@talk", "@bob", ids);
    CHECK(texts_of(sent) == std::vector<std::string>{"one", "two"});
    REQUIRE(sent[0].is_forwarded());
    CHECK(sent[0].forward_header()->from_id.get_if<tl::peerUser>()->user_id == 43);
    auto const copy = co_await alice.messages().copy("@talk", "@bob", heard[0].id());
    CHECK(copy.text() == "two");
    CHECK(!copy.is_forwarded());
    forward_options quiet{.sending = {.silent = true}};
    auto const silent = co_await alice.messages().forward("@talk", "@bob", heard[0].id(), quiet);
    CHECK(silent.is_silent());
    auto const back = co_await alice.messages().forward("@bob", "@talk", silent.id());
    CHECK(back.text() == "two");
    auto const none = co_await refusal_of(alice.messages().forward("@talk", "@bob", 4711));
    CHECK(none == "MESSAGE_ID_INVALID");
    std::vector<std::int32_t> const empty;
    auto const nothing = co_await refusal_of(alice.messages().forward("@talk", "@bob", empty));
    CHECK(nothing == bad_argument());
  });
}

TEST_CASE("more than a hundred are forwarded in several requests", "[methods][messages]") {
  message_stage s;
  s.play_alone([&](client& alice) -> task<> {
    std::vector<std::int32_t> ids;
    for (int i = 0; i < 120; ++i) {
      auto const sent = co_await alice.send_message("me", std::to_string(i));
      ids.push_back(sent.id());
    }
    auto const all = co_await alice.messages().forward("@bob", "me", ids);
    REQUIRE(all.size() == 120);
    CHECK(all.front().text() == "0");
    CHECK(all.back().text() == "119");
    CHECK(s.centre.calls("messages.forwardMessages") == 2);
  });
}

TEST_CASE("a message is pinned for both, or for oneself", "[methods][messages]") {
  message_stage s;
  s.play([](client& alice, client& bob) -> task<> {
    auto const first = co_await alice.send_message("@bob", "one");
    auto const second = co_await alice.send_message("@bob", "two");
    co_await alice.messages().pin("@bob", first.id());
    co_await alice.messages().pin("@bob", second.id(), {.only_for_us = true});
    auto const ours = co_await all_of(alice.messages().pinned("@bob"));
    CHECK(texts_of(ours) == std::vector<std::string>{"two", "one"});
    auto const theirs = co_await all_of(bob.messages().pinned("@alice"));
    CHECK(texts_of(theirs) == std::vector<std::string>{"one"});
    co_await alice.messages().unpin("@bob", first.id());
    auto const left = co_await all_of(bob.messages().pinned("@alice"));
    CHECK(left.empty());
    auto const again = co_await refusal_of(alice.messages().unpin("@bob", first.id()));
    CHECK(again == "CHAT_NOT_MODIFIED");
    co_await alice.messages().unpin_all("@bob");
    auto const none = co_await all_of(alice.messages().pinned("@bob"));
    CHECK(none.empty());
    auto const wrong = co_await refusal_of(alice.messages().pin("@bob", 4711));
    CHECK(wrong == "MESSAGE_ID_INVALID");
  });
}

TEST_CASE("a channel's members see what is pinned there, and do not pin", "[methods][messages]") {
  message_stage s;
  s.play([](client& alice, client& bob) -> task<> {
    auto const post = co_await alice.send_message("@news", "one");
    co_await alice.messages().pin("@news", post.id());
    auto const seen = co_await all_of(bob.messages().pinned("@news"));
    CHECK(texts_of(seen) == std::vector<std::string>{"one"});
    CHECK(seen[0].is_pinned());
    auto const refused = co_await refusal_of(bob.messages().unpin("@news", post.id()));
    CHECK(refused == "CHAT_WRITE_FORBIDDEN");
  });
}

TEST_CASE("a pin and an edit of ours do not stop the updates", "[methods][messages]") {
  message_stage s;
  s.play([&](client& alice, client& bob) -> task<> {
    auto updates = alice.updates();
    auto const sent = co_await alice.send_message("@bob", "one");
    co_await alice.messages().pin("@bob", sent.id());
    co_await alice.messages().edit("@bob", sent.id(), "two");
    co_await alice.messages().unpin_all("@bob");
    co_await alice.messages().remove("@bob", sent.id());
    auto const differences = s.centre.calls("updates.getDifference");
    co_await bob.send_message("@alice", "still there?");
    while (auto one = co_await updates.next()) {
      auto const heard = one->get_if<new_message>();
      if (heard && heard->text() == "still there?") break;
    }
    CHECK(s.centre.calls("updates.getDifference") == differences);
  });
}

TEST_CASE("messages are had by their numbers, not by their places", "[methods][messages]") {
  message_stage s;
  s.play_alone([](client& alice) -> task<> {
    auto const first = co_await alice.send_message("@bob", "one");
    auto const other = co_await alice.send_message("@carol", "elsewhere");
    auto const second = co_await alice.send_message("@bob", "two");
    std::vector<std::int32_t> const ids{second.id(), 4711, other.id(), first.id()};
    auto const found = co_await alice.messages().get("@bob", ids);
    CHECK(texts_of(found) == std::vector<std::string>{"two", "one"});
    auto const one = co_await alice.messages().get("@bob", first.id());
    REQUIRE(one);
    CHECK(one->text() == "one");
    auto const none = co_await alice.messages().get("@bob", other.id());
    CHECK(!none);
    auto const wrong = co_await refusal_of(alice.messages().get("@bob", -1));
    CHECK(wrong == bad_argument());
  });
}

TEST_CASE("who marks a conversation as read tells those who wrote", "[methods][messages]") {
  message_stage s;
  s.play([](client& alice, client& bob) -> task<> {
    auto updates = bob.updates();
    auto const sent = co_await bob.send_message("@alice", "read me");
    co_await alice.messages().mark_read("@bob");
    std::int32_t read = 0;
    while (auto one = co_await updates.next()) {
      if (auto const news = one->get_if<history_read>()) {
        read = news->up_to();
        break;
      }
    }
    CHECK(read == sent.id());
    co_await alice.send_message("@news", "post");
    co_await bob.messages().mark_read("@news", 1);
  });
}

TEST_CASE("typing is shown as long as its guard lives, and then taken back",
          "[methods][messages]") {
  message_stage s;
  s.play([&](client& alice, client& bob) -> task<> {
    auto updates = bob.updates();
    {
      auto const guard = co_await alice.messages().type_in("@bob");
      CHECK(guard.is_shown());
      co_await s.sim.sleep(12s);
      CHECK(s.centre.calls("messages.setTyping") == 3);
    }
    auto const heard = co_await hears_typing(updates);
    CHECK(heard);
    co_await s.sim.sleep(20s);
    CHECK(s.centre.calls("messages.setTyping") == 4);
    auto const refused = co_await refusal_of(bob.messages().type_in("@news"));
    CHECK(refused == "CHAT_WRITE_FORBIDDEN");
  });
}

TEST_CASE("the guide's tidying does what it says", "[methods][messages]") {
  message_stage s;
  s.play([](client& alice, client& bob) -> task<> {
    auto const first = co_await alice.send_message("@bob", "At ten.");
    co_await alice.send_message("@bob", "Or so.");
    co_await tidy(alice, "@bob", first.id());
    auto const theirs = co_await bob.get_history("@alice", 10);
    CHECK(texts_of(theirs) == std::vector<std::string>{"At nine, not at ten."});
    CHECK(theirs[0].is_pinned());
    auto const kept = co_await last_in(alice, "me");
    CHECK(kept.text() == "At nine, not at ten.");
  });
}
