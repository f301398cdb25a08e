// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>

#include <asio/ip/tcp.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace mtp::MTP_ABI::testing {

/// One direction of a connection in memory.
struct link_terms {
  std::uint64_t rate = 0;                          ///< bytes a second; 0 for as many as come
  duration delay = std::chrono::milliseconds(10);  ///< from one end to the other
  std::size_t unsent = 128 * 1024;            ///< bytes that wait to leave before a writer waits
  std::size_t window = std::size_t{1} << 20;  ///< bytes that nobody reads before a writer waits
};

/// What can go wrong with a connection. The first four break it; the others change when or which
/// bytes arrive.
enum class network_fault {
  drop,        ///< both ends read the end; what is on its way is lost
  reset,       ///< both ends get an error; what is on its way is lost
  half_close,  ///< one direction ends, the other goes on
  black_hole,  ///< from here on nothing arrives, either way, and nobody is told
  delay,       ///< one write arrives later, and what follows it
  split,       ///< one write arrives in single bytes and small pieces
  coalesce,    ///< one write arrives only together with what follows it
  slow,        ///< this direction carries little for a while
  duplicate,   ///< the bytes of one write arrive twice
  reorder,     ///< one write arrives after the next
  corrupt,     ///< one bit of a write is another
};
constexpr std::size_t network_faults = 11;
MTP_API std::string_view name_of(network_fault what) noexcept;

/// When something goes wrong on one connection.
struct planned_fault {
  network_fault what = network_fault::drop;
  bool to_client = true;    ///< in which direction
  std::uint64_t after = 0;  ///< with the write that carries this byte of that direction
  duration span = std::chrono::seconds(1);  ///< of delay, coalesce and slow
  std::uint64_t rate = 4000;                ///< bytes a second while it is slow
};

/// The network of a simulation, as a test sees it: who can be reached how, and what goes wrong.
///
/// Threads: as the simulation.
struct network_plan {
  using endpoint = asio::ip::tcp::endpoint;

  link_terms to_server = {};  ///< of connections to come
  link_terms to_client = {};
  /// Names that can be resolved; addresses need no entry.
  std::map<std::string, std::vector<asio::ip::address>> names = {};
  /// Asked for each new connection, by its number from 0.
  std::function<std::vector<planned_fault>(std::size_t number, endpoint to)> faults = {};
  /// Asked for each attempt to connect: true for an address from which no word comes, not even a
  /// refusal.
  std::function<bool(endpoint to)> filtered = {};
};

/// How often something went wrong.
using fault_counts = std::array<std::uint64_t, network_faults>;

}  // namespace mtp::MTP_ABI::testing
