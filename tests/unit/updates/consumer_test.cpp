// SPDX-License-Identifier: MIT OR Apache-2.0
//
// One of several consumers of a journal: what it is given, what it keeps in memory, what it is
// given again.
#include "updates/consumer.hpp"

#include "support/catch.hpp"

#include <string>
#include <vector>

using namespace mtp;
using namespace std::chrono_literals;
using updates::consumer;
using updates::consumer_place;
using updates::consumer_step;

namespace {

slice content_of(std::uint64_t number) {
  return slice(bytes(10, static_cast<std::uint8_t>(number)));
}

/// A journal without a store, and what stands in it.
struct journal_stage {
  std::uint64_t end = 0;
  steady_time now = steady_time() + 1h;
  int reads = 0;
  int saves = 0;

  void append(consumer& to, bool wanted = true) {
    ++end;
    to.on_appended(end, content_of(end), wanted);
  }
  void append(consumer& to, int count) {
    for (int i = 0; i < count; ++i) append(to);
  }
  /// Does what is to be done until there is an update, or nothing. Every update but the even ones
  /// when `odd` is wanted.
  consumer_step settle(consumer& of, bool odd = false) {
    for (;;) {
      auto const what = of.next(now);
      if (what == consumer_step::read) {
        read(of, odd);
      } else if (what == consumer_step::save) {
        ++saves;
        of.on_saved();
      } else {
        return what;
      }
    }
  }
  void read(consumer& of, bool odd) {
    ++reads;
    for (auto n = of.last_seen() + 1; n <= end; ++n) {
      if (!of.on_read(n, content_of(n), !odd || n % 2 == 1)) return;
    }
  }
  /// The numbers that it is given until nothing is left.
  std::vector<std::uint64_t> take_all(consumer& of, bool odd = false) {
    std::vector<std::uint64_t> out;
    for (of.on_asked(); settle(of, odd) == consumer_step::hand_out; of.on_asked())
      out.push_back(of.hand_out().number);
    return out;
  }
};

std::vector<std::uint64_t> up_to(std::uint64_t last) {
  std::vector<std::uint64_t> out;
  for (std::uint64_t n = 1; n <= last; ++n) out.push_back(n);
  return out;
}

}  // namespace

TEST_CASE("a consumer is given everything in order, and keeps no more than fits", "[updates]") {
  journal_stage s;
  consumer one({}, 0, {.max_bytes = 35});
  s.append(one, 100);
  CHECK(one.size() == 3);
  CHECK(one.size_in_bytes() == 30);
  CHECK(s.take_all(one) == up_to(100));
  CHECK(s.reads > 1);
  CHECK(one.place() == consumer_place{.number = 100});
  s.reads = 0;
  s.append(one, 3);
  CHECK(s.take_all(one).size() == 3);
  CHECK(s.reads == 0);  // it has caught up, and needs no store
}

TEST_CASE("an update larger than the memory of a consumer is given all the same", "[updates]") {
  journal_stage s;
  consumer one({}, 0, {.max_bytes = 1});
  s.append(one, 5);
  CHECK(one.size() == 1);
  CHECK(s.take_all(one) == up_to(5));
}

TEST_CASE("what a consumer does not want lies behind it without a question", "[updates]") {
  journal_stage s;
  consumer one({}, 0, {});
  for (int i = 0; i < 5; ++i) s.append(one, false);
  CHECK(one.place().number == 5);
  s.append(one, true);
  s.append(one, false);
  CHECK(one.place().number == 5);
  one.on_asked();
  REQUIRE(s.settle(one) == consumer_step::hand_out);
  CHECK(one.hand_out().number == 6);
  CHECK(one.place().number == 5);
  one.on_asked();
  CHECK(one.place().number == 7);
  CHECK(s.reads == 0);
}

TEST_CASE("a consumer that was away finds what it wants of what came", "[updates]") {
  journal_stage s;
  s.end = 9;
  consumer one({.number = 2}, s.end, {.max_bytes = 25});
  CHECK(s.take_all(one, true) == std::vector<std::uint64_t>{3, 5, 7, 9});
  CHECK(one.place().number == 9);
}

TEST_CASE("what a consumer did not get past comes again, and is counted", "[updates]") {
  journal_stage s;
  consumer_place stored;
  for (int life = 1; life <= 3; ++life) {
    consumer one(stored, s.end, {});
    if (life == 1) s.append(one, 3);
    one.on_asked();
    REQUIRE(s.settle(one) == consumer_step::hand_out);
    auto const given = one.hand_out();
    CHECK(given.number == 1);
    CHECK(given.attempt == life);
    stored = one.place();
    CHECK(stored == consumer_place{.number = 0, .attempts = life});
  }
  consumer last(stored, s.end, {});
  last.on_asked();
  REQUIRE(s.settle(last) == consumer_step::pass_over);
  CHECK(last.pass_over().attempt == 3);
  CHECK(last.place().number == 1);
  CHECK(s.take_all(last) == std::vector<std::uint64_t>{2, 3});
}

TEST_CASE("a place is stored before an update that may have killed the program", "[updates]") {
  journal_stage s;
  consumer first({}, 0, {});
  s.append(first, 20);
  s.take_all(first);
  CHECK(s.saves == 1);  // then 20 ms pass
  s.saves = 0;
  consumer again({.number = 0, .attempts = 1}, s.end, {});
  s.take_all(again);
  CHECK(s.saves == 20);
  s.append(again, 20);
  s.saves = 0;
  s.take_all(again);
  CHECK(s.saves == 0);
  s.now += 20ms;
  s.append(again, 20);
  s.take_all(again);
  CHECK(s.saves == 1);
}

TEST_CASE("an acknowledgement is the place behind the update", "[updates]") {
  journal_stage s;
  consumer one({}, 0, {});
  s.append(one, 2);
  one.on_asked();
  CHECK(!one.is_handed_out());
  REQUIRE(s.settle(one) == consumer_step::hand_out);
  (void)one.hand_out();
  CHECK(one.is_handed_out());
  CHECK(one.acknowledgement() == consumer_place{.number = 1});
  CHECK(one.place().number == 0);
  one.on_acknowledged();
  CHECK(!one.is_handed_out());
  CHECK(one.place() == consumer_place{.number = 1});
  CHECK(s.take_all(one) == std::vector<std::uint64_t>{2});
}

TEST_CASE("a consumer that is too far behind says how much it lost", "[updates]") {
  journal_stage s;
  consumer one({}, 0, {.max_bytes = 25});
  s.append(one, 10);
  one.on_asked();
  REQUIRE(s.settle(one) == consumer_step::hand_out);
  (void)one.hand_out();
  CHECK(one.on_dropped(1) == 0);
  CHECK(one.on_dropped(2) == 1);  // it was given that one, which would not come again
  CHECK(one.on_dropped(6) == 4);
  CHECK(one.place().number == 5);
  CHECK(s.take_all(one) == std::vector<std::uint64_t>{6, 7, 8, 9, 10});
  CHECK(one.on_dropped(11) == 0);
}
