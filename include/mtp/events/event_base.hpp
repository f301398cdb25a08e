// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>
#include <mtp/events/event_tag.hpp>
#include <mtp/storage/peer_id.hpp>
#include <mtp/tl/forward.hpp>
#include <mtp/tl/received.hpp>
#include <mtp/tl/string.hpp>

#include <cstdint>
#include <memory>

namespace mtp::MTP_ABI {

namespace detail {
class client_core;
}
class update;

/// What all events are made of, apart from those that are messages.
///
/// Lifetime: what their functions return by reference or as a view goes with the event. Threads: as
/// received.
class MTP_API event_base {
 public:
  /// The update in TL's own terms, with everything that has no function here.
  received<tl::Update> const& raw() const noexcept { return raw_; }

 protected:
  event_base(update const& from, event_tag tag);
  /// Null when it is another constructor.
  template <class T>
  T const* as() const noexcept {
    return raw_->get_if<T>();
  }

  received<tl::Update> raw_;
  std::weak_ptr<detail::client_core> client_;
  std::int64_t self_ = 0;
};

}  // namespace mtp::MTP_ABI
