// SPDX-License-Identifier: MIT OR Apache-2.0
#include <support/catch.hpp>

#include <testing/simulation/byte_pipe.hpp>
#include <testing/simulation/fault_line.hpp>
#include <testing/simulation/seeded_numbers.hpp>

#include <bit>

using namespace mtp;
using namespace mtp::testing;
using namespace std::chrono_literals;

namespace {

steady_time const start{1h};
bytes const first(12, 1);
bytes const second(12, 2);
bytes const third(12, 3);

bytes take(byte_pipe& from, steady_time now) {
  bytes out(1 << 20);
  out.resize(from.read(out, now));
  return out;
}

bytes joined(std::vector<bytes> const& parts) {
  bytes out;
  for (auto const& each : parts) append(out, each);
  return out;
}

/// What arrives in the end when `fault` meets the second of three writes.
bytes received_with(network_fault fault) {
  seeded_numbers dice(1);
  byte_pipe way({.delay = 10ms});
  fault_line line({planned_fault{.what = fault, .after = 12, .span = 1s}}, dice);
  CHECK(!line.send(way, first, start));
  CHECK(line.send(way, second, start));
  CHECK(!line.send(way, third, start));
  return take(way, start + 1h);
}

}  // namespace

TEST_CASE("bytes arrive after the delay, in order", "[simulation][pipe]") {
  byte_pipe way({.delay = 10ms});
  way.send(first, start);
  way.send(second, start + 1ms);
  CHECK(!way.has_bytes(start + 9ms));
  CHECK(way.next_arrival() == start + 10ms);
  CHECK(take(way, start + 10ms) == first);
  CHECK(take(way, start + 11ms) == second);
  CHECK(!way.next_arrival());
}

TEST_CASE("a rate makes bytes wait for those before them", "[simulation][pipe]") {
  byte_pipe way({.rate = 1000, .delay = 10ms});
  way.send(bytes(500, 1), start);
  way.send(bytes(100, 2), start);
  CHECK(way.next_arrival() == start + 510ms);
  CHECK(way.on_its_way(start + 509ms) == 600);
  CHECK(way.on_its_way(start + 510ms) == 100);
  CHECK(way.unread(start + 509ms) == 0);
  CHECK(way.unread(start + 510ms) == 500);
  CHECK(take(way, start + 599ms).size() == 500);
  CHECK(take(way, start + 610ms).size() == 100);
}

TEST_CASE("a writer waits while enough is unsent", "[simulation][pipe]") {
  byte_pipe way({.rate = 1000, .delay = 10ms, .unsent = 1000});
  CHECK(way.room(start) == 1000);
  way.send(bytes(1000, 1), start);
  CHECK(way.room(start) == 0);
  CHECK(way.more_room(start) == start + 500ms);
  CHECK(way.room(start + 500ms) == 500);
}

TEST_CASE("a writer waits while nobody reads", "[simulation][pipe]") {
  byte_pipe way({.delay = 1ms, .window = 100});
  way.send(bytes(100, 1), start);
  CHECK(way.room(start + 1h) == 0);
  CHECK(!way.more_room(start + 1h));
  CHECK(take(way, start + 1h).size() == 100);
  CHECK(way.room(start + 1h) == 100);
}

TEST_CASE("the end comes after what was sent", "[simulation][pipe]") {
  byte_pipe way({.rate = 1000, .delay = 10ms});
  way.send(bytes(100, 1), start);
  way.end(start);
  CHECK(!way.has_ended(start + 110ms));
  CHECK(take(way, start + 110ms).size() == 100);
  CHECK(way.has_ended(start + 110ms));
}

TEST_CASE("nothing arrives from a silent pipe but what was on its way", "[simulation][pipe]") {
  byte_pipe way({.delay = 10ms});
  way.send(first, start);
  way.silence();
  way.send(second, start);
  way.end(start);
  CHECK(take(way, start + 1h) == first);
  CHECK(!way.has_ended(start + 1h));
}

TEST_CASE("each fault changes what it says and nothing else", "[simulation][faults]") {
  bytes const all = joined({first, second, third});
  for (auto what :
       {network_fault::delay, network_fault::split, network_fault::coalesce, network_fault::slow})
    CHECK(received_with(what) == all);
  CHECK(received_with(network_fault::duplicate) == joined({first, second, second, third}));
  CHECK(received_with(network_fault::reorder) == joined({first, third, second}));
  bytes const wrong = received_with(network_fault::corrupt);
  REQUIRE(wrong.size() == all.size());
  int bits = 0;
  for (std::size_t i = 0; i < all.size(); ++i)
    bits += std::popcount(static_cast<std::uint8_t>(wrong[i] ^ all[i]));
  CHECK(bits == 1);
  for (auto what : {network_fault::drop, network_fault::reset, network_fault::half_close,
                    network_fault::black_hole})
    CHECK(received_with(what) == joined({first, third}));  // the rest is left to the connection
}
