// SPDX-License-Identifier: MIT OR Apache-2.0
#include "transfer/transfer_window.hpp"

#include "support/catch.hpp"

using namespace mtp;
using namespace std::chrono_literals;
using mtp::transfer::transfer_window;

namespace {

constexpr steady_time start = steady_time() + 1h;

/// A round trip of everything that may be under way.
void one_round(transfer_window& of, duration took) {
  int sent = 0;
  while (of.may_start(start)) of.on_start(), ++sent;
  for (int i = 0; i < sent; ++i) of.on_done(took);
}

}  // namespace

TEST_CASE("the window doubles every round trip as long as none queues", "[transfer]") {
  transfer_window w({.first = 2, .most = 64});
  for (int const wanted : {2, 4, 8, 16, 32, 64, 64}) {
    CHECK(w.size() == wanted);
    one_round(w, 100ms);
  }
}

TEST_CASE("parts that queue up shrink the window, down to one", "[transfer]") {
  transfer_window w({.first = 2, .most = 64});
  for (int i = 0; i < 5; ++i) one_round(w, 100ms);
  CHECK(w.size() == 64);
  for (int i = 0; i < 10; ++i) one_round(w, 200ms);
  CHECK(w.size() < 60);
  CHECK(w.size() > 8);
  for (int i = 0; i < 500; ++i) one_round(w, 1000s);
  CHECK(w.size() <= 5);
  CHECK(w.may_start(start));
}

TEST_CASE("a wait holds everything until it is over, and halves the window once", "[transfer]") {
  transfer_window w({.first = 8, .most = 16});
  for (int i = 0; i < 4; ++i) w.on_start();
  w.on_wait(start, 5s);
  w.on_wait(start + 1ms, 5s);
  w.on_wait(start + 2ms, 2s);
  CHECK(w.size() == 4);
  CHECK(w.under_way() == 1);
  CHECK(w.paused_until() == start + 5s + 1ms);
  CHECK_FALSE(w.may_start(start + 5s));
  CHECK(w.may_start(start + 5s + 1ms));
  w.on_start();
  w.on_trouble(start + 6s);
  CHECK(w.size() == 2);
}

TEST_CASE("whatever goes wrong, one part may go", "[transfer]") {
  transfer_window w;
  for (int i = 0; i < 100; ++i) {
    w.on_start();
    w.on_trouble(start + i * 10s);
    CHECK(w.under_way() == 0);
    CHECK(w.size() >= 1);
  }
  w.on_start();
  w.on_given_up();
  CHECK(w.may_start(start));
}
