// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What becomes of one update after the other.
#include "delivery_stage.hpp"

using namespace mtp;
using namespace std::chrono_literals;
using mtp::test::delivery_stage;
using mtp::test::message_at;
using updates::delivery_step;

TEST_CASE("an update is handed out once its count is in the store", "[updates][delivery]") {
  delivery_stage s;
  CHECK(s.ask() == delivery_step::wait);
  s.send(1);
  CHECK(s.next() == delivery_step::save);
  CHECK(s.next() == delivery_step::save);  // the wait was cancelled
  CHECK(s.counts == delivery_stage::marks{{"message 1 in user 42", 1}});
  s.machine.on_saved();
  CHECK(s.next() == delivery_step::hand_out);
  CHECK(s.machine.hand_out().attempt == 1);
  CHECK(s.pts == 0);
  CHECK(s.ask() == delivery_step::wait);
  CHECK(s.pts == 1);
  CHECK(s.counts.empty());
}

TEST_CASE("a program that is given updates all the time does not wait for the store each time",
          "[updates][delivery]") {
  delivery_stage s;
  s.machine.on_caught_up();
  s.send(1);
  CHECK(s.ask() == delivery_step::save);
  s.machine.on_saved();
  CHECK(s.machine.hand_out().attempt == 1);
  for (int i = 2; i < 10; ++i) s.send(i);
  for (int i = 2; i < 10; ++i) {
    s.now += 2ms;
    CHECK(s.ask() == delivery_step::hand_out);
    CHECK(updates::key_of(s.machine.hand_out().what) == updates::key_of(message_at(i)));
    CHECK(s.counts.size() == 1);
  }
}

TEST_CASE(
    "an update that was handed out too often is passed over, and stays counted until the "
    "position is behind it",
    "[updates][delivery]") {
  delivery_stage s({.max_attempts = 2});
  s.counts = {{"message 1 in user 42", 2}};
  s.machine.push(message_at(1));
  s.send(2);
  CHECK(s.ask() == delivery_step::pass_over);
  auto const poison = s.machine.pass_over(s.counts);
  s.settle();
  CHECK(poison.key == "message 1 in user 42");
  CHECK(poison.attempts == 2);
  CHECK(s.counts.at("message 1 in user 42") == 2);
  CHECK(s.next() == delivery_step::save);
  s.machine.on_saved();
  CHECK(s.next() == delivery_step::hand_out);
  (void)s.machine.hand_out();
  CHECK(s.ask() == delivery_step::wait);
  CHECK(s.pts == 2);
  CHECK(s.counts.contains("message 1 in user 42"));  // more may come again
  s.machine.on_caught_up();
  s.send(3);
  s.take_one();
  CHECK(s.ask() == delivery_step::wait);
  CHECK(s.counts.empty());
}

TEST_CASE("without a limit nothing is passed over", "[updates][delivery]") {
  delivery_stage s({.max_attempts = 0});
  s.counts = {{"message 1 in user 42", 1000}};
  s.send(1);
  CHECK(s.ask() == delivery_step::save);
  s.machine.on_saved();
  CHECK(s.machine.hand_out().attempt == 1001);
}

TEST_CASE("what does not come again is not counted", "[updates][delivery]") {
  delivery_stage s;
  tl::updateUserTyping typing;
  s.machine.push({.update = received<tl::Update>::own(tl::Update(std::move(typing)))});
  s.machine.push({.unreadable = slice(bytes(8, 7))});
  s.machine.push({});
  for (int i = 0; i < 3; ++i) {
    CHECK(s.ask() == delivery_step::hand_out);
    CHECK(s.machine.hand_out().attempt == 1);
    CHECK(s.counts.empty());
  }
}

TEST_CASE("a stream without a login hands out what came before, an ended one nothing",
          "[updates][delivery]") {
  delivery_stage s;
  s.send(1);
  s.machine.set_signed_out(true);
  s.take_one();
  CHECK(s.ask() == delivery_step::signed_out);
  s.machine.set_signed_out(false);
  CHECK(s.ask() == delivery_step::wait);
  s.send(2);
  s.machine.end();
  CHECK(s.ask() == delivery_step::ended);
  CHECK(s.next() == delivery_step::ended);
}

TEST_CASE("what is discarded while the store is waited for comes again as the next attempt",
          "[updates][delivery]") {
  delivery_stage s;
  s.send(1);
  CHECK(s.ask() == delivery_step::save);
  s.machine.discard();
  s.machine.on_saved();
  CHECK(s.next() == delivery_step::wait);
  s.send(1);
  CHECK(s.next() == delivery_step::save);
  s.machine.on_saved();
  CHECK(s.machine.hand_out().attempt == 2);
}

TEST_CASE("there is room again when one was handed out", "[updates][delivery]") {
  delivery_stage s({.max_queued = 2});
  s.send(1);
  CHECK(s.machine.has_room());
  s.send(2);
  CHECK(!s.machine.has_room());
  s.take_one();
  CHECK(s.machine.has_room());
}

TEST_CASE("an update is called the same in whatever form it comes", "[updates][delivery]") {
  auto const named = [](tl::Update what) {
    return updates::key_of({.update = received<tl::Update>::own(std::move(what))});
  };
  CHECK(updates::key_of(message_at(7)) == "message 7 in user 42");
  tl::updateNewChannelMessage post;
  tl::message text;
  text.id = 8;
  text.peer_id = tl::peerChannel{.channel_id = 5};
  post.message = std::move(text);
  CHECK(named(std::move(post)) == "message 8 in channel 5");
  tl::updateNewMessage service;
  tl::messageService joined;
  joined.id = 9;
  joined.peer_id = tl::peerChat{.chat_id = 6};
  service.message = std::move(joined);
  CHECK(named(std::move(service)) == "message 9 in chat 6");
  tl::updateNewMessage empty;
  empty.message = tl::messageEmpty{.id = 3};
  CHECK(named(std::move(empty)) == "message 3");
  CHECK(named(tl::updateNewMessage{}) == "message");
  CHECK(named(tl::Update{}) == "nothing");
  CHECK(updates::key_of({}) == "nothing");
  tl::updateDeleteChannelMessages gone;
  gone.channel_id = 5;
  gone.pts = 3;
  auto const key = named(std::move(gone));
  CHECK(key.starts_with("updateDeleteChannelMessages "));
  CHECK(updates::channel_of_key(key) == 5);
  CHECK(updates::channel_of_key("message 8 in channel 5") == 5);
  CHECK(!updates::channel_of_key("message 8 in user 5"));
  CHECK(!updates::channel_of_key("message 8 in channel 5x"));
  CHECK(!updates::channel_of_key("message 8 in channel "));
}
