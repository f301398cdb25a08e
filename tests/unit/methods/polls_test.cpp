// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Polls, quizzes and lists of things to do.
#include "messages_stage.hpp"

#include <mtp/tl/types/MessageMedia.hpp>
#include <mtp/tl/types/Poll.hpp>
#include <mtp/tl/types/TodoCompletion.hpp>
#include <mtp/tl/types/TodoItem.hpp>
#include <mtp/tl/types/TodoList.hpp>

using namespace mtp;
using namespace mtp::test;

namespace {

std::vector<std::string> colours() { return {"red", "green", "blue"}; }

/// A poll of Alice's in the supergroup, as both see it.
task<std::vector<message>> asked(client& alice, client& bob, media::poll_details how = {}) {
  auto const poll = media::poll("Which?", colours(), how);
  std::vector<message> out;
  auto const sent = co_await alice.messages().send_media("@talk", poll);
  out.push_back(sent);
  auto const seen = co_await last_in(bob, "@talk");
  out.push_back(seen);
  co_return out;
}

}  // namespace

// [poll]
mtp::task<std::int32_t> ask_for_lunch(mtp::client& client, mtp::peer_ref chat) {
  auto const poll =
      mtp::media::poll("Lunch?", {"pizza", "soup"}, {.public_votes = true, .several = true});
  auto const sent = co_await client.messages().send_media(chat, poll);
  co_await client.polls().vote(sent, 1);
  auto const closed = co_await client.polls().stop(sent);
  auto const how_it_ended = co_await client.polls().results(closed);
  co_return how_it_ended.answers[1].voters;
}
// [/poll]

TEST_CASE("a vote counts, is told to who voted, and is taken back", "[methods][polls]") {
  message_stage s;
  s.play([](client& alice, client& bob) -> task<> {
    auto const poll = co_await asked(alice, bob);
    auto const before = co_await alice.polls().results(poll[0]);
    CHECK(!before.has_counts);
    auto const voted = co_await bob.polls().vote(poll[1], 1);
    CHECK(voted.voters == 1);
    REQUIRE(voted.answers.size() == 3);
    CHECK(voted.answers[1].text == "green");
    CHECK(voted.answers[1].voters == 1);
    CHECK(voted.answers[1].chosen);
    auto const ours = co_await alice.polls().vote(poll[0], 0);
    CHECK(ours.voters == 2);
    CHECK(ours.answers[1].voters == 1);
    CHECK(!ours.answers[1].chosen);
    auto const back = co_await bob.polls().retract(poll[1]);
    CHECK(back.voters == 1);
    CHECK(!back.has_counts);
  });
}

TEST_CASE("a poll takes as many answers as it says, and knows its own", "[methods][polls]") {
  message_stage s;
  s.play([](client& alice, client& bob) -> task<> {
    auto const poll = co_await asked(alice, bob);
    std::vector<std::size_t> const two{0, 2};
    auto const many = co_await refusal_of(bob.polls().vote(poll[1], two));
    CHECK(many == "OPTIONS_TOO_MUCH");
    auto const several = co_await asked(alice, bob, {.several = true});
    auto const voted = co_await bob.polls().vote(several[1], two);
    CHECK(voted.answers[0].chosen);
    CHECK(voted.answers[2].chosen);
    CHECK_THROWS_AS(bob.polls().vote(several[1], 3), error);
    auto const text = co_await alice.send_message("@talk", "no poll");
    CHECK_THROWS_AS(alice.polls().vote(text, 0), error);
  });
}

TEST_CASE("a quiz tells the right answer to who has answered, once", "[methods][polls]") {
  message_stage s;
  s.play([](client& alice, client& bob) -> task<> {
    auto const quiz = media::quiz("Which is warm?", colours(), 0, "red is");
    auto const sent = co_await alice.messages().send_media("@talk", quiz);
    auto const seen = co_await last_in(bob, "@talk");
    auto const voted = co_await bob.polls().vote(seen, 2);
    CHECK(voted.answers[0].right);
    CHECK(!voted.answers[2].right);
    CHECK(voted.why == "red is");
    auto const again = co_await refusal_of(bob.polls().vote(seen, 0));
    CHECK(again == "REVOTE_NOT_ALLOWED");
    auto const wrong = media::quiz("?", colours(), 3);
    auto const refused = co_await refusal_of(alice.messages().send_media("@talk", wrong));
    CHECK(refused == "QUIZ_CORRECT_ANSWER_INVALID");
    auto const empty = media::poll("", colours());
    auto const no_question = co_await refusal_of(alice.messages().send_media("@talk", empty));
    CHECK(no_question == "POLL_QUESTION_INVALID");
    auto const none = media::poll("?", {});
    auto const no_answers = co_await refusal_of(alice.messages().send_media("@talk", none));
    CHECK(no_answers == "POLL_ANSWERS_INVALID");
  });
}

TEST_CASE("a poll that was stopped tells its counts to all, and takes no votes",
          "[methods][polls]") {
  message_stage s;
  s.play([](client& alice, client& bob) -> task<> {
    auto const poll = co_await asked(alice, bob);
    co_await bob.polls().vote(poll[1], 1);
    auto const foreign = co_await refusal_of(bob.polls().stop(poll[1]));
    CHECK(foreign == "");  // the supergroup is his
    auto const ended = co_await alice.polls().results(poll[0]);
    CHECK(ended.closed);
    CHECK(ended.answers[1].voters == 1);
    auto const late = co_await refusal_of(alice.polls().vote(poll[0], 1));
    CHECK(late == "MESSAGE_POLL_CLOSED");
    auto const again = co_await refusal_of(alice.polls().stop(poll[0]));
    CHECK(again == "MESSAGE_POLL_CLOSED");
    auto const count = co_await ask_for_lunch(alice, "@talk");
    CHECK(count == 1);
  });
}

TEST_CASE("who chose what is listed where votes are public", "[methods][polls]") {
  message_stage s;
  s.play([](client& alice, client& bob) -> task<> {
    auto const poll = co_await asked(alice, bob, {.public_votes = true});
    co_await bob.polls().vote(poll[1], 1);
    auto hidden = alice.polls().voters(poll[0]);
    auto const refused = co_await refusal_of(hidden.next());
    CHECK(refused == "POLL_VOTE_REQUIRED");
    co_await alice.polls().vote(poll[0], 2);
    auto all = alice.polls().voters(poll[0]);
    auto const first = co_await all.next();
    auto const second = co_await all.next();
    auto const end = co_await all.next();
    REQUIRE((first && second));
    CHECK(!end);
    CHECK(first->who == peer_id{peer_kind::user, 42});
    CHECK(first->answers == std::vector<std::size_t>{2});
    CHECK(second->who == peer_id{peer_kind::user, 43});
    auto green = alice.polls().voters(poll[0], 1);
    auto const only = co_await green.next();
    REQUIRE(only);
    CHECK(only->who == peer_id{peer_kind::user, 43});
    auto const secret = co_await asked(alice, bob);
    co_await alice.polls().vote(secret[0], 0);
    auto nobody = alice.polls().voters(secret[0]);
    auto const told = co_await refusal_of(nobody.next());
    CHECK(told == "POLL_VOTE_REQUIRED");
  });
}

TEST_CASE("others add answers to an open poll, and take their own back", "[methods][polls]") {
  message_stage s;
  s.play([](client& alice, client& bob) -> task<> {
    auto const poll = co_await asked(alice, bob, {.open = true});
    auto const more = co_await bob.polls().add_answer(poll[1], "yellow");
    REQUIRE(more.answers.size() == 4);
    CHECK(more.answers[3].text == "yellow");
    auto const seen = co_await alice.messages().get("@talk", poll[0].id());
    REQUIRE(seen);
    auto const foreign = co_await refusal_of(alice.polls().remove_answer(*seen, 3));
    CHECK(foreign == "OPTION_INVALID");
    auto const less = co_await bob.polls().remove_answer(*seen, 3);
    CHECK(less.answers.size() == 3);
    auto const closed = co_await asked(alice, bob);
    auto const refused = co_await refusal_of(bob.polls().add_answer(closed[1], "yellow"));
    CHECK(refused == "POLL_ANSWERS_CLOSED");
  });
}

TEST_CASE("who votes is told to the others as an event", "[methods][polls]") {
  message_stage s;
  s.play([](client& alice, client& bob) -> task<> {
    auto updates = alice.updates();
    auto const poll = co_await asked(alice, bob);
    co_await bob.polls().vote(poll[1], 1);
    while (auto one = co_await updates.next()) {
      auto const news = one->get_if<poll_change>();
      if (!news) continue;
      CHECK(news->message_id() == poll[0].id());
      CHECK(news->results().total_voters == 1);
      break;
    }
  });
}

TEST_CASE("a list is ticked by who may, and grows", "[methods][polls]") {
  message_stage s;
  s.play([](client& alice, client& bob) -> task<> {
    auto const list = media::todo_list("Trip", {"tent", "food"}, {.others_may_tick = true});
    auto const sent = co_await alice.messages().send_media("@bob", list);
    auto const seen = co_await last_in(bob, "@alice");
    std::vector<std::int32_t> const tent{1};
    std::vector<std::int32_t> const none;
    co_await bob.polls().tick(seen, tent);
    auto const ticked = co_await alice.messages().get("@bob", sent.id());
    REQUIRE(ticked);
    auto const* now = ticked->media().get_if<tl::messageMediaToDo>();
    REQUIRE((now && now->completions));
    REQUIRE(now->completions->size() == 1);
    CHECK((*now->completions)[0].id == 1);
    auto const again = co_await refusal_of(bob.polls().tick(seen, tent));
    CHECK(again == "TODO_NOT_MODIFIED");
    co_await bob.polls().tick(seen, none, tent);
    std::vector<std::string> const more{"map"};
    auto const refused = co_await refusal_of(bob.polls().add_items(seen, more));
    CHECK(refused == "TODO_APPEND_FORBIDDEN");
    co_await alice.polls().add_items(sent, more);
    auto const grown = co_await alice.messages().get("@bob", sent.id());
    now = grown->media().get_if<tl::messageMediaToDo>();
    REQUIRE(now->todo.list.size() == 3);
    CHECK(now->todo.list[2].id == 3);
    CHECK(now->completions->empty());
    std::vector<std::int32_t> const unknown{9};
    auto const wrong = co_await refusal_of(alice.polls().tick(sent, unknown));
    CHECK(wrong == "TODO_ITEM_INVALID");
  });
}
