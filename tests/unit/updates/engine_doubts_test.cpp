// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What a server says of where the account stands, against what is known: updates that overtook it,
// a server that lags, one that was reset.
#include "engine_stage.hpp"

using namespace mtp;
using namespace std::chrono_literals;
using mtp::test::channel_id;
using mtp::test::engine_stage;

namespace {

using difference = engine_stage::difference;

tl::updateBotStopped with_qts(std::int32_t qts) {
  tl::updateBotStopped out;
  out.user_id = 42;
  out.qts = qts;
  return out;
}

/// An account that stands at 3, with a channel at 2.
struct placed_stage : engine_stage {
  placed_stage() {
    start();
    for (auto const* text : {"1", "2", "3"}) push(server.write(text));
    for (auto const* text : {"p1", "p2"}) push(server.post(text));
    run();
    take_delivered();
    asked.clear();
    on_difference = [this](update_state from) {
      // Whoever lags finds nothing missing.
      bool const lags = from.pts > server.pts();
      return lags ? difference::own(tl::updates::differenceEmpty{.date = 1}) : difference();
    };
  }
  void say_lower(std::int32_t by) {
    on_state = [this, by] {
      auto out = server.state();
      out.pts -= by;
      return out;
    };
  }
};

}  // namespace

TEST_CASE("updates that overtake the first state are counted in every order", "[updates]") {
  engine_stage s;
  s.engine.on_stream_opened(s.stored, s.now);
  auto const pushes = {s.server.write("m1"), test::to_push(with_qts(7)),
                       test::to_push(tl::updateContactsReset{}, 5)};
  for (auto const& body : pushes) s.push(body);
  s.on_state = [&] { return tl::updates::state{.pts = 1, .qts = 7, .date = 1, .seq = 5}; };
  s.on_difference = [&](update_state) {
    return difference::own(tl::updates::differenceEmpty{.date = 1, .seq = 5});
  };
  s.log_in();
  s.run(1min);
  CHECK(s.take_delivered() == "m1 other other");
  CHECK(s.stored.account == update_state{.pts = 1, .qts = 7, .date = 1, .seq = 5});
  for (auto const& body : pushes) s.push(body);
  s.run(1min);
  CHECK(s.take_delivered().empty());
}

TEST_CASE("of those that overtake the first state, what is missing between is asked for",
          "[updates]") {
  engine_stage s;
  s.engine.on_stream_opened(s.stored, s.now);
  s.push(s.server.write("m1"));
  (void)s.server.write("lost");
  s.push(s.server.write("m3"));
  s.log_in();
  s.run(1min);
  CHECK(s.take_delivered() == "m1 lost m3");
}

TEST_CASE("an impossible number that comes before the state places nothing", "[updates]") {
  engine_stage s;
  s.engine.on_stream_opened(s.stored, s.now);
  tl::updateDeleteMessages odd;
  odd.pts = 1;
  odd.pts_count = 2'000'000'000;
  s.push(test::to_push(std::move(odd)));
  s.log_in();
  s.run(1s);
  CHECK(s.take_asked() == "state difference:0");
}

TEST_CASE("a login that finds the state one lower takes nothing back", "[updates]") {
  placed_stage s;
  auto const lag = GENERATE(0s, 5s);
  s.say_lower(1);
  s.log_in();
  s.run(lag);
  s.on_state = [&] { return s.server.state(); };
  s.run(5min);
  CHECK(s.stored.account->pts == 3);
  CHECK(s.stored.channels.at(channel_id) == 2);
  s.push(s.server.write("4"));
  s.push(s.server.post("p3"));
  s.run(1s);
  CHECK(s.take_delivered() == "4 p3");
  CHECK(s.losses.empty());
}

TEST_CASE("updates that go on where we are end the doubt", "[updates]") {
  placed_stage s;
  s.say_lower(2);  // for ever
  s.log_in();
  for (int i = 4; i < 14; ++i) {
    s.push(s.server.write(std::to_string(i)));
    s.run(5s);
  }
  CHECK(s.take_delivered() == "4 5 6 7 8 9 10 11 12 13");
  CHECK(s.stored.channels.contains(channel_id));
}

TEST_CASE("a server that counts anew is followed from the first that it said", "[updates]") {
  placed_stage s;
  s.server.forget_everything();
  SECTION("little was known of it") { s.log_in(); }
  SECTION("a difference says it too") {
    s.on_difference = [&](update_state from) {
      if (from.pts <= s.server.pts()) return difference();
      tl::updates::difference all;
      all.state = s.server.state();
      return difference::own(std::move(all));
    };
    s.log_in();
  }
  s.push(s.server.write("new 1"));
  s.run(1min);
  s.push(s.server.write("new 2"));
  s.push(s.server.post("p1"));
  s.run(1s);
  CHECK(s.take_delivered() == "new 1 new 2 p1");
  CHECK(s.stored.account->pts == 2);
}

TEST_CASE("a server that says so far less was reset, and is followed at once", "[updates]") {
  placed_stage s;
  s.stored.account->pts = 5000;
  s.close_stream();
  s.open_stream();
  s.log_in();
  s.run();
  s.push(s.server.write("new"));
  s.run();
  CHECK(s.take_delivered() == "new");
}
