// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/slice.hpp>
#include <mtp/core/task.hpp>
#include <mtp/events/client_change.hpp>
#include <mtp/events/event_tag.hpp>
#include <mtp/events/handlers.hpp>
#include <mtp/tl/forward.hpp>
#include <mtp/tl/received.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace mtp::MTP_ABI {

struct store_transaction;

namespace detail {
class client_core;
struct update_access;
struct update_extra;
}  // namespace detail
namespace updates {
struct lost;
}

/// How an update came.
enum class origin : std::uint8_t {
  server,    ///< the server told it
  backfill,  ///< it was fetched out of the history, as backfill_options say: more was missed than
             ///< the server tells
};

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
  /// An updates_lost.
  static update loss(updates::lost const& what);
  /// An album of these new messages, of which there is at least one.
  static update of_album(std::vector<received<tl::Update>> parts);
  /// A client_change.
  static update of_change(client_change_kind what, std::error_code why = {});

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

  /// The update in TL's own terms: of an album its first part; empty for unknown_update,
  /// updates_lost and client_change.
  received<tl::Update> const& raw() const noexcept { return raw_; }
  /// Whether the server told it, or it was fetched later.
  mtp::origin origin() const noexcept { return origin_; }
  /// Which attempt to deliver it this is, from 1: the stream came to this update before, in this
  /// process or in one that crashed, and the program never asked for the one after it.
  int attempt() const noexcept { return attempt_; }
  /// What the update is called: the same when it comes again, in whatever form. It tells a repeat
  /// from another update, and holds no text of a message.
  std::string key() const;

  /// The program got past this update, which does not come again once this has ended: that is in
  /// the store then. Does nothing for an update that no stream gave, or after which the stream was
  /// asked for another.
  ///
  /// Cancellation: terminal; it counts as got past all the same. Errors: client_errc::storage when
  /// the store failed, which is tried again; client_closed. Threads: any.
  task<> ack() const;
  /// The same, as one transaction with a write of the program's own: `with` says which, and in
  /// which store; for SQLite mtp::sqlite_write() makes it. Both are stored, or neither, and then
  /// the update counts as given, and comes again.
  ///
  /// Lifetime: keeps `with` until it ends. Cancellation: as record_store. Errors: client_errc::
  /// bad_argument when the client keeps nothing in that store, or when the stream was asked for
  /// another update meanwhile; client_closed; those of the store, what the write throws. Threads:
  /// any.
  task<> commit(store_transaction with) const;

 private:
  friend struct detail::update_access;
  event_tag tag_ = event_tag::other_update;
  mtp::origin origin_ = mtp::origin::server;
  int attempt_ = 1;
  std::uint64_t ticket_ = 0;  ///< of the stream that gave it
  received<tl::Update> raw_;
  std::weak_ptr<detail::client_core> client_;
  std::int64_t self_ = 0;
  std::shared_ptr<detail::update_extra const> extra_;  ///< null for most
};

}  // namespace mtp::MTP_ABI
