// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/tl/forward.hpp>
#include <mtp/tl/list.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace mtp::MTP_ABI::updates {

/// Which of the account's orders an update belongs to, and where it stands there.
struct update_number {
  enum class order { none, common, secondary, channel };
  order of = order::none;
  std::int32_t at = 0;       ///< pts or qts after the update
  std::int32_t count = 0;    ///< how many steps it makes
  std::int64_t channel = 0;  ///< for order::channel
  bool operator==(update_number const&) const = default;

  /// Where it starts: updates that came together are applied in this order.
  std::int64_t start() const { return std::int64_t{at} - count; }
};

/// The number of `update`, taken from the fields that its constructor has.
MTP_API update_number number_of(tl::Update const& update);

/// Where an account stands before updates; empty where none counts.
struct MTP_API early_position {
  std::optional<std::int32_t> pts = {};
  std::optional<std::int32_t> qts = {};
  std::optional<std::int32_t> seq = {};

  bool empty() const noexcept { return !pts && !qts && !seq; }
  /// The earlier of both, in each order.
  void include(early_position const& other);
};

/// Where the account stands before the first of these updates that counts in each of its orders.
MTP_API early_position position_before(tl::Updates const& batch);

/// The indices of `updates` in the order in which they are to be applied.
MTP_API std::vector<std::size_t> order_of(tl::list<tl::Update> const& updates);

}  // namespace mtp::MTP_ABI::updates
