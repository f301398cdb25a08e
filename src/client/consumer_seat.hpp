// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "updates/consumer.hpp"

#include <mtp/client/consumer_options.hpp>
#include <mtp/core/async_event.hpp>

#include <cstdint>
#include <optional>
#include <utility>

namespace mtp::MTP_ABI::detail {

/// A named consumer of a client: its place among the updates, and who waits there.
///
/// Threads: belongs to the strand of the client.
struct consumer_seat {
  consumer_seat(consumer_options what, environment& world, asio::any_io_executor const& strand)
      : options(std::move(what)), arrived(world, strand) {}

  consumer_options options;
  strand_event arrived;
  std::optional<updates::consumer> queue = {};  ///< while its stream is open
  std::uint64_t lost = 0;                       ///< so many were dropped, and it was not told yet
  std::uint64_t ticket = 0;                     ///< of the update that it was given last
  std::uint64_t life = 0;                       ///< so often its place was taken
  bool is_removed = false;
};

}  // namespace mtp::MTP_ABI::detail
