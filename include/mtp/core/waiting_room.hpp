// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/task.hpp>

#include <memory>

namespace mtp::MTP_ABI::detail {

class waiting_rooms;

/// Where coroutines wait to be woken: what a timer that never ends would do, at less cost.
///
/// Threads: belongs to the strand it was made for. Lifetime: outlives who waits; what still waits
/// when the loop itself is destroyed is destroyed with it.
class MTP_API waiting_room {
 public:
  /// Lifetime: `strand` outlives it.
  explicit waiting_room(asio::any_io_executor const& strand);
  /// On the strand of another one, which is known already.
  explicit waiting_room(waiting_room const* neighbour);
  waiting_room(waiting_room const&) = delete;
  waiting_room& operator=(waiting_room const&) = delete;
  ~waiting_room();

  /// Ends after the next wake(). Cancellation: terminal; it ends without an error, and the next
  /// co_await throws.
  /// Errors: none.
  task<> wait();
  /// Wakes who waits now, in order: they go on when the strand comes to them.
  void wake();
  class woken;
  /// Wakes who waits now, and leaves it to `list` when they go on.
  void wake(woken& list);

 private:
  friend class waiting_rooms;
  struct waiter;
  template <class Handler>
  struct waiter_of;
  struct enter;
  using waiter_list = std::unique_ptr<waiter>;  // each has the next

  void admit(waiter_list who);
  void dismiss(waiter* who);

  asio::any_io_executor const& strand_;
  waiting_rooms* all_;
  waiting_room* next_ = nullptr;
  waiting_room* before_ = nullptr;
  waiter_list first_;
  waiter* last_ = nullptr;
};

/// Coroutines that were woken and go on one after the other, without the way through the strand.
///
/// Threads: belongs to the strand.
class MTP_API waiting_room::woken {
 public:
  /// Lifetime: `strand` outlives it.
  explicit woken(asio::any_io_executor const& strand);
  woken(woken const&) = delete;
  woken& operator=(woken const&) = delete;
  ~woken();

  bool empty() const noexcept { return !first_; }
  /// Lets each run until it waits again, those that are woken meanwhile too. What leaves a
  /// coroutine's completion handler as an exception leaves the loop, as it does elsewhere.
  void run();

 private:
  friend class waiting_room;

  asio::any_io_executor const& strand_;
  waiter_list first_;
  waiter* last_ = nullptr;
};

}  // namespace mtp::MTP_ABI::detail
