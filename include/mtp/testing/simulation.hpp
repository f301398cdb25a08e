// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>
#include <mtp/core/random.hpp>
#include <mtp/core/task.hpp>
#include <mtp/testing/network.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>

namespace mtp::MTP_ABI {
class environment;
}

namespace mtp::MTP_ABI::testing {

/// A world of its own for clients and data centres: one thread, a clock that moves only when there
/// is nothing left to do, random numbers from a seed, a network in memory. Hours pass in
/// milliseconds, and every run of a seed is the same.
///
/// Hand surroundings() to `client_config` and `data_centre_config`, get_executor() to
/// client and data_centre::start(), and run a program with run().
///
/// Lifetime: outlives every client and data centre in it. Threads: not thread-safe.
class MTP_API simulation {
 public:
  explicit simulation(std::uint64_t seed);
  simulation(simulation const&) = delete;
  simulation& operator=(simulation const&) = delete;
  ~simulation();

  std::shared_ptr<environment> surroundings() const;
  asio::any_io_executor get_executor() const;
  network_plan& network() noexcept;
  /// Numbers for the test's own decisions; drawing some moves none of the others.
  random_source& dice() noexcept;

  /// Runs everything until `work` has ended; rethrows what it throws.
  ///
  /// Errors: std::runtime_error when it has not ended after `limit` of the simulation's time, or
  /// when it waits for something that will never come.
  void run(task<> work, duration limit = std::chrono::hours(24));
  /// Runs everything until nothing is left to do before `span` has passed.
  void run_for(duration span);

  moment now() const noexcept;
  /// Waits in the simulation's time. Cancellation: terminal.
  /// Errors: none.
  task<> sleep(duration span);

  fault_counts const& faults() const noexcept;
  /// How many connections were made.
  std::size_t connections() const noexcept;
  /// Called with a line for everything that happens on the network.
  void watch(std::function<void(std::string_view line)> observer);
  /// A number that stands for all that has happened on the network, when, and with which bytes: two
  /// runs that differ in any of it have different ones.
  std::uint64_t digest() const noexcept;

 private:
  struct state;
  std::unique_ptr<state> state_;
};

}  // namespace mtp::MTP_ABI::testing
