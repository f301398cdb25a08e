// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "client/gathered_changes.hpp"

#include <mtp/core/async_event.hpp>
#include <mtp/core/environment.hpp>
#include <mtp/core/log.hpp>
#include <mtp/storage/session_store.hpp>

#include <memory>
#include <utility>

namespace mtp::MTP_ABI::detail {

/// The state of a session in memory, and its way into the store: changes that come together are
/// saved together.
///
/// Threads: belongs to the strand of the client.
class state_keeper {
 public:
  /// Lifetime: `world` outlives it.
  state_keeper(environment& world, asio::any_io_executor strand,
               std::shared_ptr<session_store> store, log_sink log);

  /// Takes the lease and reads. Errors: those of session_store::open().
  task<> open();
  session_state const& state() const noexcept { return state_; }

  /// Changes the state at once, the store soon.
  void change(session_change what);

  /// Ends when everything changed before is in the store. Errors: client_errc::storage.
  task<> flush();

  /// Saves what changes until it is cancelled. A store that fails is tried again; meanwhile
  /// changes gather.
  task<> run();

  /// Gives the lease back, if this took it: a store that refused may be open for another.
  void close() noexcept {
    if (std::exchange(open_, false)) store_->close();
  }

 private:
  task<> commit();
  void put_back(session_change earlier);

  environment& world_;
  asio::any_io_executor strand_;
  std::shared_ptr<session_store> store_;
  log_sink log_;
  session_state state_;
  gathered_changes pending_;
  async_event changed_;
  async_event turn_;
  bool open_ = false;
  bool saving_ = false;
};

}  // namespace mtp::MTP_ABI::detail
