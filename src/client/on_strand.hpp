// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/task.hpp>

#include <asio/associated_cancellation_slot.hpp>
#include <asio/associated_executor.hpp>
#include <asio/async_result.hpp>
#include <asio/bind_cancellation_slot.hpp>
#include <asio/bind_executor.hpp>
#include <asio/cancellation_signal.hpp>
#include <asio/co_spawn.hpp>
#include <asio/post.hpp>
#include <asio/this_coro.hpp>
#include <asio/use_awaitable.hpp>

#include <exception>
#include <memory>
#include <type_traits>
#include <utility>

namespace mtp::MTP_ABI::detail {

/// Starts a coroutine on a strand for one that is elsewhere. Asio would cancel it from where the
/// caller is, in the middle of what it does on another thread; so a signal of its own stands
/// between, and is only touched on the strand once the coroutine runs.
struct start_on_strand {
  template <class Handler, class T>
  void operator()(Handler handler, asio::any_io_executor strand, task<T> work) const {
    auto const stop = std::make_shared<asio::cancellation_signal>();
    auto slot = asio::get_associated_cancellation_slot(handler);
    auto const caller = asio::get_associated_executor(handler, strand);
    if (slot.is_connected()) {
      slot.assign([stop, strand](asio::cancellation_type how) {
        asio::post(strand, [stop, how] { stop->emit(how); });
      });
    }
    auto done = [stop, then = std::move(handler)](auto... outcome) mutable {
      std::move(then)(std::move(outcome)...);
    };
    asio::co_spawn(
        strand, std::move(work),
        asio::bind_cancellation_slot(stop->slot(), asio::bind_executor(caller, std::move(done))));
  }
};

/// Runs `work` on `strand`: at once when the caller is there, else as a coroutine of its own that
/// the caller awaits where it is.
template <class T>
task<T> on_strand(asio::any_io_executor strand, task<T> work) {
  using asio::use_awaitable_t;
  auto const here = co_await asio::this_coro::executor;
  if (here == strand) {
    if constexpr (std::is_void_v<T>) {
      co_await std::move(work);
      co_return;
    } else {
      T value = co_await std::move(work);
      co_return std::move(value);
    }
  }
  if constexpr (std::is_void_v<T>) {
    co_await asio::async_initiate<use_awaitable_t<> const, void(std::exception_ptr)>(
        start_on_strand{}, asio::use_awaitable, strand, std::move(work));
  } else {
    T value = co_await asio::async_initiate<use_awaitable_t<> const, void(std::exception_ptr, T)>(
        start_on_strand{}, asio::use_awaitable, strand, std::move(work));
    co_return std::move(value);
  }
}

}  // namespace mtp::MTP_ABI::detail
