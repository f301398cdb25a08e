// SPDX-License-Identifier: MIT OR Apache-2.0
//
// MTP_SIMULATION_SEEDS says how many seeds are run, MTP_SIMULATION_FIRST with which to begin, and
// MTP_SIMULATION_WATCH prints what happens on the network.
#include "storm.hpp"

#include <support/catch.hpp>

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>

using namespace mtp;
using namespace mtp::test;

namespace {

std::uint64_t number_from(char const* variable, std::uint64_t otherwise) {
  char const* const text = std::getenv(variable);
  return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

void print(std::string_view line) { fmt::print("{}\n", line); }

void report(storm_result const& all, std::uint64_t seeds) {
  fmt::print(
      "{} seeds: {} connections, {} key exchanges, {} calls answered, {} unknown, {} "
      "unreadable, {} signed out, {} repeated, {} doubled ({} without forgetting)\n",
      seeds, all.connections, all.exchanges, all.answered, all.unknown, all.unreadable,
      all.signed_out, all.repeated, all.doubled, all.doubled_in_session);
  for (std::size_t i = 0; i < testing::network_faults; ++i)
    fmt::print("  {}: {}\n", testing::name_of(static_cast<testing::network_fault>(i)),
               all.faults[i]);
  for (std::size_t i = 0; i < mischiefs; ++i)
    fmt::print("  {}: {}\n", name_of(static_cast<mischief>(i)), all.mischief_done[i]);
}

void report_failure(std::uint64_t seed, storm_result const& one) {
  fmt::print("seed {} fails; replay it with MTP_SIMULATION_FIRST={} MTP_SIMULATION_SEEDS=1\n", seed,
             seed);
  for (std::size_t i = 0; i < one.wrong.size() && i < 5; ++i) print("  " + one.wrong[i]);
}

}  // namespace

TEST_CASE("a seed replays exactly", "[simulation][replay]") {
  for (std::uint64_t seed : {1, 2, 16}) {
    std::vector<std::string> first;
    std::vector<std::string> second;
    auto const once = run_storm(seed, [&](auto line) { first.emplace_back(line); });
    auto const again = run_storm(seed, [&](auto line) { second.emplace_back(line); });
    CHECK(first == second);
    CHECK(first.size() > 100);
    CHECK(once.digest == again.digest);
  }
  CHECK(run_storm(1).digest != run_storm(2).digest);
}

TEST_CASE("a key exchange whose bytes were changed is made again", "[simulation]") {
  CHECK(run_storm(1728).wrong == std::vector<std::string>{});  // no RSA key that is known, it said
}

TEST_CASE("no call is lost in a storm", "[storm]") {
  auto const seeds = number_from("MTP_SIMULATION_SEEDS", 1000);
  auto const begin = number_from("MTP_SIMULATION_FIRST", 1);
  std::function<void(std::string_view)> watch;
  if (std::getenv("MTP_SIMULATION_WATCH")) watch = print;
  storm_result all;
  std::uint64_t failed = 0;
  for (std::uint64_t seed = begin; seed < begin + seeds; ++seed) {
    auto const one = run_storm(seed, watch);
    all.add(one);
    if (!one.wrong.empty() && failed++ < 10) report_failure(seed, one);
  }
  report(all, seeds);
  CHECK(failed == 0);
  CHECK(all.doubled == 0);
  CHECK(all.signed_out == 0);
  for (auto const count : all.faults) CHECK((count > 0 || seeds < 100));
  for (auto const count : all.mischief_done) CHECK((count > 0 || seeds < 100));
}
