// SPDX-License-Identifier: MIT OR Apache-2.0
#include "transfer/progress_meter.hpp"

#include "support/catch.hpp"

#include <vector>

using namespace mtp;
using namespace std::chrono_literals;
using mtp::transfer::progress_meter;

namespace {

constexpr steady_time start = steady_time() + 1h;

}  // namespace

TEST_CASE("a steady transfer has its rate and the time left", "[transfer]") {
  progress_meter m(start, 1'000'000);
  CHECK(m.at(start).rate == 0);
  CHECK_FALSE(m.at(start).left);
  for (int i = 1; i <= 20; ++i) m.on_bytes(start + i * 500ms, 25'000);
  auto const now = m.at(start + 10s);
  CHECK(now.done == 500'000);
  CHECK(now.rate > 49'999);
  CHECK(now.rate < 50'001);
  CHECK(now.left == 10s);
  CHECK(now.elapsed == 10s);
  CHECK(now.state == transfer_state::running);
}

TEST_CASE("a rate follows what happens within seconds, and not each burst", "[transfer]") {
  progress_meter m(start, std::nullopt);
  for (int i = 1; i <= 20; ++i) m.on_bytes(start + i * 500ms, 50'000);
  for (int i = 0; i < 10; ++i) m.on_bytes(start + 10s + i * 1ms, 50'000);
  CHECK(m.at(start + 11s).rate < 100'001);
  for (int i = 1; i <= 40; ++i) m.on_bytes(start + 11s + i * 500ms, 5'000);
  auto const later = m.at(start + 31s);
  CHECK(later.rate > 9'000);
  CHECK(later.rate < 12'000);
  CHECK_FALSE(later.left);
}

TEST_CASE("a transfer that waits, and one that is over, say so", "[transfer]") {
  progress_meter m(start, 10);
  m.on_wait(start + 5s);
  m.on_wait(start + 3s);
  CHECK(m.at(start + 4s).state == transfer_state::waiting);
  CHECK(m.at(start + 5s).state == transfer_state::running);
  m.on_bytes(start + 6s, 10);
  CHECK(m.at(start + 6s).state == transfer_state::finished);
  CHECK(m.at(start + 6s).left == 0s);
}

TEST_CASE("whoever wants to know of progress is referred to", "[transfer]") {
  std::vector<std::uint64_t> seen;
  auto look = [&](transfer_progress const& now) { seen.push_back(now.done); };
  progress_ref const nobody;
  progress_ref const somebody = look;
  CHECK_FALSE(nobody);
  CHECK(somebody);
  nobody({.done = 1});
  somebody({.done = 2});
  progress_ref const copy = somebody;
  copy({.done = 3});
  CHECK(seen == std::vector<std::uint64_t>{2, 3});
}
