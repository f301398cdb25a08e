// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "client/gathered_changes.hpp"
#include "client/state_place.hpp"

#include <mtp/core/async_event.hpp>
#include <mtp/core/environment.hpp>
#include <mtp/core/log.hpp>

#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace mtp::MTP_ABI::detail {

/// What is known of a peer is stored again, as it is, when it was learnt so long before.
inline constexpr std::int32_t seconds_until_old = 24 * 60 * 60;

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
  /// What is known of a peer that the account has met. Errors: those of the store.
  task<std::optional<stored_peer>> peer(peer_id peer);
  /// Its access hash. Errors: those of the store.
  task<std::optional<std::int64_t>> access_hash(peer_id peer);
  /// Who was met with that username, without "@", last. Errors: those of the store.
  task<std::optional<stored_peer>> peer_by_username(std::string name);
  /// Who was met with that phone number, in digits, last. Errors: those of the store.
  task<std::optional<stored_peer>> peer_by_phone(secret<std::string> phone);
  /// Whether memory has it that this is the access hash: what was not met lately may be stored all
  /// the same.
  bool remembers(peer_id peer, std::int64_t hash);
  /// Whether nothing of a peer is kept but its access hash.
  bool keeps_only_hashes() const { return place_->keeps_only_hashes(); }
  /// What memory knows of a peer; null when that is nothing or not the newest. Lifetime: until this
  /// is used again.
  stored_peer const* recalled(peer_id peer);
  /// Whether to store `news` would change nothing of what memory knows, but for the day on which it
  /// was learnt.
  bool knows(stored_peer const& news);
  /// The time, in seconds.
  std::int32_t now() const;

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

  /// What is kept of a transfer under that name, beside everything else. Errors:
  /// client_errc::storage.
  task<std::optional<bytes>> transfer(std::string name) {
    return place_->transfer(std::move(name));
  }
  /// Keeps that, or forgets it; survives the death of the process. Errors: client_errc::storage.
  task<> set_transfer(std::string name, std::optional<bytes> content) {
    return place_->set_transfer(std::move(name), std::move(content));
  }
  /// What was kept of a log-in that was not brought to its end; empty where stores keep no such
  /// thing. Errors: those of the store.
  task<std::optional<bytes>> kept_login();
  /// Keeps that at once instead; nothing when it is empty. Errors: those of the store.
  task<> keep_login(bytes what);

  /// What the store holds, with everything changed before. Errors: client_errc::storage;
  /// bad_argument for a session_store.
  task<store_statistics> measure();

  /// Saves what changes until it is cancelled. A store that fails is tried again; meanwhile
  /// changes gather. Errors: client_errc::lease_lost.
  task<> run();

  /// Gives the lease back, if this took it: a store that refused may be open for another.
  /// Errors: those of the store.
  task<> close();

 private:
  /// What changes that are not stored yet say of a peer.
  struct memory {
    bool is_all = false;  ///< what is stored of it belongs to another account, or is not as new
    std::optional<stored_peer> peer = {};
  };
  memory recall(peer_id peer) const;
  std::optional<peer_id> newest(std::function<bool(stored_peer const&)> const& wanted) const;
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
  std::unique_ptr<stored_peer const> recalled_;
  strand_event changed_;
  strand_event turn_;
  std::optional<bytes> kept_login_;  ///< as it is stored, as far as is known
  bool open_ = false;
};

}  // namespace mtp::MTP_ABI::detail
