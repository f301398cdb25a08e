// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/slice.hpp>
#include <mtp/events/event_tag.hpp>
#include <mtp/events/handlers.hpp>
#include <mtp/tl/forward.hpp>
#include <mtp/tl/received.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

namespace mtp::MTP_ABI {

namespace detail {
class client_core;
struct update_access;
}  // namespace detail

/// One thing that happened. Small: copies share what was received.
///
/// Lifetime: what an event of it refers to (texts, lists) lives as long as the event or a copy of
/// the update. Both may outlive their client; what performs a request then throws client_closed.
/// Threads: distinct copies may be used on different threads.
class MTP_API update {
 public:
  /// Nothing: an other_update without raw().
  update() = default;
  /// What `raw` says. Events perform requests by `client`; `self` is the account that is signed
  /// in, 0 when that is not known. A test of one's own handlers needs neither.
  explicit update(received<tl::Update> raw, std::weak_ptr<detail::client_core> client = {},
                  std::int64_t self = 0);
  /// An unknown_update.
  static update unreadable(slice body);

  /// Which event it is.
  event_tag tag() const noexcept { return tag_; }
  template <event_class Event>
  bool holds() const noexcept {
    return tag_ == Event::tag;
  }
  /// The event if it is an `Event`, made now, else nothing. Takes no memory.
  ///
  /// Lifetime: the event is a value; what its functions return by reference, as message::raw(),
  /// goes with it, so keep the event in a variable.
  template <event_class Event>
  std::optional<Event> get_if() const& {
    if (!holds<Event>()) return std::nullopt;
    return std::optional<Event>(std::in_place, *this);
  }
  template <event_class Event>
  std::optional<Event> get_if() const&& = delete;

  /// Calls the handler of the event that this is, and returns what it returns. Each handler takes
  /// one event; the last takes mtp::update, for all events that no other handler takes.
  ///
  /// Lifetime: the event lives until the handler returns, so a handler that returns a task takes
  /// its event by value. Errors: whatever the handler throws.
  template <class... Handlers>
  auto visit(Handlers&&... handlers) const& {
    detail::check_handlers<Handlers...>();
    return detail::visit_in_turn<detail::result_of<Handlers...>>(*this, handlers...);
  }
  template <class... Handlers>
  void visit(Handlers&&... handlers) const&& = delete;

  /// The update in TL's own terms; empty for unknown_update.
  received<tl::Update> const& raw() const noexcept { return raw_; }
  /// Which attempt to deliver it this is, from 1: the stream came to this update before, in this
  /// process or in one that crashed, and the program never asked for the one after it.
  int attempt() const noexcept { return attempt_; }

 private:
  friend struct detail::update_access;
  event_tag tag_ = event_tag::other_update;
  int attempt_ = 1;
  received<tl::Update> raw_;
  std::weak_ptr<detail::client_core> client_;
  std::int64_t self_ = 0;
  slice unreadable_;
};

}  // namespace mtp::MTP_ABI
