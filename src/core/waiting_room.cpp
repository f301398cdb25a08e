// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/core/waiting_room.hpp>

#include <asio/associated_cancellation_slot.hpp>
#include <asio/async_result.hpp>
#include <asio/cancellation_type.hpp>
#include <asio/execution.hpp>
#include <asio/execution_context.hpp>
#include <asio/post.hpp>
#include <asio/query.hpp>
#include <asio/require.hpp>
#include <asio/use_awaitable.hpp>

#include <exception>
#include <mutex>
#include <utility>

namespace mtp::MTP_ABI::detail {

/// A coroutine that waits.
struct waiting_room::waiter {
  virtual ~waiter() = default;
  /// Takes back what cancelling would do here.
  virtual void disarm() = 0;
  /// Hands it to the strand.
  virtual void go(asio::any_io_executor const& strand) = 0;
  /// Lets it run here and now.
  virtual void run() = 0;

  waiter_list next = {};
};

/// All rooms of one loop: when it is destroyed, so is what still waits, as Asio does it with its
/// own operations. Otherwise a coroutine could keep alive what keeps it alive.
class waiting_rooms final : public asio::execution_context::service {
 public:
  inline static asio::execution_context::id id;

  explicit waiting_rooms(asio::execution_context& loop) : service(loop) {}
  ~waiting_rooms() override {
    for (auto* room = first_; room; room = room->next_) room->all_ = nullptr;  // they outlive it
  }

  void add(waiting_room& one) {
    std::lock_guard const hold(lock_);
    one.next_ = first_;
    if (first_) first_->before_ = &one;
    first_ = &one;
  }
  void remove(waiting_room& one) {
    std::lock_guard const hold(lock_);
    (one.before_ ? one.before_->next_ : first_) = one.next_;
    if (one.next_) one.next_->before_ = one.before_;
  }

 private:
  /// What is destroyed takes rooms along, so the list is read anew each time.
  void shutdown() override {
    for (auto waiters = take_some(); waiters; waiters = take_some()) {
      while (waiters) waiters = std::move(waiters->next);
    }
  }

  waiting_room::waiter_list take_some() {
    std::lock_guard const hold(lock_);
    auto* room = first_;
    while (room && !room->first_) room = room->next_;
    return room ? std::move(room->first_) : nullptr;
  }

  std::mutex lock_;
  waiting_room* first_ = nullptr;
};

template <class Handler>
struct waiting_room::waiter_of final : waiter {
  explicit waiter_of(Handler h) : handler(std::move(h)) {}

  void disarm() override {
    auto slot = asio::get_associated_cancellation_slot(handler);
    if (slot.is_connected()) slot.clear();
  }
  void go(asio::any_io_executor const& strand) override {
    asio::execution::execute(asio::require(strand, asio::execution::blocking.never),
                             std::move(handler));
  }
  void run() override { std::move(handler)(); }

  Handler handler;
};

struct waiting_room::enter {
  template <class Handler>
  void operator()(Handler handler, waiting_room* room) const {
    auto slot = asio::get_associated_cancellation_slot(handler);
    auto who = std::make_unique<waiter_of<Handler>>(std::move(handler));
    // It may be told more than once, and the room may be gone by then.
    auto cancel = [room,
                   one = static_cast<waiter*>(who.get())](asio::cancellation_type how) mutable {
      bool const ends = (how & asio::cancellation_type::terminal) != asio::cancellation_type::none;
      if (ends && one) room->dismiss(std::exchange(one, nullptr));
    };
    if (slot.is_connected()) slot.assign(std::move(cancel));
    room->admit(std::move(who));
  }
};

waiting_room::waiting_room(asio::any_io_executor const& strand)
    : strand_(strand),
      all_(&asio::use_service<waiting_rooms>(asio::query(strand, asio::execution::context))) {
  all_->add(*this);
}

waiting_room::waiting_room(waiting_room const* neighbour)
    : strand_(neighbour->strand_), all_(neighbour->all_) {
  all_->add(*this);
}

waiting_room::~waiting_room() {
  if (all_) all_->remove(*this);
}

task<> waiting_room::wait() {
  return asio::async_initiate<asio::use_awaitable_t<> const, void()>(enter{}, asio::use_awaitable,
                                                                     this);
}

void waiting_room::admit(waiter_list who) {
  auto* const added = who.get();
  (first_ ? last_->next : first_) = std::move(who);
  last_ = added;
}

/// Lets one go that is cancelled.
void waiting_room::dismiss(waiter* who) {
  waiter* before = nullptr;
  for (auto* one = first_.get(); one != who; one = one->next.get()) {
    if (!one) return;
    before = one;
  }
  auto& link = before ? before->next : first_;
  auto const going = std::move(link);
  link = std::move(going->next);
  if (last_ == who) last_ = before;
  going->go(strand_);
}

void waiting_room::wake() {
  auto going = std::move(first_);
  while (going) {
    going->disarm();
    going->go(strand_);
    going = std::move(going->next);
  }
}

void waiting_room::wake(woken& list) {
  for (auto* one = first_.get(); one; one = one->next.get()) one->disarm();
  if (!first_) return;
  (list.first_ ? list.last_->next : list.first_) = std::move(first_);
  list.last_ = last_;
}

waiting_room::woken::woken(asio::any_io_executor const& strand) : strand_(strand) {}

void waiting_room::woken::run() {
  while (first_) {
    auto const going = std::move(first_);
    first_ = std::move(going->next);
    try {
      going->run();
    } catch (...) {
      asio::post(strand_, [thrown = std::current_exception()] { std::rethrow_exception(thrown); });
    }
  }
}

waiting_room::woken::~woken() {
  for (; first_; first_ = std::move(first_->next)) first_->go(strand_);
}

}  // namespace mtp::MTP_ABI::detail
