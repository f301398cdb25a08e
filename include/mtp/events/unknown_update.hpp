// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/slice.hpp>
#include <mtp/events/event_tag.hpp>

namespace mtp::MTP_ABI {

class update;

/// A value of a batch of updates, or a whole batch, that this version cannot read, as it came.
///
/// Threads: as slice.
class MTP_API unknown_update {
 public:
  static constexpr event_tag tag = event_tag::unknown_update;

  /// `from` must be of that tag.
  explicit unknown_update(update const& from);

  /// The bytes, which start with the id of a constructor.
  slice body() const noexcept { return body_; }

 private:
  slice body_;
};

}  // namespace mtp::MTP_ABI
