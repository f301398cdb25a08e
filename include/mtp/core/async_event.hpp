// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>
#include <mtp/core/task.hpp>
#include <mtp/core/waiting_room.hpp>

#include <memory>
#include <utility>

namespace mtp::MTP_ABI {

class environment;
class wait_timer;

/// Wakes one coroutine that waits for something to do. A notification that comes while nobody
/// waits is kept. It borrows its strand, which takes 56 bytes, and a client has some twenty events.
///
/// Threads: belongs to the strand it was made with. Lifetime: outlives who waits; `world` and
/// `strand` outlive it.
class MTP_API strand_event {
 public:
  strand_event(environment& world, asio::any_io_executor const& strand);
  strand_event(environment& world, asio::any_io_executor&& strand) = delete;
  strand_event(strand_event const&) = delete;
  strand_event& operator=(strand_event const&) = delete;
  ~strand_event();

  void notify();

  /// Waits for the next notification. Cancellation: terminal.
  /// Errors: none.
  task<> wait();

  /// Waits for a notification that is yet to come; any number of coroutines may. For conditions
  /// that are checked in a loop: it may end without one. Cancellation: terminal.
  /// Errors: none.
  task<> wait_next();

  /// As wait(), but not beyond `deadline`; for loops that look what there is to do, since it may
  /// end before both.
  /// Cancellation: terminal; asio::error::operation_aborted.
  /// Errors: none.
  task<> wait_until(steady_time deadline);

 private:
  environment& world_;
  asio::any_io_executor const& strand_;
  detail::waiting_room waiting_;
  std::unique_ptr<wait_timer> timer_;  ///< as soon as somebody waits until a time
  bool set_ = false;
};

namespace detail {

/// What an async_event must have before it is an event.
struct own_strand {
  asio::any_io_executor own;
};

}  // namespace detail

/// A strand_event with a strand of its own.
///
/// Threads: belongs to the strand it was made with. Lifetime: outlives who waits; `world` outlives
/// it.
class MTP_API async_event : private detail::own_strand, public strand_event {
 public:
  async_event(environment& world, asio::any_io_executor strand)
      : own_strand{std::move(strand)}, strand_event(world, own) {}
};

}  // namespace mtp::MTP_ABI
