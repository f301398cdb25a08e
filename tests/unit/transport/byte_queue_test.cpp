// SPDX-License-Identifier: MIT OR Apache-2.0
#include "transport/byte_queue.hpp"

#include "streams.hpp"
#include "support/catch.hpp"

using namespace mtp;
using namespace mtp::test;
using transport::byte_queue;

TEST_CASE("bytes leave a queue as they came", "[transport]") {
  byte_queue queue;
  bytes const all = counting(1000);
  bytes out;
  for (std::size_t at = 0; at < all.size(); at += 10) {
    queue.push(bytes_view(all).subspan(at, 10));
    auto const some = queue.view().first(queue.size() / 2);
    append(out, some);
    queue.drop(some.size());
  }
  append(out, queue.view());
  CHECK(out == all);
}

TEST_CASE("an empty queue gives the room of a large frame back", "[transport]") {
  byte_queue queue;
  queue.push(bytes(std::size_t{1} << 20));
  queue.drop((std::size_t{1} << 20) - 1);
  CHECK(queue.capacity() >= std::size_t{1} << 20);
  queue.drop(1);
  CHECK(queue.capacity() <= byte_queue::kept);
  queue.push(bytes(1000));
  queue.drop(1000);
  CHECK(queue.capacity() >= 1000);  // little room is kept
}
