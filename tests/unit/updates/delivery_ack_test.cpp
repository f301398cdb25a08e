// SPDX-License-Identifier: MIT OR Apache-2.0
//
// A program says that it got past an update, before it asks for the next.
#include "delivery_stage.hpp"

using namespace mtp;
using mtp::test::delivery_stage;
using mtp::test::message_at;
using updates::delivery_attempts;
using updates::delivery_step;

namespace {

struct ack_stage : delivery_stage {
  /// As the driver does.
  void acknowledge() {
    auto const what = machine.acknowledgement(counts);
    machine.on_acknowledged();
    if (what.position.account) pts = what.position.account->pts;
    for (auto const& [key, count] : what.attempts) {
      if (count) counts[key] = *count;
      if (!count) counts.erase(key);
    }
  }
  /// One difference brings all of them.
  void bring(int first, int last) {
    for (int i = first; i <= last; ++i) machine.push(message_at(i));
    machine.on_reached({.account = update_state{.pts = last}}, counts);
    machine.on_caught_up();
    settle();
  }
  /// The number of the next message, after those that are passed over in silence.
  std::string take_key() {
    auto what = ask();
    if (what == delivery_step::save) machine.on_saved();
    if (what == delivery_step::save) what = next();
    REQUIRE(what == delivery_step::hand_out);
    return updates::key_of(machine.hand_out().what);
  }
};

}  // namespace

TEST_CASE("what is acknowledged is stored before the next is asked for", "[updates][delivery]") {
  ack_stage s;
  s.send(1);
  s.take_one();
  CHECK(s.pts == 0);
  s.acknowledge();
  CHECK(s.pts == 1);
  CHECK(s.counts.empty());
  CHECK(s.machine.acknowledgement(s.counts).empty());  // the second time
  CHECK(s.ask() == delivery_step::wait);
}

TEST_CASE("what is acknowledged in the middle of a difference does not come again",
          "[updates][delivery]") {
  ack_stage s;
  s.bring(1, 3);
  CHECK(s.take_key() == "message 1 in user 42");
  s.acknowledge();
  CHECK(s.pts == 0);
  CHECK(s.counts ==
        delivery_stage::marks{{"message 1 in user 42", delivery_attempts::acknowledged}});

  ack_stage again;  // after a crash
  again.counts = s.counts;
  again.bring(1, 3);
  CHECK(again.take_key() == "message 2 in user 42");
  CHECK(again.take_key() == "message 3 in user 42");
  CHECK(again.ask() == delivery_step::wait);
  CHECK(again.pts == 3);
  CHECK(again.counts.empty());
}

TEST_CASE("when all that comes again was acknowledged, the position moves all the same",
          "[updates][delivery]") {
  ack_stage s;
  for (int i = 1; i <= 3; ++i)
    s.counts[updates::key_of(message_at(i))] = delivery_attempts::acknowledged;
  s.bring(1, 3);
  CHECK(s.ask() == delivery_step::wait);
  CHECK(s.pts == 3);
  s.send(4);
  CHECK(s.take_key() == "message 4 in user 42");
  s.acknowledge();
  CHECK(s.counts.empty());
}

TEST_CASE("nothing is acknowledged that is not handed out", "[updates][delivery]") {
  ack_stage s;
  s.send(1);
  CHECK(s.machine.acknowledgement(s.counts).empty());
  s.take_one();
  s.machine.discard();  // it comes again
  CHECK(s.machine.acknowledgement(s.counts).empty());
}

TEST_CASE("what was acknowledged is never forgotten to make place for counts",
          "[updates][delivery]") {
  ack_stage s;
  auto const done = updates::key_of(message_at(1));
  s.counts[done] = delivery_attempts::acknowledged;
  for (int i = 2; i <= 1200; ++i) s.counts[updates::key_of(message_at(i))] = 1;
  s.bring(1300, 1301);
  CHECK(s.take_key() == "message 1300 in user 42");
  CHECK(s.counts.contains(done));
}
