// SPDX-License-Identifier: MIT OR Apache-2.0
#include "updates/delivery_queue.hpp"

#include "support/catch.hpp"

using namespace mtp;
using mtp::updates::delivery_queue;

namespace {

updates::reach at(std::int32_t pts) {
  return {.account = update_state{.pts = pts, .qts = 0, .date = 0, .seq = 0}};
}

/// The pts that may be stored; 0 when nothing new may.
std::int32_t reached(delivery_queue& queue) {
  auto const position = queue.take_position();
  return position.account ? position.account->pts : 0;
}

}  // namespace

TEST_CASE("a position is reached when what stands before it was consumed", "[updates][delivery]") {
  delivery_queue queue(10);
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

TEST_CASE("a position with nothing before it is reached at once", "[updates][delivery]") {
  delivery_queue queue(10);
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

TEST_CASE("positions of different kinds are joined", "[updates][delivery]") {
  delivery_queue queue(10);
  queue.push({});
  queue.push_position(at(1));
  updates::reach channel;
  channel.channels[7] = 70;
  queue.push_position(channel);
  (void)queue.take();
  queue.consumed();
  auto const position = queue.take_position();
  CHECK(position.account->pts == 1);
  CHECK(position.channels.at(7) == 70);
}

TEST_CASE("the queue says when it is full, and can be emptied", "[updates][delivery]") {
  delivery_queue queue(2);
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

TEST_CASE("a queue is full by number or by bytes", "[updates][delivery]") {
  slice const body(bytes(1000));
  delivery_queue queue(10, 4000);
  for (int i = 0; i < 3; ++i) queue.push({.unreadable = body});
  CHECK(!queue.is_full());
  queue.push({.unreadable = body});
  CHECK(queue.is_full());
  (void)queue.take();
  CHECK(!queue.is_full());
  queue.push({.unreadable = body});
  CHECK(queue.is_full());
  queue.clear();
  CHECK(!queue.is_full());
  for (int i = 0; i < 10; ++i) queue.push({});
  CHECK(queue.is_full());
}
