// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What a refusal means, and when the request is asked again.
#include "gap_stage.hpp"

using namespace mtp;
using namespace std::chrono_literals;
using mtp::test::channel_id;
using mtp::test::failure_with;
using mtp::test::gap_stage;
using mtp::test::refusal;

TEST_CASE("a difference that the server cannot give now is asked for again", "[updates]") {
  auto const why = GENERATE(refusal(500, "PERSISTENT_TIMESTAMP_OUTDATED"), refusal(-503, "TIMEOUT"),
                            failure_with(client_errc::timed_out));
  gap_stage s;
  s.failures = {why, why, why};
  s.lose_one();
  CHECK(s.take_asked() == "difference:0");
  s.run(3s - 1ms);
  CHECK(s.take_asked().empty());
  s.run(1ms);
  CHECK(s.take_asked() == "difference:0");
  s.run(6s);
  CHECK(s.take_asked() == "difference:0");
  CHECK(s.take_delivered().empty());
  s.run(12s);
  CHECK(s.take_delivered() == "lost next");
  CHECK(s.log.size() == 3);
  s.failures = {why};  // counted anew
  s.lose_one();
  s.run(3s);
  CHECK(s.take_delivered() == "lost next");
}

TEST_CASE("what comes while the server is asked anew where the account stands is not lost",
          "[updates]") {
  bool const late = GENERATE(false, true);
  gap_stage s;
  s.failures = {refusal(400, "PERSISTENT_TIMESTAMP_INVALID")};
  s.lose_one();
  CHECK(s.take_asked() == "difference:0");
  if (late) s.run(2s);
  s.push(s.server.write("heard"));
  s.run(3s);
  CHECK(s.take_asked() == "state difference:3");
  CHECK(s.take_delivered() == "heard");
  s.push(s.server.write("another"));
  s.run(1s);
  CHECK(s.take_delivered() == "another");
}

TEST_CASE("what was heard before the account was placed is not lost when no difference is given",
          "[updates]") {
  gap_stage s;
  auto const why = refusal(400, "PERSISTENT_TIMESTAMP_INVALID");
  s.failures = {why, {}, why, {}, why};  // the state is given between
  s.lose_one();
  s.push(s.server.write("heard"));
  s.run(1min);
  CHECK(s.take_asked() == "difference:0 state difference:3");
  CHECK(s.take_delivered() == "heard");
  s.push(s.server.write("another"));
  s.run();
  CHECK(s.take_delivered() == "another");
  CHECK(s.stored.account->pts == 4);
}

TEST_CASE("a server that says nothing of waiting is asked every five minutes at least",
          "[updates]") {
  gap_stage s;
  for (int i = 0; i < 41; ++i) s.failures.push_back(refusal(500, "INTERNAL"));
  s.lose_one();
  s.run(40 * 5min);
  s.take_asked();
  s.run(5min);
  CHECK(s.take_delivered() == "lost next");
}

TEST_CASE("a server that says how long to wait is believed", "[updates]") {
  std::chrono::seconds const wait = GENERATE(60s, 86'400s);
  gap_stage s;
  auto flood = refusal(420, "FLOOD_WAIT");
  flood.refusal->value = wait.count();
  s.failures = {flood};
  s.lose_one();
  s.run(wait - 1s);
  CHECK(s.take_asked() == "difference:0");
  s.run(1s);
  CHECK(s.take_delivered() == "lost next");
}

TEST_CASE("a channel is asked when the server wants it", "[updates]") {
  gap_stage s;
  auto flood = refusal(420, "FLOOD_WAIT");
  flood.refusal->value = 86'400;
  s.failures = {flood};
  s.lose_post();
  s.run(24h - 1s);
  CHECK(s.take_asked().find("channel", 1) == std::string::npos);
  s.run(1s);
  CHECK(s.take_delivered() == "p2 p3");
}

TEST_CASE("updates that follow are delivered while the server cannot give the difference",
          "[updates]") {
  gap_stage s;
  s.failures = {refusal(500, "INTERNAL")};
  s.engine.request_difference();
  s.run();
  s.push(s.server.write("one"));
  s.run(1s);
  CHECK(s.take_delivered() == "one");
}

TEST_CASE("an account whose state the server does not know starts from where it is", "[updates]") {
  gap_stage s;
  s.failures = {refusal(400, "PERSISTENT_TIMESTAMP_INVALID")};
  s.lose_one();
  CHECK(s.take_asked() == "difference:0");
  s.run(3s);
  CHECK(s.take_asked() == "state");
  CHECK(s.stored.account->pts == 2);
  s.push(s.server.write("new"));
  s.run();
  CHECK(s.take_delivered() == "new");
}

TEST_CASE("a server that refuses the difference for good does not hold up what follows",
          "[updates]") {
  gap_stage s;
  s.failures = {refusal(400, "METHOD_INVALID")};
  s.lose_one();
  CHECK(s.take_asked() == "difference:0");
  CHECK(s.take_delivered() == "next");
  s.push(s.server.write("more"));
  s.run(1min);
  CHECK(s.take_delivered() == "more");
  CHECK(s.take_asked().empty());
}

TEST_CASE("a difference that cannot be read is lost, and the next one is not", "[updates]") {
  gap_stage s;
  s.failures = {failure_with(client_errc::decode)};
  SECTION("the state can be read") {
    s.lose_one();
    s.run(3s);
    CHECK(s.take_asked() == "difference:0 state");
    CHECK(s.take_delivered().empty());
  }
  SECTION("nor can the state") {
    s.failures.push_back(failure_with(client_errc::decode));
    s.lose_one();
    s.run(3s);
    CHECK(s.take_asked() == "difference:0 state");
    CHECK(s.take_delivered() == "next");
  }
  s.push(s.server.write("new"));
  s.run(1min);
  CHECK(s.take_delivered() == "new");
}

TEST_CASE("a login that a request finds lost ends it, and a new one asks again", "[updates]") {
  gap_stage s;
  s.failures = {refusal(401, "SESSION_REVOKED")};
  s.lose_one();
  CHECK(s.logins_ended == 1);
  CHECK_FALSE(s.engine.is_reading());
  s.run(1h);
  CHECK(s.take_asked() == "difference:0");
  s.log_in();
  s.run();
  CHECK(s.take_delivered() == "lost next");
}

TEST_CASE("a channel whose difference is refused is asked again, and holds up nobody",
          "[updates]") {
  gap_stage s;
  auto const why = GENERATE(refusal(400, "PERSISTENT_TIMESTAMP_INVALID"), refusal(500, "INTERNAL"),
                            failure_with(client_errc::timed_out));
  s.failures = {why, why};
  s.lose_post();
  s.push(s.server.write("meanwhile"));
  s.run(2999ms);
  CHECK(s.take_delivered() == "meanwhile");
  CHECK(s.take_asked() == "channel:1");
  s.run(1ms);
  CHECK(s.take_asked() == "channel:1");
  s.run(6s);
  CHECK(s.take_asked() == "channel:1");
  CHECK(s.take_delivered() == "p2 p3");
}

TEST_CASE("a channel that is closed to us is not asked again", "[updates]") {
  auto const* const name = GENERATE("CHANNEL_PRIVATE", "CHANNEL_INVALID", "USER_BANNED_IN_CHANNEL");
  gap_stage s;
  s.failures = {refusal(400, name)};
  s.lose_post();
  CHECK(s.stored.channels.empty());
  (void)s.server.post("p4");
  s.push(s.server.post("p5"));
  s.run(1h);
  CHECK(s.take_delivered() == "p5");
  CHECK(s.take_asked().starts_with("channel:1 difference"));
}

TEST_CASE("a channel that cannot be named is followed from its next update", "[updates]") {
  gap_stage s;
  (void)s.server.post("p2");
  s.push(s.server.post("p3"));
  (void)s.run_to_channel(500ms);
  s.engine.on_channel_unreachable(channel_id, s.now);
  s.push(s.server.post("p4"));
  s.run(1min);
  CHECK(s.take_delivered() == "p4");
  CHECK(s.take_asked().empty());
}

TEST_CASE("a channel whose difference cannot be read goes on with what follows", "[updates]") {
  gap_stage s;
  s.failures = {failure_with(client_errc::decode)};
  s.lose_post();
  s.push(s.server.post("p4"));
  s.run(1min);
  CHECK(s.take_delivered() == "p3 p4");
}

TEST_CASE("answers that nobody asked for are ignored", "[updates]") {
  gap_stage s;
  (void)s.server.write("one");
  s.engine.on_difference(s.server.difference({}), s.now);
  s.engine.on_state(s.server.state(), s.now);
  s.engine.on_channel_difference(channel_id, s.server.channel_difference(0), s.now);
  s.engine.on_channel_unreachable(channel_id, s.now);
  s.engine.on_channel_failed(channel_id, refusal(401, "SESSION_REVOKED"), s.now);
  s.engine.on_failed(refusal(401, "SESSION_REVOKED"), s.now);
  s.run(1s);
  CHECK(s.take_delivered().empty());
  CHECK(s.stored.account->pts == 0);
  CHECK(s.logins_ended == 0);
}
