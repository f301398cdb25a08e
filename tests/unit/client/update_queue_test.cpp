// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/update_queue.hpp"

#include "support/catch.hpp"

using namespace mtp;
using mtp::detail::update_queue;

namespace {

session_change at(std::int32_t pts) {
  session_change change;
  change.updates = update_state{.pts = pts, .qts = 0, .date = 0, .seq = 0};
  return change;
}

/// The pts that may be stored; 0 when nothing new may.
std::int32_t reached(update_queue& queue) {
  auto const position = queue.take_position();
  return position.updates && *position.updates ? (*position.updates)->pts : 0;
}

}  // namespace

TEST_CASE("a position is reached when what stands before it was consumed", "[client][updates]") {
  update_queue queue(10);
  queue.push({});
  queue.push_position(at(1));
  queue.push({});
  queue.push_position(at(2));
  CHECK(reached(queue) == 0);
  (void)queue.take();
  CHECK(reached(queue) == 0);
  (void)queue.take();
  CHECK(reached(queue) == 1);
  CHECK(!queue.has_update());
  queue.consumed();
  CHECK(reached(queue) == 2);
  CHECK(reached(queue) == 0);
}

TEST_CASE("a position with nothing before it is reached at once", "[client][updates]") {
  update_queue queue(10);
  queue.push_position(at(1));
  CHECK(reached(queue) == 1);
  queue.push({});
  (void)queue.take();
  queue.push_position(at(2));
  CHECK(reached(queue) == 0);  // the program is still at it
  queue.push_position(at(3));
  queue.consumed();
  CHECK(reached(queue) == 3);
}

TEST_CASE("positions of different kinds are joined", "[client][updates]") {
  update_queue queue(10);
  queue.push({});
  queue.push_position(at(1));
  session_change channel;
  channel.channel_pts[7] = 70;
  queue.push_position(channel);
  (void)queue.take();
  queue.consumed();
  auto const position = queue.take_position();
  CHECK((*position.updates)->pts == 1);
  CHECK(position.channel_pts.at(7) == 70);
}

TEST_CASE("the queue says when it is full, and can be emptied", "[client][updates]") {
  update_queue queue(2);
  queue.push({});
  CHECK(!queue.is_full());
  queue.push({});
  CHECK(queue.is_full());
  queue.push_position(at(1));
  queue.clear();
  CHECK(!queue.is_full());
  CHECK(!queue.has_update());
  CHECK(reached(queue) == 0);
}

TEST_CASE("a queue is full by number or by bytes", "[client][updates]") {
  slice const body(bytes(1000));
  update_queue queue(10, 4000);
  for (int i = 0; i < 3; ++i) queue.push(update::unreadable(body));
  CHECK(!queue.is_full());
  queue.push(update::unreadable(body));
  CHECK(queue.is_full());
  (void)queue.take();
  CHECK(!queue.is_full());
  queue.push(update::unreadable(body));
  CHECK(queue.is_full());
  queue.clear();
  CHECK(!queue.is_full());
  for (int i = 0; i < 10; ++i) queue.push({});
  CHECK(queue.is_full());
}
