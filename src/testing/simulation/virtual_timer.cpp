// SPDX-License-Identifier: MIT OR Apache-2.0
#include "virtual_timer.hpp"

#include <asio/redirect_error.hpp>
#include <asio/steady_timer.hpp>
#include <asio/use_awaitable.hpp>

#include <utility>

namespace mtp::MTP_ABI::testing {
namespace {

/// What a timer shares with those who wait: one that is destroyed with its loop may outlive it.
struct shared_wait {
  shared_wait(schedule& all, asio::any_io_executor strand)
      : times(all), bell(std::move(strand), steady_time::max()) {}

  void arm(steady_time at) {
    if (entry && (when == at || (waiting > 1 && when < at))) return;
    disarm();
    when = at;
    if (at == steady_time::max()) return;
    entry = times.enter(at, [this] {
      entry.reset();
      bell.cancel();
    });
  }
  void disarm() {
    if (entry) times.erase(*std::exchange(entry, std::nullopt));
  }

  schedule& times;
  asio::steady_timer bell;  ///< never expires: it is how a coroutine waits to be woken
  std::optional<schedule::place> entry;
  steady_time when = {};  ///< the earliest that is waited for
  int waiting = 0;
};

/// Stands in a coroutine that waits: when the last is gone, the clock need not stop for it.
class place_in {
 public:
  explicit place_in(std::shared_ptr<shared_wait> of) : of_(std::move(of)) { ++of_->waiting; }
  place_in(place_in const&) = delete;
  place_in& operator=(place_in const&) = delete;
  ~place_in() {
    if (--of_->waiting == 0) of_->disarm();
  }

 private:
  std::shared_ptr<shared_wait> of_;
};

class virtual_timer final : public wait_timer {
 public:
  virtual_timer(schedule& times, asio::any_io_executor strand)
      : wait_(std::make_shared<shared_wait>(times, std::move(strand))) {}
  ~virtual_timer() override { wait_->bell.cancel(); }

  task<> wait_until(steady_time when) override {
    place_in const here(wait_);
    wait_->arm(when);
    std::error_code ignored;
    auto& bell = wait_->bell;
    co_await bell.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
  void cancel() override { wait_->bell.cancel(); }

 private:
  std::shared_ptr<shared_wait> wait_;
};

}  // namespace

std::unique_ptr<wait_timer> make_virtual_timer(schedule& times, asio::any_io_executor strand) {
  return std::make_unique<virtual_timer>(times, std::move(strand));
}

}  // namespace mtp::MTP_ABI::testing
