// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/task.hpp>
#include <mtp/storage/record_store.hpp>
#include <mtp/storage/session_store.hpp>
#include <mtp/storage/store_statistics.hpp>
#include <mtp/storage/store_transaction.hpp>
#include <mtp/storage/stored_peer.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace mtp::MTP_ABI::detail {

/// Where the state of a client is kept: in an account of a record_store, or in a session_store.
///
/// Threads: belongs to the strand of the client.
class state_place {
 public:
  virtual ~state_place() = default;

  /// Takes the lease. Errors: those of the store's open().
  virtual task<> open() = 0;
  /// What is stored, but the access hashes. Once, after open(). Errors: those of the store.
  virtual task<session_state> read() = 0;
  /// Stores `change` as a whole; the state is `after` then. Lifetime: `after` is read before this
  /// suspends. Errors: those of the store.
  virtual task<> commit(std::shared_ptr<session_change const> change,
                        session_state const& after) = 0;
  /// The same, together with a write of the program's own. Errors: bad_argument when that belongs
  /// to another store; what it throws.
  virtual task<> commit(std::shared_ptr<session_change const> change, session_state const& after,
                        store_transaction with) = 0;
  /// Updates of the journal from behind `after` on, by number, at most `most`. Errors: those of the
  /// store.
  virtual task<std::map<std::uint64_t, bytes>> journal(std::uint64_t after, std::size_t most) = 0;
  /// What is kept of a transfer; nothing where nothing is. Errors: those of the store.
  virtual task<std::optional<bytes>> transfer(std::string name) = 0;
  /// The same, from now on; nothing: it is forgotten. Errors: those of the store.
  virtual task<> set_transfer(std::string name, std::optional<bytes> content) = 0;
  /// What is kept of a log-in under way; empty when there is none, or no room for it. Errors: those
  /// of the store.
  virtual task<std::optional<bytes>> kept_login() = 0;
  /// Keeps that at once; forgets it when it is empty. Errors: those of the store.
  virtual task<> keep_login(bytes what) = 0;
  /// What is stored. Errors: those of the store; bad_argument when it has no records.
  virtual task<store_statistics> measure() = 0;
  /// Gives the lease back.
  virtual task<> close() = 0;

  /// Whether nothing of a peer is kept but its access hash.
  virtual bool keeps_only_hashes() const = 0;
  /// What is known of a peer, when that is in memory; else null. Lifetime: until this is used
  /// again.
  virtual stored_peer const* held_peer(peer_id peer) = 0;
  /// The same, wherever it is. Errors: those of the store.
  virtual task<std::optional<stored_peer>> peer(peer_id peer) = 0;
  /// Who was stored with that username last. Errors: those of the store.
  virtual task<std::optional<stored_peer>> peer_by_username(std::string name) = 0;
  /// Who was stored with that phone number last, in digits. Errors: those of the store.
  virtual task<std::optional<stored_peer>> peer_by_phone(secret<std::string> phone) = 0;
};

/// An account in `records`, whose peers stay there. Lifetime: `world` outlives it.
std::unique_ptr<state_place> make_place(std::shared_ptr<record_store> records, environment& world,
                                        asio::any_io_executor strand, lease_options lease);
/// A session, which is in memory as a whole.
std::unique_ptr<state_place> make_place(std::shared_ptr<session_store> store);

}  // namespace mtp::MTP_ABI::detail
