// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/client_core.hpp"

#include "client/on_strand.hpp"

#include <asio/dispatch.hpp>
#include <asio/post.hpp>
#include <asio/this_coro.hpp>

#include <utility>

namespace mtp::MTP_ABI::detail {

client_core::client_core(asio::any_io_executor executor, client_config config)
    : context_(std::move(executor), std::move(config)),
      run_(context_, [this] { end_operations(); }),
      status_(context_, run_),
      addresses_(context_),
      keys_(context_),
      reports_(*this),
      links_(context_, addresses_, keys_, reports_),
      home_(context_, run_, addresses_, links_),
      sides_(*this),
      transfers_(*this),
      jobs_(*this),
      dc_logins_(*this),
      refresher_(*this),
      requests_(*this),
      account_(*this),
      updates_(*this) {
  status_.set_listener([this] { updates_.delivery().on_status(); });
}

// --- Its life

task<> client_core::run() { return on_strand(strand(), run_here(shared_from_this())); }

task<> client_core::run_here([[maybe_unused]] std::shared_ptr<client_core> keep) {
  run_.begin();
  client_run::waiter const here(run_);
  std::exception_ptr failed;
  try {
    bool const opens = !run_.is_asked_to_close();
    if (opens) co_await keeper().open();
    if (opens) co_await work();
  } catch (...) {
    failed = std::current_exception();
  }
  auto const now = co_await asio::this_coro::cancellation_state;
  bool const cancelled = now.cancelled() != asio::cancellation_type::none;
  bool const throws = co_await asio::this_coro::throw_if_cancelled();
  co_await asio::this_coro::throw_if_cancelled(false);
  // Whoever waits was not cancelled: to them the client is closed.
  auto why = cancelled ? std::exception_ptr() : failed;
  co_await finish(std::move(why));
  co_await asio::this_coro::throw_if_cancelled(throws);
  if (run_.failure()) std::rethrow_exception(run_.failure());
  if (failed) std::rethrow_exception(failed);
}

task<> client_core::work() {
  if (!state().self) status_.note(&lifecycle::on_signed_out, {});
  return run_.run_parts([this] { start_parts(); });
}

/// The login that is stored counts until the server denies it: a program that only listens need not
/// sign in again.
void client_core::start_parts() {
  home_.start();
  updates_.start();
  if (state().self) updates_.resume();
  jobs_.start();
  run_.spawn(refresher_.run());
  run_.spawn(keeper().run());
  run_.spawn(updates_.run());
}

/// Everything that waits ends.
void client_core::end_operations() {
  home_.end();
  sides_.end();
  transfers_.end();
  jobs_.end();
  account_.end();
  updates_.end(run_.failure());
  status_.end();
}

task<> client_core::finish(std::exception_ptr why) {
  run_.end(std::move(why));
  auto last_changes = keeper().flush();
  co_await finish_step(std::move(last_changes));
  auto lease = keeper().close();
  co_await finish_step(std::move(lease));
}

task<> client_core::finish_step(task<> step) {
  try {
    co_await std::move(step);
  } catch (...) {
    run_.set_failure(std::current_exception());
  }
}

void client_core::close() {
  if (!run_.ask_to_close()) return;
  asio::post(strand(), [self = shared_from_this()] {
    self->run_.stop();
    self->run_.finish_if_closed_early();
  });
}

task<> client_core::opened() { auto const link = co_await home_.current(); }

// --- Its data centres

void client_core::move_home(int dc) {
  if (dc == addresses_.home()) return;
  log(log_level::info, "the account belongs to another data centre; going there");
  home_.move_to(dc);
  sides_.retire(dc);
}

void client_core::network_restored() {
  home_.on_network_restored();
  sides_.on_network_restored();
}

// --- The stream of updates

void client_core::open_updates(stream_options options) {
  streams_.open({});
  asio::dispatch(strand(), [self = shared_from_this(), options] { self->updates_.open(options); });
}

void client_core::open_updates(consumer_options what) {
  streams_.open(what.name);
  auto here = [self = shared_from_this(), what = std::move(what)]() mutable {
    self->updates_.open(std::move(what));
  };
  asio::dispatch(strand(), std::move(here));
}

void client_core::end_updates() {
  asio::post(strand(), [self = shared_from_this()] { self->updates_.end(nullptr); });
}

}  // namespace mtp::MTP_ABI::detail
