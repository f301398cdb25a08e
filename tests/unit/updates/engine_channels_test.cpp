// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Many channels: what one of them does to the others, and what they cost.
#include "engine_stage.hpp"

#include <algorithm>

using namespace mtp;
using namespace std::chrono_literals;
using mtp::test::engine_stage;
using mtp::test::failure_with;
using mtp::test::refusal;

namespace {

using channel_difference = engine_stage::channel_difference;

/// The difference of a channel with one post behind each position.
channel_difference one_post(updates::ask_channel_difference const& request, bool final = true) {
  tl::updates::channelDifference out;
  auto update = test::post_in(request.channel, request.pts + 1);
  out.new_messages.push_back(std::move(update.message));
  out.pts = request.pts + 1;
  out.final = final;
  out.timeout = 86'400;
  return channel_difference::own(std::move(out));
}

/// An account that follows channels 1 to `count`, each at position 10.
struct channels_stage : engine_stage {
  explicit channels_stage(std::int64_t count) {
    for (std::int64_t i = 1; i <= count; ++i) stored.channels[i] = 10;
    stored.account = update_state{.pts = 1, .qts = 0, .date = 1, .seq = 0};
    (void)server.write("m1");
    on_channel = [](auto const& request) { return one_post(request); };
    start();
    asked.clear();
  }
  /// The post before is lost.
  void push_gap(std::int64_t channel) { push(test::to_push(test::post_in(channel, 12))); }
  void push_next(std::int64_t channel) { push(test::to_push(test::post_in(channel, 11))); }
};

/// Each kind of it.
error_info trouble(int kind) {
  auto flood = refusal(420, "FLOOD_WAIT");
  flood.refusal->value = 3600;
  std::vector<error_info> const kinds = {flood, refusal(500, "INTERNAL"), refusal(-503, "TIMEOUT"),
                                         failure_with(client_errc::timed_out),
                                         refusal(400, "PERSISTENT_TIMESTAMP_INVALID")};
  return kinds.at(static_cast<std::size_t>(kind));
}

}  // namespace

TEST_CASE("quiet channels cost nothing, however many", "[updates]") {
  auto const count = GENERATE(0, 10, 6000);
  channels_stage s(count);
  s.run(1h);
  CHECK(s.take_asked() == "difference:1 difference:1 difference:1 difference:1");
}

TEST_CASE("channels are asked for side by side, within a bound", "[updates]") {
  channels_stage s(100);
  s.holds_channels = true;
  for (std::int64_t i = 1; i <= 100; ++i) s.push_gap(i);
  s.run(1s);
  CHECK(s.held.size() == updates::engine::max_channel_requests);
  auto const first = s.held.front();
  s.engine.on_channel_difference(first.channel, one_post(first), s.now);
  s.run();
  CHECK(s.held.size() == updates::engine::max_channel_requests + 1);
  CHECK(s.take_delivered() == "c1.11 c1.12");
}

TEST_CASE("many channels are caught up with at a bounded pace", "[updates]") {
  channels_stage s(6000);
  for (std::int64_t i = 1; i <= 1000; ++i) s.push_gap(i);
  s.run(500ms);
  CHECK(s.asked.size() <= updates::engine::channel_burst + 1);
  s.run(10s);
  CHECK(s.asked.size() > 200);
  CHECK(s.asked.size() < 300);
  s.run(1min);
  CHECK(s.delivered.size() == 2000);
}

TEST_CASE("trouble with some channels holds up nobody else", "[updates]") {
  auto const why = trouble(GENERATE(0, 1, 2, 3, 4));
  channels_stage s(100);
  s.on_channel_failure = [&](std::int64_t channel) {
    return channel <= 50 ? std::optional(why) : std::nullopt;
  };
  for (std::int64_t i = 1; i <= 51; ++i) s.push_gap(i);
  s.run(600ms);
  s.push(s.server.write("m2"));
  s.run();
  CHECK(s.take_delivered() == "c51.11 c51.12 m2");
  s.push_gap(52);
  s.push_next(1);  // in the channel itself what follows goes on
  s.run(600ms);
  auto const seen = s.take_delivered();
  CHECK(seen.find("c52.11 c52.12") != std::string::npos);
  CHECK(seen.find("c1.11 c1.12") != std::string::npos);
  s.run(10min);
  CHECK(s.asked.size() < 50 * 12);
}

TEST_CASE("a channel that is not answered holds up nobody else", "[updates]") {
  channels_stage s(3);
  s.holds_channels = true;
  s.push_gap(1);
  s.run(1s);
  REQUIRE(s.held.size() == 1);
  s.holds_channels = false;
  s.push_next(1);  // belongs to the difference that is on its way
  s.push_gap(2);
  s.push_next(3);
  s.push(s.server.write("m2"));
  s.engine.request_difference();
  s.run(1h);
  CHECK(s.take_delivered() == "c3.11 m2 c2.11 c2.12");
  s.engine.on_channel_difference(1, one_post(s.held.front()), s.now);
  s.run();
  CHECK(s.take_delivered() == "c1.11 c1.12");
}

TEST_CASE("what a difference of a channel says of a timeout bans nothing", "[updates]") {
  channels_stage s(1);
  s.push_gap(1);
  s.run(500ms);
  CHECK(s.take_delivered() == "c1.11 c1.12");
  s.push(test::to_push(test::post_in(1, 13)));
  s.run();
  CHECK(s.take_delivered() == "c1.13");  // busy meanwhile
  s.push(test::to_push(test::post_in(1, 15)));
  s.run(500ms);
  CHECK(s.take_delivered() == "c1.14 c1.15");
  s.asked.clear();
  s.on_channel = [](auto const& request) { return one_post(request, request.pts >= 18); };
  s.push(test::to_push(tl::updateChannelTooLong{.channel_id = 1}));
  s.run();
  CHECK(s.take_asked() == "channel:15 channel:16 channel:17 channel:18");
  s.run(10min);
  CHECK(s.asked.empty());  // nor is it asked for because of it
}

TEST_CASE("a channel is asked once at a time, and once more when more is said to be missing",
          "[updates]") {
  channels_stage s(1);
  s.holds_channels = true;
  auto const late = test::to_push(tl::updateChannelTooLong{.channel_id = 1});
  s.push(late);
  s.run(1s);
  for (int i = 0; i < 5; ++i) s.push(late);
  s.run(1min);
  CHECK(s.take_asked() == "channel:10");
  s.engine.on_channel_difference(1, one_post(s.held.front()), s.now);
  s.run();
  CHECK(s.take_asked() == "channel:11");
}

TEST_CASE("an answer about a channel of an earlier stream, or account, is void", "[updates]") {
  channels_stage s(1);
  s.holds_channels = true;
  s.push_gap(1);
  s.run(1s);
  auto const old = s.held.front();
  bool const failed = GENERATE(false, true);
  auto const answer = [&] {
    if (failed) s.engine.on_channel_failed(1, refusal(401, "SESSION_REVOKED"), s.now);
    if (!failed) s.engine.on_channel_difference(1, one_post(old), s.now);
    s.settle();
  };
  SECTION("a stream") {
    s.close_stream();
    s.open_stream();
    s.run(1min);
    CHECK(s.held.size() == 1);  // not beside the first
    answer();
    s.run();
    CHECK(s.held.size() == 2);
    CHECK(s.take_delivered().empty());
  }
  SECTION("an account") {
    s.stored = {};
    s.engine.on_account_changed();
    s.settle();
    answer();
    s.log_in(2);
    s.run(1min);
    CHECK(s.held.size() == 1);
    CHECK(s.stored.channels.empty());
    CHECK(s.take_delivered().empty());
  }
  CHECK(s.logins_ended == 0);
}

TEST_CASE("an account that cannot be asked holds up no channel", "[updates]") {
  channels_stage s(2);
  for (int i = 0; i < 8; ++i) s.failures.push_back(refusal(500, "INTERNAL"));
  s.engine.request_difference();
  s.run();
  s.failures.clear();
  s.push_gap(1);
  s.push_next(2);
  s.run(600ms);
  CHECK(s.take_delivered() == "c2.11 c1.11 c1.12");
}
