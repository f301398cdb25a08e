// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/events/event_tag.hpp>
#include <mtp/tl/forward.hpp>
#include <mtp/tl/received.hpp>

namespace mtp::MTP_ABI {

class update;

/// An update that has no event of its own here yet, in TL's own terms.
///
/// Threads: as received.
class MTP_API other_update {
 public:
  static constexpr event_tag tag = event_tag::other_update;

  /// `from` must be of that tag.
  explicit other_update(update const& from);

  received<tl::Update> const& raw() const noexcept { return raw_; }

 private:
  received<tl::Update> raw_;
};

}  // namespace mtp::MTP_ABI
