// SPDX-License-Identifier: MIT OR Apache-2.0
#include "transport/byte_queue.hpp"

#include "streams.hpp"
#include "support/catch.hpp"

#include <algorithm>

using namespace mtp;
using namespace mtp::test;
using transport::byte_queue;

namespace {

void put(byte_queue& queue, bytes_view data) {
  while (!data.empty()) {
    auto const room = queue.prepare();
    std::size_t const part = std::min(room.size(), data.size());
    std::ranges::copy(data.first(part), room.begin());
    queue.commit(part);
    data = data.subspan(part);
  }
}

}  // namespace

TEST_CASE("bytes leave a queue as they came", "[transport]") {
  byte_queue queue;
  bytes const all = counting(1000);
  bytes out;
  for (std::size_t at = 0; at < all.size(); at += 10) {
    put(queue, bytes_view(all).subspan(at, 10));
    auto const some = queue.view().first(queue.size() / 2);
    append(out, some);
    queue.drop(some.size());
  }
  append(out, queue.view());
  CHECK(out == all);
}

TEST_CASE("an empty queue holds no memory", "[transport]") {
  byte_queue queue;
  CHECK(queue.capacity() == 0);
  put(queue, bytes(std::size_t{1} << 20));
  queue.drop((std::size_t{1} << 20) - 1);
  CHECK(queue.capacity() >= std::size_t{1} << 20);
  queue.drop(1);
  CHECK(queue.capacity() == 0);
  CHECK(queue.prepare().size() >= byte_queue::min_room);
  queue.commit(0);  // nothing came
  CHECK(queue.capacity() == 0);
}

TEST_CASE("a queue from which much is taken does not grow", "[transport]") {
  byte_queue queue;
  bytes const part = counting(3000);
  put(queue, part);
  for (int i = 0; i < 1000; ++i) {
    put(queue, part);
    CHECK(std::ranges::equal(queue.view().first(3000), part));
    queue.drop(3000);
  }
  CHECK(queue.capacity() == byte_queue::usual_room);
}
