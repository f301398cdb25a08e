// SPDX-License-Identifier: MIT OR Apache-2.0
#include "core/tcp_stream.hpp"
#include "core/worker_pool.hpp"

#include <mtp/core/async_event.hpp>
#include <mtp/core/deadline.hpp>
#include <mtp/core/environment.hpp>

#include <asio/bind_executor.hpp>
#include <asio/error.hpp>
#include <asio/redirect_error.hpp>
#include <asio/steady_timer.hpp>
#include <asio/this_coro.hpp>
#include <asio/use_awaitable.hpp>

#include <utility>

namespace mtp::MTP_ABI {
namespace {

using asio::ip::tcp;

class real_timer final : public wait_timer {
 public:
  explicit real_timer(asio::any_io_executor strand)
      : timer_(std::move(strand), steady_time::max()) {}

  task<> wait_until(steady_time when) override {
    if (waiting_ == 0 || when < timer_.expiry()) timer_.expires_at(when);
    ++waiting_;
    try {
      std::error_code ignored;
      co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    } catch (...) {
      --waiting_;
      throw;
    }
    --waiting_;
  }
  void cancel() override { timer_.cancel(); }

 private:
  asio::steady_timer timer_;
  int waiting_ = 0;
};

/// What a lookup found, for who asked if that coroutine still waits.
struct lookup {
  explicit lookup(asio::any_io_executor strand) : ended(real_environment(), std::move(strand)) {}

  async_event ended;
  std::error_code failed;
  tcp::resolver::results_type found;
};

std::shared_ptr<lookup> start_lookup(tcp::resolver& resolver, std::string const& host,
                                     std::uint16_t port, asio::any_io_executor strand) {
  auto const out = std::make_shared<lookup>(strand);
  auto store = [out](std::error_code failed, tcp::resolver::results_type found) {
    out->failed = failed;
    out->found = std::move(found);
    out->ended.notify();
  };
  resolver.async_resolve(host, std::to_string(port), asio::bind_executor(strand, std::move(store)));
  return out;
}

class machine final : public environment {
 public:
  moment now() const noexcept override { return current_moment(); }
  random_source& random() noexcept override { return system_random(); }
  std::unique_ptr<wait_timer> make_timer(asio::any_io_executor strand) override {
    return std::make_unique<real_timer>(std::move(strand));
  }

  /// A lookup that has begun cannot be taken back: getaddrinfo() goes on in Asio's own thread after
  /// nobody waits for it any more, and the end of the io_context waits for that thread. One that
  /// has not begun is dropped with the resolver.
  task<std::vector<tcp::endpoint>> resolve(asio::any_io_executor strand, std::string host,
                                           std::uint16_t port) override {
    std::vector<tcp::endpoint> out;
    std::error_code not_an_address;
    auto const address = asio::ip::make_address(host, not_an_address);
    if (!not_an_address) {
      out.emplace_back(address, port);
      co_return out;
    }
    tcp::resolver resolver(strand);
    auto const asked = start_lookup(resolver, host, port, strand);
    co_await asked->ended.wait();
    if (asked->failed) throw std::system_error(asked->failed);
    for (auto const& each : asked->found) out.push_back(each.endpoint());
    co_return out;
  }

  task<std::unique_ptr<byte_stream>> connect(asio::any_io_executor strand,
                                             tcp::endpoint to) override {
    return detail::connect_tcp(std::move(strand), to);
  }
  std::unique_ptr<byte_listener> listen(asio::any_io_executor strand, tcp::endpoint at) override {
    return detail::listen_tcp(std::move(strand), at);
  }
  task<> run_on_worker(asio::any_io_executor strand, std::function<void()> work) override {
    return detail::run_on_pool(std::move(strand), std::move(work));
  }
};

}  // namespace

environment& real_environment() {
  static machine one;
  return one;
}

task<> pause(environment& world, asio::any_io_executor strand, duration span) {
  auto const until = deadline_after(world.now().steady, span);
  auto const timer = world.make_timer(std::move(strand));
  co_await timer->wait_until(until);
  auto const state = co_await asio::this_coro::cancellation_state;
  if (state.cancelled() != asio::cancellation_type::none)
    throw std::system_error(asio::error::operation_aborted);
}

}  // namespace mtp::MTP_ABI
