// SPDX-License-Identifier: MIT OR Apache-2.0
//
// No answer of a server makes requests without limit, nor keeps what comes meanwhile.
#include "engine_stage.hpp"

#include <mtp/tl/types/Dialog.hpp>

using namespace mtp;
using namespace std::chrono_literals;
using mtp::test::channel_id;
using mtp::test::engine_stage;

namespace {

using difference = engine_stage::difference;
using channel_difference = engine_stage::channel_difference;

struct loop_stage : engine_stage {
  loop_stage() {
    start();
    push(server.post("p1"));
    run();
    take_delivered();
    asked.clear();
  }
  void lose_post() {
    (void)server.post("lost");
    push(server.post("p3"));
  }
};

template <class Answer>
channel_difference channel_answer(Answer what) {
  return channel_difference::own(std::move(what));
}

}  // namespace

TEST_CASE("a difference of a channel that never ends and never gets on is slowed down",
          "[updates]") {
  loop_stage s;
  bool const has_content = GENERATE(false, true);
  s.on_channel = [&](updates::ask_channel_difference const& request) {
    tl::updates::channelDifference stuck;
    stuck.pts = request.pts;
    if (has_content) stuck.other_updates.push_back(tl::updateContactsReset{});
    return channel_answer(std::move(stuck));
  };
  s.push(test::to_push(tl::updateChannelTooLong{.channel_id = channel_id}));
  s.run();
  CHECK(s.asked.size() == 3);
  CHECK(s.log.size() == 1);
  s.run(1h);
  CHECK(s.asked.size() < 30);
  CHECK(s.log.size() == 1);
  CHECK(s.take_delivered() == (has_content ? "other" : ""));
  s.push(s.server.write("one"));  // nothing waits for it, in the channel neither
  s.push(s.server.post("p2"));
  s.run();
  CHECK(s.take_delivered() == "one p2");
}

TEST_CASE("a difference of a channel that gets on and brings nothing is slowed down", "[updates]") {
  loop_stage s;
  bool const is_empty = GENERATE(false, true);
  s.on_channel = [&](updates::ask_channel_difference const& request) {
    if (is_empty)
      return channel_answer(tl::updates::channelDifferenceEmpty{.pts = request.pts + 1});
    tl::updates::channelDifference bare;
    bare.pts = request.pts + 1;
    return channel_answer(std::move(bare));
  };
  s.push(test::to_push(tl::updateChannelTooLong{.channel_id = channel_id}));
  s.run(1h);
  CHECK(s.asked.size() < 30);
}

TEST_CASE("a channel that is too long again and again is slowed down", "[updates]") {
  loop_stage s;
  s.on_channel = [](updates::ask_channel_difference const&) {
    return channel_answer(tl::updates::channelDifferenceTooLong{.dialog = tl::dialog{}});
  };
  s.lose_post();
  s.run(1h);
  CHECK(s.asked.size() < 40);
}

TEST_CASE("slices that move in nothing but the date are taken as the end", "[updates]") {
  loop_stage s;
  std::int32_t date = 1;
  s.on_difference = [&](update_state from) {
    tl::updates::differenceSlice part;
    part.intermediate_state = {.pts = from.pts, .qts = from.qts, .date = ++date, .seq = 0};
    return difference::own(std::move(part));
  };
  s.engine.request_difference();
  s.run();
  CHECK(s.asked.size() == 3);
  CHECK(s.log.size() == 1);
  s.push(s.server.write("one"));
  s.run();
  CHECK(s.take_delivered() == "one");
  s.asked.clear();
  s.run(1h - 1s);  // a quarter of an hour of silence each
  CHECK(s.asked.size() < 6);
  CHECK(s.log.size() == 1);
}

TEST_CASE("a slice that says the same once more is the end", "[updates]") {
  loop_stage s;
  s.on_difference = [&](update_state from) {
    tl::updates::differenceSlice part;
    part.intermediate_state = {.pts = from.pts, .qts = from.qts, .date = from.date, .seq = 0};
    return difference::own(std::move(part));
  };
  s.engine.request_difference();
  s.run(1min);
  CHECK(s.asked.size() <= 2);
}

TEST_CASE("slices that go back and forth, or on with nothing in them, are slowed down",
          "[updates]") {
  loop_stage s;
  bool const forth = GENERATE(false, true);
  int round = 0;
  s.on_difference = [&](update_state from) {
    tl::updates::differenceSlice part;
    part.intermediate_state = {.pts = forth ? from.pts + 1 : ++round % 2, .date = 1};
    return difference::own(std::move(part));
  };
  s.engine.request_difference();
  s.run(1h);
  CHECK(s.asked.size() < 30);
  s.push(test::to_push(tl::updateContactsReset{}));
  s.run();
  CHECK(s.take_delivered() == "other");
}

TEST_CASE("differences that are too long one after another are slowed down", "[updates]") {
  loop_stage s;
  s.on_difference = [](update_state from) {
    return difference::own(tl::updates::differenceTooLong{.pts = from.pts + 5});
  };
  s.engine.request_difference();
  s.run(1h);
  CHECK(s.asked.size() < 30);
  CHECK(s.losses.size() == s.asked.size());
}

TEST_CASE("slices that bring something are asked for at once, however many", "[updates]") {
  loop_stage s;
  s.server.slice_size = 1;
  for (int i = 0; i < 200; ++i) (void)s.server.write("m");
  for (int i = 0; i < 200; ++i) (void)s.server.post("p");
  s.engine.request_difference();
  s.push(test::to_push(tl::updateChannelTooLong{.channel_id = channel_id}));
  s.run(1min);
  CHECK(s.stored.account->pts == 200);
  CHECK(s.stored.channels.at(channel_id) == 201);
  CHECK(s.log.empty());
}

TEST_CASE("the state that each slice ends with is stored, and the last one too", "[updates]") {
  loop_stage s;
  s.consumes = false;
  s.server.slice_size = 2;
  for (auto const* text : {"1", "2", "3", "4", "5"}) (void)s.server.write(text);
  s.engine.request_difference();
  s.run();
  s.consume(1);
  s.close_stream();
  CHECK(s.stored.account->pts == 0);
  s.open_stream();
  s.run();
  s.consume(2);
  CHECK(s.stored.account->pts == 2);
  s.consume();
  CHECK(s.stored.account->pts == 5);
  s.asked.clear();
  s.engine.request_difference();
  s.run();
  CHECK(s.take_asked() == "difference:5");
}
