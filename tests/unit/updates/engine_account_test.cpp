// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Logins, streams that close and open again, and accounts that change.
#include "engine_stage.hpp"

using namespace mtp;
using namespace std::chrono_literals;
using mtp::test::engine_stage;

TEST_CASE("a message that overtakes the state of a first login is delivered", "[updates]") {
  engine_stage s;
  s.engine.on_stream_opened(s.stored, s.now);
  s.push(s.server.write("early bird"));
  s.log_in();
  s.push(s.server.write("two"));
  s.run(1s);
  CHECK(s.take_delivered() == "early bird two");
  CHECK(s.take_asked() == "state difference:2");
}

TEST_CASE("a first login asks once where it stands", "[updates]") {
  engine_stage s;
  s.start();
  s.run(1min);
  CHECK(s.take_asked() == "state difference:0");
}

TEST_CASE("nothing is asked while a login asks, nor without a stream or a login", "[updates]") {
  engine_stage s;
  s.run(1h);
  CHECK(s.take_asked().empty());
  s.engine.on_login_begun({.id = 1}, s.stored, s.now);
  s.engine.on_stream_opened(s.stored, s.now);
  s.run(1h);
  CHECK(s.take_asked().empty());
  s.engine.on_login_ended();  // its request failed
  s.run();
  CHECK(s.take_asked() == "state difference:0");
}

TEST_CASE("messages that came while nobody was there are delivered first", "[updates]") {
  engine_stage before;
  before.start();
  before.push(before.server.write("one"));
  before.run();
  CHECK(before.take_delivered() == "one");
  engine_stage s;
  s.stored = before.stored;
  s.server = before.server;
  for (auto const* text : {"two", "three"}) (void)s.server.write(text);
  s.engine.on_stream_opened(s.stored, s.now);
  s.engine.on_signed_in({.id = 1}, s.stored, s.now);
  s.run();
  CHECK(s.take_delivered() == "two three");
  CHECK(s.take_asked() == "difference:1");
}

TEST_CASE("what was not consumed comes again on the next stream", "[updates]") {
  engine_stage s;
  s.start();
  s.push(s.server.post("p1"));
  s.run();
  s.consumes = false;
  for (auto const* text : {"one", "two", "three"}) s.push(s.server.write(text));
  for (auto const* text : {"p2", "p3"}) s.push(s.server.post(text));
  s.run();
  s.consume(1);
  s.close_stream();
  s.push(s.server.write("four"));  // while nobody reads
  s.run(1h);
  s.open_stream();
  s.consumes = true;
  s.run();
  CHECK(s.take_delivered() == "p1 one two three four p2 p3");
}

TEST_CASE("a stream that is opened while another is closes that first", "[updates]") {
  engine_stage s;
  s.start();
  s.consumes = false;
  s.push(s.server.write("one"));
  s.run();
  s.open_stream();
  s.consumes = true;
  s.run();
  CHECK(s.take_delivered() == "one");
}

TEST_CASE("a difference that was asked for by an earlier stream is void", "[updates]") {
  engine_stage s;
  s.start();
  s.take_asked();
  for (auto const* text : {"one", "two"}) s.push(s.server.write(text));
  s.run();
  s.consumes = false;
  s.push(s.server.write("three"));
  s.run();
  bool changed = false;
  s.before_answer = [&] {
    if (std::exchange(changed, true)) return;
    s.close_stream();
    s.open_stream();
    s.consumes = true;
  };
  s.engine.request_difference();
  (void)s.server.write("four");
  s.run();
  CHECK(s.take_asked() == "difference:3 difference:2");
  CHECK(s.take_delivered() == "one two three four");
}

TEST_CASE("a failure of a request by an earlier stream says nothing", "[updates]") {
  engine_stage s;
  s.start();
  s.before_answer = [&] {
    s.before_answer = [] {};
    s.close_stream();
    s.open_stream();
  };
  s.failures = {test::refusal(401, "SESSION_REVOKED")};
  s.engine.request_difference();
  (void)s.server.write("one");
  s.run();
  CHECK(s.logins_ended == 0);
  CHECK(s.take_delivered() == "one");
}

TEST_CASE("a login that is renewed loses and repeats nothing", "[updates]") {
  engine_stage s;
  s.start();
  s.consumes = false;
  for (auto const* text : {"one", "two", "three"}) s.push(s.server.write(text));
  s.run();
  s.consume(1);
  s.engine.on_signed_out();
  s.log_in();
  s.consumes = true;
  s.push(s.server.write("four"));
  s.run(1s);
  CHECK(s.take_delivered() == "one two three four");
  CHECK(s.take_asked() == "state difference:0 comparison difference:3");
}

TEST_CASE("a server that was reset is followed from its beginning", "[updates]") {
  engine_stage s;
  s.start();
  for (auto const* text : {"one", "two"}) s.push(s.server.write(text));
  s.push(s.server.post("p1"));
  s.run();
  s.server.forget_everything();
  (void)s.server.write("before the login");
  s.log_in();
  s.run(1min);  // it might only lag
  CHECK(s.stored.channels.empty());
  CHECK(s.stored.account->pts == 1);
  s.push(s.server.write("after"));
  s.push(s.server.post("new post"));
  s.run();
  CHECK(s.take_delivered() == "one two p1 after new post");
}

TEST_CASE("another account starts where it stands", "[updates]") {
  engine_stage s;
  s.start();
  s.consumes = false;
  s.push(s.server.write("one"));
  s.push(s.server.post("p1"));
  (void)s.server.write("lost");
  s.push(s.server.write("three"));
  s.run(100ms);
  s.stored = {};
  s.engine.on_account_changed();
  s.settle();
  s.server.forget_everything();
  for (int i = 0; i < 5; ++i) (void)s.server.write("of another time");
  s.consumes = true;
  s.log_in(2);
  s.push(s.server.write("of the other"));
  s.run(1min);
  CHECK(s.take_delivered() == "of the other");
  CHECK(s.stored.channels.empty());
  CHECK(s.take_asked() == "state difference:0 state difference:5");
}

TEST_CASE("an account that changes while its request is under way is asked anew", "[updates]") {
  engine_stage s;
  s.start();
  s.before_answer = [&] {
    s.before_answer = [] {};
    s.stored = {};
    s.engine.on_account_changed();
    s.settle();
    s.engine.on_signed_in({.id = 2}, s.stored, s.now);
  };
  s.failures = {test::refusal(400, "PERSISTENT_TIMESTAMP_INVALID")};  // of the account before
  s.engine.request_difference();
  s.run();
  s.push(s.server.write("one"));
  s.run();
  CHECK(s.take_delivered() == "one");
}

TEST_CASE("a bot asks for longer differences of channels", "[updates]") {
  engine_stage s;
  s.engine.on_stream_opened(s.stored, s.now);
  s.engine.on_login_begun({.id = 1, .bot = true}, s.stored, s.now);
  s.engine.on_login_state(*s.engine.next_state_request(), s.server.state(), s.now);
  s.engine.on_login_ended();
  s.push(s.server.post("p1"));
  s.run();
  (void)s.server.post("p2");
  s.push(s.server.post("p3"));
  auto const asked = s.run_to_channel(500ms);
  CHECK(asked.channel == test::channel_id);
  CHECK(asked.pts == 1);
  CHECK(asked.limit == 100'000);
}

TEST_CASE("what the stream waits for is known", "[updates]") {
  engine_stage s;
  s.start();
  CHECK_FALSE(s.engine.is_catching_up(s.now));
  s.engine.request_difference();
  CHECK(s.engine.is_catching_up(s.now));
  bool during = false;
  s.before_answer = [&] { during = s.engine.is_catching_up(s.now); };
  s.run();
  CHECK(during);
  CHECK_FALSE(s.engine.is_catching_up(s.now));
}
