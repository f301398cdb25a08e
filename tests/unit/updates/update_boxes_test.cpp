// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/updates/update_boxes.hpp>

#include "support/catch.hpp"

#include <limits>

using namespace mtp;
using mtp::updates::update_boxes;
using mtp::updates::verdict;

namespace {

update_boxes at_ten() { return {{.pts = 10, .qts = 10, .date = 100, .seq = 10}, {{7, 10}}}; }

}  // namespace

TEST_CASE("the next update is applied, once", "[updates]") {
  update_boxes boxes = at_ten();
  CHECK(boxes.common(11, 1) == verdict::apply);
  CHECK(boxes.common(11, 1) == verdict::skip);
  CHECK(boxes.common(14, 3) == verdict::apply);
  CHECK(boxes.state().pts == 14);
  CHECK(boxes.secondary(11) == verdict::apply);
  CHECK(boxes.secondary(11) == verdict::skip);
  CHECK(boxes.channel(7, 12, 2) == verdict::apply);
  CHECK(boxes.channel(7, 12, 2) == verdict::skip);
  CHECK(boxes.channel_pts(7) == 12);
}

TEST_CASE("an update too far ahead is a gap and changes nothing", "[updates]") {
  update_boxes boxes = at_ten();
  CHECK(boxes.common(12, 1) == verdict::gap);
  CHECK(boxes.secondary(12) == verdict::gap);
  CHECK(boxes.channel(7, 12, 1) == verdict::gap);
  CHECK(boxes.batch(12) == verdict::gap);
  CHECK(boxes.state() == at_ten().state());
  CHECK(boxes.channel_pts(7) == 10);
}

TEST_CASE("an update that takes no step is applied where we stand", "[updates]") {
  update_boxes boxes = at_ten();
  CHECK(boxes.common(10, 0) == verdict::apply);
  CHECK(boxes.common(9, 0) == verdict::skip);
  CHECK(boxes.common(11, 0) == verdict::gap);
  CHECK(boxes.common(0, 0) == verdict::apply);
  CHECK(boxes.state().pts == 10);
}

TEST_CASE("the first update of a channel is believed", "[updates]") {
  update_boxes boxes = at_ten();
  CHECK(!boxes.channel_pts(8));
  CHECK(boxes.channel(8, 500, 1) == verdict::apply);
  CHECK(boxes.channel(8, 501, 1) == verdict::apply);
  boxes.forget_channel(8);
  CHECK(boxes.channel(8, 7, 1) == verdict::apply);
}

TEST_CASE("batches follow their own numbers", "[updates]") {
  update_boxes boxes = at_ten();
  CHECK(boxes.batch(0) == verdict::apply);
  CHECK(boxes.batch(10) == verdict::skip);
  CHECK(boxes.batch(11) == verdict::apply);
  boxes.batch_applied(13, 105);
  CHECK(boxes.batch(14) == verdict::apply);
  boxes.batch_applied(0, 99);  // never back in time
  CHECK(boxes.state() == update_state{.pts = 10, .qts = 10, .date = 105, .seq = 13});
}

TEST_CASE("a difference sets the numbers", "[updates]") {
  update_boxes boxes = at_ten();
  boxes.nothing_missed(200, 20);
  CHECK(boxes.state() == update_state{.pts = 10, .qts = 10, .date = 200, .seq = 20});
  boxes.reset_pts(50);
  CHECK(boxes.state().pts == 50);
  boxes.reset_to({.pts = 1, .qts = 2, .date = 3, .seq = 4});
  CHECK(boxes.state() == update_state{.pts = 1, .qts = 2, .date = 3, .seq = 4});
  boxes.reset_channel(7, 77);
  CHECK(boxes.channel_pts(7) == 77);
}

TEST_CASE("impossible numbers do no harm", "[updates]") {
  constexpr auto least = std::numeric_limits<std::int32_t>::min();
  constexpr auto most = std::numeric_limits<std::int32_t>::max();
  update_boxes boxes = at_ten();
  CHECK(boxes.common(least, most) == verdict::skip);
  CHECK(boxes.common(most, least) == verdict::gap);
  CHECK(boxes.channel(7, least, most) == verdict::skip);
  boxes.batch_applied(most, 0);
  CHECK(boxes.batch(most) == verdict::skip);
  update_boxes unknown;
  CHECK(unknown.common(least, most) == verdict::skip);
  CHECK(unknown.secondary(least) == verdict::skip);
}

TEST_CASE("without a state the first number of each order is believed", "[updates]") {
  update_boxes boxes;
  CHECK(!boxes.is_known());
  CHECK(boxes.common(500, 2) == verdict::apply);
  CHECK(boxes.common(502, 1) == verdict::gap);
  CHECK(boxes.secondary(70) == verdict::apply);
  CHECK(boxes.batch(9) == verdict::apply);
  boxes.batch_applied(9, 1);
  CHECK(boxes.batch(11) == verdict::gap);
  boxes.reset_to({});
  CHECK(boxes.is_known());
  CHECK(boxes.common(2, 1) == verdict::gap);  // a known zero is a number like any other
}
