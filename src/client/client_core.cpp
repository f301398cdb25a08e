// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/client_core.hpp"

#include "client/introduction.hpp"
#include "client/on_strand.hpp"
#include "client/peers.hpp"

#include <mtp/core/error.hpp>
#include <mtp/crypto/known_keys.hpp>

#include <asio/dispatch.hpp>
#include <asio/io_context.hpp>
#include <asio/post.hpp>
#include <asio/this_coro.hpp>

#include <utility>

namespace mtp::detail {
namespace {

std::shared_ptr<session_store> store_of(client_config const& config) {
  if (config.store) return config.store;
  return config.session.empty() ? memory_session() : file_session(config.session);
}

client_config checked(client_config config) {
  auto const problem = problem_of(config);
  if (problem) throw error(make_error_code(client_errc::bad_config), *problem);
  return config;
}

std::vector<crypto::rsa_public_key> trusted_keys(client_config const& config) {
  if (config.server_keys.empty())
    return config.environment == dc_environment::test ? crypto::test_keys()
                                                      : crypto::production_keys();
  std::vector<crypto::rsa_public_key> keys;
  for (auto const& pem : config.server_keys) keys.push_back(*crypto::rsa_public_key::from_pem(pem));
  return keys;
}

/// Read once, and shared by the links.
auto taken_keys(client_config& config) {
  auto out = std::make_shared<std::vector<crypto::rsa_public_key> const>(trusted_keys(config));
  config.server_keys = {};
  return out;
}

/// A strand costs less on an executor whose type it knows.
asio::any_io_executor strand_on(asio::any_io_executor const& executor) {
  auto const* const loop = executor.target<asio::io_context::executor_type>();
  if (loop) return asio::make_strand(*loop);
  return asio::make_strand(executor);
}

}  // namespace

client_core::client_core(asio::any_io_executor executor, client_config config)
    : config_(checked(std::move(config))),
      world_(config_.surroundings ? *config_.surroundings : real_environment()),
      strand_(strand_on(executor)),
      keeper_(world_, strand_, store_of(config_), config_.log),
      engine_(*this),
      trusted_(taken_keys(config_)),
      init_connection_prefix_(introduction_of(config_)),
      life_changed_(world_, strand_),
      link_changed_(world_, strand_),
      signed_in_again_(world_, strand_),
      import_ended_(world_, strand_),
      refresh_(world_, strand_) {}

void client_core::tell(log_level level, std::string_view text) const {
  if (config_.log) config_.log(level, text);
}

// --- Life ---------------------------------------------------------------------------------------

task<> client_core::run() { return on_strand(strand_, run_here(shared_from_this())); }

task<> client_core::run_here([[maybe_unused]] std::shared_ptr<client_core> self) {
  if (std::exchange(started_, true)) throw std::logic_error("a client runs once");
  waiting const here(*this);
  std::exception_ptr failed;
  try {
    if (!close_wanted_) {
      co_await keeper_.open();
      if (!state().self) set_signed_out({});
      co_await run_parts();
    }
  } catch (...) {
    failed = std::current_exception();
  }
  auto const now = co_await asio::this_coro::cancellation_state;
  bool const cancelled = now.cancelled() != asio::cancellation_type::none;
  if (!cancelled) failure_ = failed;  // else the others were not cancelled: the client is closed
  bool const throws = co_await asio::this_coro::throw_if_cancelled();
  co_await asio::this_coro::throw_if_cancelled(false);
  co_await finish();
  co_await asio::this_coro::throw_if_cancelled(throws);
  if (failure_) std::rethrow_exception(failure_);
  if (failed) std::rethrow_exception(failed);
}

task<> client_core::run_parts() {
  auto const start = [this](task_scope& scope) {
    parts_ = &scope;
    if (stopped_) scope.cancel();
    start_home();
    scope.spawn(keep_addresses());
    scope.spawn(keeper_.run());
    scope.spawn(engine_.run());
  };
  co_await task_scope::run(strand_, start);
}

/// Also before the parts run: then none of them begins.
void client_core::stop() {
  stopped_ = true;
  if (parts_) parts_->cancel();
}

/// Everything that waits ends.
void client_core::end_operations() {
  over_ = true;
  parts_ = nullptr;
  link_.reset();
  link_changed_.notify();
  for (auto& [id, pool] : pools_) {
    if (pool) pool->end();
  }
  for (auto* pause : pauses_) pause->notify();
  engine_.end(failure_);
  life_.on_disconnected(make_error_code(client_errc::closed));
  publish_status();
}

task<> client_core::finish() {
  end_operations();
  try {
    co_await keeper_.flush();
  } catch (...) {
    if (!failure_) failure_ = std::current_exception();
  }
  keeper_.close();
}

client_core::waiting::waiting(client_core& core) : count_(core.waiting_) {
  ++count_;
  core.heed_early_close();
}

/// Of a client that was closed before it ran, nothing is to be waited for.
void client_core::heed_early_close() {
  if (close_wanted_ && !started_ && !over_) end_operations();
}

void client_core::close() {
  close_wanted_ = true;
  // What nobody waits for may have lost its loop. Who begins to wait now sees the wish himself.
  if (waiting_ == 0) return;
  asio::post(strand_, [self = shared_from_this()] {
    self->stop();
    self->heed_early_close();
  });
}

void client_core::open_updates() {
  if (stream_open_.exchange(true)) throw std::logic_error("a stream of updates is open already");
  asio::dispatch(strand_, [self = shared_from_this()] { self->engine_.open(); });
}

/// Only a mark: a stream may end while the loop itself is being destroyed.
void client_core::close_updates() noexcept { stream_open_ = false; }

void client_core::end_updates() {
  asio::post(strand_, [self = shared_from_this()] { self->engine_.end(nullptr); });
}

void client_core::throw_if_over() const {
  if (!over_) return;
  if (failure_) std::rethrow_exception(failure_);
  throw client_closed();
}

void client_core::meet(tl::list<tl::User> const& users, tl::list<tl::Chat> const& chats) {
  keeper_.change(new_peers(users, chats, state()));
}

tl::Peer client_core::self_peer() const {
  return state().self ? to_tl({peer_kind::user, state().self->id}) : tl::Peer();
}

}  // namespace mtp::detail
