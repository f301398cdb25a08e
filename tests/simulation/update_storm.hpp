// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "mischief.hpp"
#include "update_source.hpp"

#include <mtp/testing/network.hpp>

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace mtp::test {

struct update_storm_size {
  int accounts = 1;
  int channels = 3;                               ///< of each account
  int updates = 100;                              ///< of each account
  duration busy_time = std::chrono::seconds(60);  ///< in which they happen
};

/// What came of one seed.
struct update_storm_result {
  std::vector<std::string> wrong = {};  ///< what may not happen and did
  testing::fault_counts network = {};
  std::array<std::uint64_t, mischiefs> mischief_done = {};
  update_fault_counts faults = {};
  std::uint64_t handled = 0;  ///< different updates that the programs got past
  /// Deliveries of updates beyond the first. A difference has no positions within: of one that a
  /// program was killed over, everything comes again.
  std::uint64_t repeated = 0;
  std::uint64_t repeated_alone = 0;  ///< those that no difference brought together
  std::uint64_t passed_over = 0;     ///< updates, since the program was killed over them
  std::uint64_t kills = 0;           ///< at a call of the store
  std::uint64_t poisonings = 0;      ///< kills by an update
  std::uint64_t lives = 0;
  std::size_t most_heap = 0;  ///< bytes of this process, whenever a life ended
  std::uint64_t digest = 0;

  void add(update_storm_result const& other);
};

/// Updates of accounts with a client each, while connections break, packets are lost and changed,
/// the server is wrong about updates, and processes are killed at calls of their store, all as
/// `seed` has it.
update_storm_result run_update_storm(std::uint64_t seed, update_storm_size const& size,
                                     std::function<void(std::string_view)> watch = {});

}  // namespace mtp::test
