// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "mischief.hpp"

#include <mtp/testing/network.hpp>

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace mtp::test {

/// What came of one seed.
struct storm_result {
  std::vector<std::string> wrong = {};  ///< what may not happen and did
  testing::fault_counts faults = {};
  std::array<std::uint64_t, mischiefs> mischief_done = {};
  std::uint64_t connections = 0;
  std::uint64_t exchanges = 0;  ///< runs that made their key, or a temporary one
  std::uint64_t answered = 0;
  std::uint64_t unknown = 0;             ///< calls that ended as outcome_unknown
  std::uint64_t unreadable = 0;          ///< calls whose answer was made unreadable
  std::uint64_t signed_out = 0;          ///< calls that were refused since the login was lost
  std::uint64_t repeated = 0;            ///< executions of repeatable calls beyond the first
  std::uint64_t doubled = 0;             ///< the same of calls that are not
  std::uint64_t doubled_in_session = 0;  ///< of those, where the server forgot no session
  std::uint64_t digest = 0;

  void add(storm_result const& other);
};

/// 200 calls of one client, a third of them not repeatable, while connections break and bytes are
/// lost and changed as `seed` has it.
storm_result run_storm(std::uint64_t seed, std::function<void(std::string_view)> watch = {});

}  // namespace mtp::test
