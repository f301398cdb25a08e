// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "client/gathered_changes.hpp"
#include "client/state_place.hpp"

#include <mtp/core/async_event.hpp>
#include <mtp/core/environment.hpp>
#include <mtp/core/log.hpp>

#include <exception>
#include <memory>
#include <optional>

namespace mtp::MTP_ABI::detail {

/// The state of a client in memory, and its way into the store: changes that come together are
/// saved together. Peers may be many: they are looked up where they are kept.
///
/// Threads: belongs to the strand of the client.
class state_keeper {
 public:
  /// Lifetime: `world` and `strand` outlive it.
  state_keeper(environment& world, asio::any_io_executor const& strand,
               std::unique_ptr<state_place> place, log_sink log);
  state_keeper(environment& world, asio::any_io_executor&& strand,
               std::unique_ptr<state_place> place, log_sink log) = delete;

  /// Takes the lease and reads. Errors: those of the store.
  task<> open();
  /// Everything but the access hashes.
  session_state const& state() const noexcept { return state_; }
  /// The access hash of a peer that the account has met. Errors: those of the store.
  task<std::optional<std::int64_t>> access_hash(peer_id peer);
  /// Whether memory has it that this is the access hash: what was not met lately may be stored all
  /// the same.
  bool remembers(peer_id peer, std::int64_t hash) { return recall(peer).hash == hash; }

  /// Changes the state at once, the store soon.
  void change(session_change what);

  /// Ends when everything changed before is in the store. Errors: client_errc::storage; lease_lost
  /// when that is another's from now on.
  task<> flush();

  /// Changes the state by `what` when that is in the store with everything changed before and a
  /// write of the program's own, all in one transaction. When it fails, `what` never was. Errors:
  /// those of the store and of the write; bad_argument when that belongs to another store.
  task<> commit_with(session_change what, store_transaction with);

  /// Updates of the journal from behind `after` on, by number, at most `most`, among them those
  /// that came just now. Errors: client_errc::storage.
  task<std::map<std::uint64_t, bytes>> journal(std::uint64_t after, std::size_t most);

  /// Saves what changes until it is cancelled. A store that fails is tried again; meanwhile
  /// changes gather. Errors: client_errc::lease_lost.
  task<> run();

  /// Gives the lease back, if this took it: a store that refused may be open for another.
  /// Errors: those of the store.
  task<> close();

 private:
  /// What memory knows of a peer.
  struct memory {
    bool is_certain = false;  ///< the store need not be asked
    std::optional<std::int64_t> hash = {};
  };
  memory recall(peer_id peer);
  task<> commit();
  task<std::exception_ptr> save(std::shared_ptr<session_change const> now,
                                store_transaction const* with);
  void put_below(session_change const& stored);
  void put_back(session_change earlier);

  environment& world_;
  asio::any_io_executor const& strand_;
  std::unique_ptr<state_place> place_;
  log_sink log_;
  session_state state_;
  gathered_changes pending_;
  std::shared_ptr<session_change const> saving_;  ///< what is on its way into the store
  strand_event changed_;
  strand_event turn_;
  bool open_ = false;
};

}  // namespace mtp::MTP_ABI::detail
