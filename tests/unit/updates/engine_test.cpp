// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What the engine delivers and what it asks, when nothing goes wrong but the network.
#include "engine_stage.hpp"

#include <mtp/tl/types/DcOption.hpp>

using namespace mtp;
using namespace std::chrono_literals;
using mtp::test::engine_stage;
using mtp::test::to_slice;

TEST_CASE("updates are delivered in order, each once", "[updates]") {
  engine_stage s;
  s.start();
  auto const one = s.server.write("one");
  for (int i = 0; i < 2; ++i) s.push(one);
  s.push(s.server.write("two"));
  s.push(s.server.post("post"));
  s.run();
  CHECK(s.take_delivered() == "one two post");
  CHECK(s.take_asked() == "state difference:0");
  CHECK(s.stored.account->pts == 2);
  CHECK(s.stored.channels.at(test::channel_id) == 1);
}

TEST_CASE("an update that overtakes another waits for it, and nothing is asked", "[updates]") {
  engine_stage s;
  s.start();
  s.take_asked();
  auto const one = s.server.write("one");
  auto const two = s.server.write("two");
  s.push(s.server.write("three"));
  s.push(two);
  s.run(499ms);
  CHECK(s.take_delivered().empty());
  s.push(one);
  s.run(1min);
  CHECK(s.take_delivered() == "one two three");
  CHECK(s.take_asked().empty());
}

TEST_CASE("what does not come within half a second is asked for", "[updates]") {
  engine_stage s;
  s.start();
  s.take_asked();
  (void)s.server.write("lost");
  s.push(s.server.write("two"));
  s.run(499ms);
  CHECK(s.take_asked().empty());
  s.run(1ms);
  CHECK(s.take_asked() == "difference:0");
  CHECK(s.take_delivered() == "lost two");
  s.run(1min);
  CHECK(s.take_asked().empty());
  CHECK(s.take_delivered().empty());
}

TEST_CASE("a channel waits for what is missing by itself", "[updates]") {
  engine_stage s;
  s.start();
  s.push(s.server.post("post1"));
  s.run();
  s.take_asked();
  auto const second = s.server.post("post2");
  s.push(s.server.post("post3"));
  s.push(s.server.write("meanwhile"));
  s.run(400ms);
  CHECK(s.take_delivered() == "post1 meanwhile");
  SECTION("it comes") {
    s.push(second);
    s.run(1min);
    CHECK(s.take_asked().empty());
  }
  SECTION("it does not come") {
    s.run(100ms);
    CHECK(s.take_asked() == "channel:1");
    s.run(1min);
  }
  CHECK(s.take_delivered() == "post2 post3");
}

TEST_CASE("a batch that overtakes another waits too", "[updates]") {
  engine_stage s;
  s.start();
  auto const batch = [](std::int32_t seq) {
    tl::updates_ out;
    out.updates.push_back(tl::updateContactsReset{});
    out.seq = seq;
    return to_slice(tl::Updates(std::move(out)));
  };
  s.push(batch(1));
  s.run();
  s.take_asked();
  s.push(batch(3));
  s.run(100ms);
  CHECK(s.take_delivered() == "other");
  s.push(batch(2));
  s.run(1min);
  CHECK(s.take_delivered() == "other other");
  CHECK(s.take_asked().empty());
  CHECK(s.stored.account->seq == 3);
}

TEST_CASE("what a batch that came too early holds by number is not delivered twice", "[updates]") {
  engine_stage s;
  s.start();
  tl::updates_ batch;
  tl::updateNewMessage message;
  tl::message text;
  text.peer_id = tl::peerUser{.user_id = 42};
  text.message = tl::string("numbered");
  message.message = std::move(text);
  message.pts = message.pts_count = 1;
  batch.updates.push_back(std::move(message));
  batch.updates.push_back(tl::updateContactsReset{});
  batch.seq = 2;
  s.push(to_slice(tl::Updates(std::move(batch))));
  s.run(100ms);
  CHECK(s.take_delivered() == "numbered");
  tl::updates_ first;
  first.seq = 1;
  s.push(to_slice(tl::Updates(std::move(first))));
  s.run(100ms);
  CHECK(s.take_delivered() == "other");
}

TEST_CASE("after a quarter of an hour of silence a difference is asked for", "[updates]") {
  engine_stage s;
  s.start();
  s.run(10min);
  s.push(s.server.write("one"));
  s.run();
  s.take_asked();
  (void)s.server.write("lost");
  s.run(15min - 1ms);
  CHECK(s.take_asked().empty());
  s.run(1ms);
  CHECK(s.take_asked() == "difference:1");
  CHECK(s.take_delivered() == "one lost");
  s.run(30min);
  CHECK(s.take_asked() == "difference:2 difference:2");
}

TEST_CASE("a difference in slices is asked for to its end, of the account and of a channel",
          "[updates]") {
  engine_stage s;
  s.start();
  s.push(s.server.post("p1"));
  s.run();
  s.take_asked();
  s.server.slice_size = 2;
  for (auto const* text : {"1", "2", "3", "4"}) (void)s.server.write(text);
  for (auto const* text : {"p2", "p3", "p4"}) (void)s.server.post(text);
  s.push(s.server.write("5"));
  s.push(s.server.post("p5"));
  s.run(1s);
  CHECK(s.take_delivered() == "p1 1 2 3 4 5 p2 p3 p4 p5");
  CHECK(s.take_asked() == "difference:0 difference:2 difference:5 channel:1 channel:3");
}

TEST_CASE("what was missed waits on the server while nobody reads", "[updates]") {
  engine_stage s;
  s.consumes = false;
  s.room = 10;
  s.server.slice_size = 5;
  s.engine.on_stream_opened(s.stored, s.now);
  s.log_in();
  for (int i = 1; i <= 30; ++i) (void)s.server.write(std::to_string(i));
  s.run(1h);
  CHECK(s.take_asked() == "state difference:0 difference:5");
  CHECK_FALSE(s.engine.is_catching_up(s.now));
  s.consume();
  CHECK(s.take_delivered() == "1 2 3 4 5 6 7 8 9 10");
  s.run();
  CHECK(s.take_asked() == "difference:10 difference:15");
}

TEST_CASE("updates that cannot be read are handed over raw, and the difference is asked for",
          "[updates]") {
  engine_stage s;
  s.start();
  s.take_asked();
  (void)s.server.write("within");
  s.push(slice(bytes{1, 2, 3, 4, 5, 6, 7, 8}));
  s.run();
  CHECK(s.take_delivered() == "unknown within");
  CHECK(s.take_asked() == "difference:0");
  CHECK(s.log.size() == 1);
}

TEST_CASE("an own message moves the account and is not delivered", "[updates]") {
  engine_stage s;
  s.start();
  s.take_asked();
  (void)s.server.write("own");
  tl::updateShortSentMessage sent;
  sent.pts = sent.pts_count = 1;
  auto const two = s.server.write("two");
  s.push(two);
  s.run(100ms);  // the push came before the answer of the call
  s.engine.on_own_updates(received<tl::Updates>::own(std::move(sent)), s.now);
  s.run(1min);
  CHECK(s.take_delivered() == "two");
  CHECK(s.take_asked().empty());
}

TEST_CASE("what a call did that says only its number moves the account, or the channel",
          "[updates]") {
  using order = updates::update_number::order;
  engine_stage s;
  s.start();
  s.push(s.server.post("p1"));
  s.run();
  s.take_delivered();
  s.take_asked();
  (void)s.server.write("deleted by us");
  (void)s.server.post("deleted by us");
  auto const two = s.server.write("two");
  s.push(two);  // overtakes the answer
  s.engine.on_own_number({.of = order::common, .at = 1, .count = 1}, s.now);
  s.engine.on_own_number({.of = order::channel, .at = 2, .count = 1, .channel = test::channel_id},
                         s.now);
  s.push(s.server.post("p3"));
  s.run(1min);
  CHECK(s.take_delivered() == "two p3");
  CHECK(s.take_asked().empty());
}

TEST_CASE("the position of an own message is known before anything else happens", "[updates]") {
  engine_stage s;
  s.start();
  (void)s.server.write("own");
  tl::updateShortSentMessage sent;
  sent.pts = sent.pts_count = 1;
  s.engine.on_own_updates(received<tl::Updates>::own(std::move(sent)), s.now);
  s.settle();
  CHECK(s.stored.account->pts == 1);
}

TEST_CASE("the short forms of a message are whole messages", "[updates]") {
  engine_stage s;
  s.start();
  tl::updateShortMessage direct;
  direct.user_id = 42;
  direct.message = tl::string("direct");
  direct.pts = direct.pts_count = 1;
  s.push(to_slice(tl::Updates(std::move(direct))));
  tl::updateShortChatMessage group;
  group.chat_id = 7;
  group.from_id = 42;
  group.message = tl::string("group");
  group.pts = 2;
  group.pts_count = 1;
  s.push(to_slice(tl::Updates(std::move(group))));
  s.run();
  CHECK(s.take_delivered() == "direct group");
}

TEST_CASE("a difference brings the messages of secret chats too", "[updates]") {
  engine_stage s;
  s.start();
  bool given = false;
  s.before_answer = [&] {
    if (std::exchange(given, true)) return;
    tl::updates::difference all;
    all.new_encrypted_messages.push_back(tl::encryptedMessageService{.chat_id = 5});
    s.engine.on_difference(received<tl::updates::Difference>::own(std::move(all)), s.now);
  };
  s.engine.request_difference();
  s.run();
  CHECK(s.take_delivered() == "other");
}

TEST_CASE("too much that comes too early is not kept but asked for", "[updates]") {
  engine_stage s;
  s.start();
  s.take_asked();
  (void)s.server.write("lost");
  std::string wanted = "lost";
  for (std::size_t i = 0; i <= updates::gap_buffer::max_entries; ++i) {
    wanted += " " + std::to_string(i);
    s.push(s.server.write(std::to_string(i)));
  }
  s.server.slice_size = 10'000;
  for (int i = 0; i < 5; ++i) {
    auto const what = s.engine.next(s.now);
    s.perform(what);
  }
  CHECK(s.asked.size() <= 1);
  s.run();
  CHECK(s.take_delivered() == wanted);
}

TEST_CASE("what an own answer did that cannot be read is learnt from the difference", "[updates]") {
  engine_stage s;
  s.start();
  s.take_asked();
  (void)s.server.write("own");
  s.engine.on_own_unreadable("a vector is too long", s.now);
  s.run();
  CHECK(s.log == std::vector<std::string>{"updates: a vector is too long"});
  CHECK(s.take_asked() == "difference:0");
  CHECK(s.take_delivered() == "own");
}

TEST_CASE("a new configuration is an effect, whether or not somebody reads", "[updates]") {
  auto const brief = [](tl::Update what) {
    tl::updateShort out;
    out.update = std::move(what);
    return to_slice(tl::Updates(std::move(out)));
  };
  engine_stage s;
  SECTION("nobody is signed in and no stream is open") {}
  SECTION("no stream is open") { s.log_in(); }
  SECTION("both") { s.start(); }
  for (bool const named : {false, true}) {
    s.config_changes = 0;
    s.push(named ? brief(tl::updateDcOptions{}) : brief(tl::updateConfig{}));
    s.settle();
    s.run();
    CHECK(s.config_changes == 1);
  }
  s.push(brief(tl::updateLoginToken{}));
  s.push(slice(bytes{0x4c, 0x18, 0x0b, 0x22, 0, 0, 0, 0}));
  s.push({});
  s.run();
  CHECK(s.config_changes == 1);
}
