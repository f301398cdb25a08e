// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/transfer/progress_bar.hpp>

#include "support/catch.hpp"

#include <unistd.h>

#include <array>

using namespace mtp;
using namespace std::chrono_literals;

TEST_CASE("a bar says how far it is, how fast, and how long it takes", "[transfer]") {
  transfer_progress now{.done = 512 * 1024, .total = 1024 * 1024, .rate = 3.5 * 1024 * 1024};
  now.left = 7s;
  CHECK(to_line(now, "holiday.mp4") ==
        "holiday.mp4  [############            ]  50 %  3.5 MiB/s  0:07");
  now.left = 3661s;
  CHECK(to_line(now) == "[############            ]  50 %  3.5 MiB/s  1:01:01");
  now.state = transfer_state::waiting;
  CHECK(to_line(now) == "[############            ]  50 %  waits for the server");
  now = {.done = 10, .total = 10, .rate = 10, .left = 0s, .elapsed = 1s};
  now.state = transfer_state::finished;
  CHECK(to_line(now) == "[########################] 100 %  10 B/s");
}

TEST_CASE("a bar shows nothing that is not so", "[transfer]") {
  CHECK(to_line({.done = 2048, .rate = 1024}) == "2.0 KiB  1.0 KiB/s");
  transfer_progress now{.done = 999, .total = 1000};
  CHECK(to_line(now).find("99 %") != std::string::npos);
  now.total = 0;
  CHECK(to_line(now).find("100 %") != std::string::npos);
  now.total = 10;  // more than there should be
  CHECK(to_line(now).find("100 %") != std::string::npos);
  CHECK(to_line({}, "\x1b[2Jname\n").starts_with("?[2Jname?  0 B"));
}

TEST_CASE("a bar is quiet where there is no terminal", "[transfer]") {
  std::array<int, 2> ends;
  REQUIRE(::pipe(ends.data()) == 0);
  {
    progress_bar bar("name", ends[1]);
    bar({.done = 1, .total = 1, .state = transfer_state::finished});
  }
  ::close(ends[1]);
  char some = 0;
  CHECK(::read(ends[0], &some, 1) == 0);
  ::close(ends[0]);
}
