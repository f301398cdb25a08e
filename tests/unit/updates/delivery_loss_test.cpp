// SPDX-License-Identifier: MIT OR Apache-2.0
//
// That updates are lost is handed out as an update is: it comes again until the program got past
// it.
#include "delivery_stage.hpp"

using namespace mtp;
using mtp::test::delivery_stage;
using updates::delivery_step;
using updates::lost;

namespace {

using order = updates::update_number::order;

updates::arrival loss(lost what) { return {.loss = std::make_shared<lost const>(what)}; }
std::string key(lost what) { return updates::key_of(loss(what)); }

struct loss_stage : delivery_stage {
  void lose(std::int32_t from, std::int32_t to) {
    machine.push(loss({.from = from, .to = to}));
    machine.on_reached({.account = update_state{.pts = to}}, counts);
    settle();
  }
  updates::delivery::handed_out take() {
    auto what = ask();
    if (what == delivery_step::save) machine.on_saved();
    if (what == delivery_step::save) what = next();
    REQUIRE(what == delivery_step::hand_out);
    return machine.hand_out();
  }
};

}  // namespace

TEST_CASE("a loss counts as handled when the next is asked for, as an update does",
          "[updates][delivery]") {
  loss_stage s;
  s.lose(0, 5);
  auto const first = s.take();
  REQUIRE(first.what.loss);
  CHECK(first.what.loss->to == 5);
  CHECK(s.pts == 0);
  CHECK(s.counts == delivery_stage::marks{{"lost after 0", 1}});
  CHECK(s.ask() == delivery_step::wait);
  CHECK(s.pts == 5);
  CHECK(s.counts.empty());
}

TEST_CASE("a loss that was not handled comes again under its key, however far the box went",
          "[updates][delivery]") {
  loss_stage s;
  s.lose(0, 5);
  (void)s.take();
  s.machine.discard();
  s.lose(0, 9);
  auto const again = s.take();
  CHECK(again.attempt == 2);
  CHECK(again.what.loss->to == 9);
  CHECK(updates::key_of(again.what) == "lost after 0");
}

TEST_CASE("losses of different boxes have different keys", "[updates][delivery]") {
  CHECK(key({.from = 3}) == "lost after 3");
  CHECK(key({.box = order::secondary, .from = 3}) == "lost of qts after 3");
  CHECK(key({.box = order::none, .from = 3}) == "lost batches after 3");
  auto const of_channel = key({.box = order::channel, .channel = 77, .from = 3});
  CHECK(of_channel == "lost after 3 in channel 77");
  CHECK(updates::channel_of_key(of_channel) == 77);
}
