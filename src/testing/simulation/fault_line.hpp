// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "byte_pipe.hpp"

#include <mtp/core/bytes.hpp>
#include <mtp/core/random.hpp>
#include <mtp/testing/network.hpp>

#include <optional>

namespace mtp::MTP_ABI::testing {

/// What goes wrong with one direction of a connection: hands each write to the pipe as the plan
/// wants it.
class fault_line {
 public:
  /// Lifetime: `dice` outlives it.
  fault_line(std::vector<planned_fault> plan, random_source& dice);

  /// Sends, perhaps not quite so. The fault that was due, if one was: those that break the
  /// connection are left to its owner, and nothing is sent.
  std::optional<planned_fault> send(byte_pipe& way, bytes_view data, steady_time now);

 private:
  std::optional<planned_fault> due(std::size_t size);
  void send_with(planned_fault const& fault, byte_pipe& way, bytes_view data, steady_time now);
  void send_split(byte_pipe& way, bytes_view data, steady_time now);
  void send_corrupted(byte_pipe& way, bytes_view data, steady_time now);
  std::size_t draw(std::size_t below);

  std::vector<planned_fault> plan_;
  random_source& dice_;
  std::uint64_t sent_ = 0;
  bytes kept_;  ///< a write that is to come after the next
};

/// Those that a pipe cannot do by itself.
bool breaks_connection(network_fault what) noexcept;

}  // namespace mtp::MTP_ABI::testing
