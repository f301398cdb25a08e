// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Updates that show that others are missing, while the server that is asked does not have those
// yet.
#include "engine_stage.hpp"

using namespace mtp;
using namespace std::chrono_literals;
using mtp::test::channel_id;
using mtp::test::engine_stage;

namespace {

using difference = engine_stage::difference;
using channel_difference = engine_stage::channel_difference;

/// The server that is asked knows nothing new until `until`.
struct lagging_stage : engine_stage {
  steady_time until = steady_time::max();

  lagging_stage() {
    start();
    push(server.post("p1"));
    run();
    take_delivered();
    take_asked();
    on_difference = [this](update_state) {
      return now < until ? difference::own(tl::updates::differenceEmpty{.date = 1}) : difference();
    };
    on_channel = [this](updates::ask_channel_difference const& request) {
      tl::updates::channelDifferenceEmpty none{.final = true, .pts = request.pts, .timeout = 3600};
      return now < until ? channel_difference::own(none) : channel_difference();
    };
  }
  int requests() {
    auto const count = static_cast<int>(asked.size());
    asked.clear();
    return count;
  }
};

slice far_update(std::int32_t pts) {
  tl::updateDeleteMessages far;
  far.pts = pts;
  far.pts_count = 1;
  return test::to_push(std::move(far));
}

}  // namespace

TEST_CASE("an update that shows a gap is kept while a lagging server finds nothing missing",
          "[updates]") {
  lagging_stage s;
  s.until = s.now + 10s;
  (void)s.server.write("lost");
  SECTION("the server answers, in the end") { s.push(s.server.write("two")); }
  SECTION("others come behind it") {
    s.push(s.server.write("two"));
    s.run(4s);
    CHECK(s.take_delivered().empty());
    s.push(s.server.write("three"));
  }
  s.run(20s);
  CHECK(s.take_delivered().starts_with("lost two"));
  CHECK(s.stored.account->pts == s.server.pts());
  s.asked.clear();
  s.run(10min);
  CHECK(s.requests() == 0);
}

TEST_CASE("an update of a channel that shows a gap is kept while a lagging server finds nothing",
          "[updates]") {
  lagging_stage s;
  s.until = s.now + 10s;
  (void)s.server.post("p2");
  s.push(s.server.post("p3"));
  s.run(5s);
  s.push(s.server.post("p4"));
  s.push(s.server.write("meanwhile"));
  s.run(100ms);
  CHECK(s.take_delivered() == "meanwhile");
  s.run(20s);
  CHECK(s.take_delivered() == "p2 p3 p4");
  s.asked.clear();
  s.run(10min);
  CHECK(s.requests() == 0);
}

TEST_CASE("what is missing may come by itself, however late", "[updates]") {
  lagging_stage s;
  auto const lost = s.server.write("late");
  auto const post = s.server.post("p2");
  s.push(s.server.write("two"));
  s.push(s.server.post("p3"));
  s.run(2min);
  s.push(lost);
  s.push(post);
  s.run();
  CHECK(s.take_delivered() == "late two p2 p3");
  s.asked.clear();
  s.run(10min);
  CHECK(s.requests() == 0);
}

TEST_CASE("a gap that stays is asked for ever later, every five minutes in the end", "[updates]") {
  lagging_stage s;
  bool const of_channel = GENERATE(false, true);
  if (of_channel) {
    (void)s.server.post("p2");
    s.push(s.server.post("p3"));
  } else {
    (void)s.server.write("lost");
    s.push(s.server.write("two"));
  }
  s.run(10s);  // after 0.5 s, and 1, 2 and 4 s later
  CHECK(s.requests() == 4);
  s.run(10min);
  CHECK(s.requests() <= 8);
  for (int i = 0; i < 10; ++i) {  // what follows does not hasten it
    s.push(of_channel ? s.server.post("more") : s.server.write("more"));
    s.run(1min);
  }
  CHECK(s.requests() <= 4);
  CHECK(s.log.size() == 1);
  s.until = s.now;
  s.run(6min);
  CHECK(s.take_delivered().starts_with(of_channel ? "p2 p3 more" : "lost two more"));
}

TEST_CASE("another gap is not asked for later because of one that stays", "[updates]") {
  lagging_stage s;
  s.push(far_update(1000));
  s.push(test::to_push(test::post_in(channel_id, 1000)));
  s.run(20min);
  CHECK(s.requests() < 40);
  s.until = s.now;
  (void)s.server.write("lost");
  s.push(s.server.write("two"));
  (void)s.server.post("p2");
  s.push(s.server.post("p3"));
  s.run(600ms);
  CHECK(s.take_delivered() == "lost two p2 p3");
}

TEST_CASE("of what does not fit the number is kept, so that the gap stays until it has come",
          "[updates]") {
  constexpr auto more_than_fit = static_cast<int>(updates::gap_buffer::max_entries) + 10;
  bool const of_channel = GENERATE(false, true);
  lagging_stage s;
  s.until = s.now + 10min;
  s.server.slice_size = 10'000;
  std::string wanted;
  auto const say = [&](int i) {
    auto const text = std::to_string(i);
    wanted += (wanted.empty() ? "" : " ") + text;
    return of_channel ? s.server.post(text) : s.server.write(text);
  };
  (void)say(0);
  for (int i = 1; i < more_than_fit; ++i) s.push(say(i));
  s.run(1min);
  CHECK(s.take_delivered().empty());
  CHECK(s.requests() < 12);
  for (int i = 0; i < 100; ++i) {  // full as it is
    s.push(say(more_than_fit + i));
    s.run(100ms);
  }
  CHECK(s.requests() < 4);
  s.run(30min);
  CHECK(s.take_delivered() == wanted);
  CHECK(s.losses.empty());
}

TEST_CASE("a difference that says less than is known takes nothing back", "[updates]") {
  engine_stage s;
  s.start();
  for (auto const* text : {"one", "two"}) s.push(s.server.write(text));
  for (auto const* text : {"p1", "p2"}) s.push(s.server.post(text));
  s.run();
  s.on_channel = [](updates::ask_channel_difference const&) {
    return channel_difference::own(
        tl::updates::channelDifferenceEmpty{.final = true, .pts = 1, .timeout = 1});
  };
  bool lags = true;
  s.on_difference = [&](update_state) {
    if (!std::exchange(lags, false)) return difference();
    tl::updates::difference all;
    all.state = {.pts = 1, .qts = 0, .date = 1, .seq = 0};
    return difference::own(std::move(all));
  };
  s.engine.request_difference();
  s.push(test::to_push(tl::updateChannelTooLong{.channel_id = channel_id}));
  s.run(1min);
  CHECK(s.stored.account->pts == 2);
  CHECK(s.stored.channels.at(channel_id) == 2);
  s.push(s.server.write("three"));
  s.push(s.server.post("p3"));
  s.run();
  CHECK(s.take_delivered() == "one two p1 p2 three p3");
}
