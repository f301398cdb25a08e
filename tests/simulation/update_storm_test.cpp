// SPDX-License-Identifier: MIT OR Apache-2.0
//
// MTP_SIMULATION_SEEDS and MTP_SIMULATION_FIRST say which seeds are run, MTP_SIMULATION_UPDATES how
// many updates a single large run has, and MTP_SIMULATION_WATCH prints what happens.
#include "update_storm.hpp"

#include <support/catch.hpp>

#include <fmt/format.h>

#include <cstdlib>

using namespace mtp;
using namespace mtp::test;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t heap_limit = std::size_t{256} << 20;

std::uint64_t number_in(char const* variable, std::uint64_t otherwise) {
  char const* const text = std::getenv(variable);
  return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

std::function<void(std::string_view)> watcher() {
  if (!std::getenv("MTP_SIMULATION_WATCH")) return {};
  return [](std::string_view line) { fmt::print("{}\n", line); };
}

void show(update_storm_result const& all) {
  fmt::print(
      "{} updates delivered in {} lives, {} of them again ({} outside the difference that was cut "
      "off), {} passed over; {} kills at a call of the store, {} by an update; {} MiB of heap at "
      "most\n",
      all.handled, all.lives, all.repeated, all.repeated_alone, all.passed_over, all.kills,
      all.poisonings, all.most_heap >> 20);
  for (std::size_t i = 0; i < update_faults; ++i)
    fmt::print("  {}: {}\n", name_of(static_cast<update_fault>(i)), all.faults[i]);
  for (std::size_t i = 0; i < testing::network_faults; ++i)
    fmt::print("  {}: {}\n", name_of(static_cast<testing::network_fault>(i)), all.network[i]);
  for (std::size_t i = 0; i < mischiefs; ++i)
    fmt::print("  {}: {}\n", name_of(static_cast<mischief>(i)), all.mischief_done[i]);
}

void show_failure(std::uint64_t seed, update_storm_result const& one) {
  fmt::print("seed {} fails; replay it with MTP_SIMULATION_FIRST={} MTP_SIMULATION_SEEDS=1\n", seed,
             seed);
  for (std::size_t i = 0; i < one.wrong.size() && i < 5; ++i) fmt::print("  {}\n", one.wrong[i]);
}

}  // namespace

TEST_CASE("a seed of updates replays exactly", "[simulation][replay]") {
  update_storm_size const size;
  CHECK(run_update_storm(3, size).digest == run_update_storm(3, size).digest);
  CHECK(run_update_storm(3, size).digest != run_update_storm(4, size).digest);
}

TEST_CASE("no update is lost in a storm", "[update_storm]") {
  auto const seeds = number_in("MTP_SIMULATION_SEEDS", 2000);
  auto const begin = number_in("MTP_SIMULATION_FIRST", 1);
  update_storm_size size;
  size.updates = 60;
  update_storm_result all;
  std::uint64_t failed = 0;
  for (std::uint64_t seed = begin; seed < begin + seeds; ++seed) {
    auto const one = run_update_storm(seed, size, watcher());
    all.add(one);
    if (!one.wrong.empty() && failed++ < 10) show_failure(seed, one);
  }
  show(all);
  CHECK(failed == 0);
  for (auto const count : all.faults) CHECK((count > 0 || seeds < 100));
  for (auto const count : all.network) CHECK((count > 0 || seeds < 100));
  CHECK((all.kills > 0 || seeds < 100));
  CHECK(all.repeated_alone <= 5 * (all.kills + all.poisonings));
  CHECK((all.poisonings > 0 || seeds < 100));
}

TEST_CASE("ten accounts with two hundred channels miss nothing in a storm", "[update_storm]") {
  constexpr std::uint64_t accounts = 10;
  auto const updates = number_in("MTP_SIMULATION_UPDATES", 5000);
  update_storm_size size;
  size.accounts = accounts;
  size.channels = 20;
  size.updates = static_cast<int>(updates / accounts);
  size.busy_time = size.updates * 100ms;
  auto const out = run_update_storm(number_in("MTP_SIMULATION_FIRST", 1), size, watcher());
  if (!out.wrong.empty()) show_failure(number_in("MTP_SIMULATION_FIRST", 1), out);
  show(out);
  CHECK(out.wrong.empty());
  CHECK(out.handled == updates / accounts * accounts);
  CHECK(out.repeated_alone <= 5 * (out.kills + out.poisonings));
  CHECK(out.most_heap < heap_limit);
}
