// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/storage/account_batch.hpp>
#include <mtp/storage/record_store.hpp>
#include <mtp/storage/store_transaction.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace mtp::MTP_ABI {

/// An account in a store of records: typed values, each with its version. Nothing is held in memory
/// but some peers that were used last.
///
/// Cancellation and errors of all members: those of the store; besides, client_errc::newer_store
/// when a newer version of this library wrote what is read, bad_session_file when it is damaged.
/// Threads: belongs to the strand of the store.
class MTP_API account_store {
 public:
  /// `cached`: how many peers are held at most. Lifetime: `records` is open while this is used.
  explicit account_store(std::shared_ptr<record_store> records, std::size_t cached = 256);
  account_store(account_store const&) = delete;
  account_store& operator=(account_store const&) = delete;
  ~account_store();

  task<stored_identity> identity();
  task<std::optional<stored_key>> key(key_name name);
  /// All keys of all data centres.
  task<std::map<key_name, stored_key>> keys();
  task<std::vector<stored_salt>> salts(key_name name);
  task<std::optional<stored_addresses>> addresses(std::int32_t dc);
  /// Those of all data centres.
  task<std::map<std::int32_t, stored_addresses>> addresses();

  task<std::optional<stored_peer>> peer(peer_id id);
  /// The same, when it is one of those that are held; asks no store. Null when it is not.
  /// Lifetime: until this is used again.
  stored_peer const* held_peer(peer_id id);
  /// Who has that username, without "@", large and small letters alike, as far as is known.
  task<std::optional<stored_peer>> peer_by_username(std::string name);
  /// Who has that phone number, in digits.
  task<std::optional<stored_peer>> peer_by_phone(secret<std::string> phone);

  /// A page of all peers, in the order of their ids, from behind `after` on.
  task<std::vector<stored_peer>> peers(std::optional<peer_id> after = {}, std::size_t most = 256);

  task<std::optional<update_state>> position(std::string consumer);
  task<std::map<std::int64_t, std::int32_t>> channel_positions(std::string consumer);
  /// The newest message of each channel, and under 0 of the account's own conversations.
  task<std::map<std::int64_t, std::int32_t>> last_messages(std::string consumer);
  /// By what each update is called.
  task<std::map<std::string, std::int32_t>> attempts(std::string consumer);
  /// How far the named consumers got in the journal.
  task<std::map<std::string, stored_consumer>> consumers();
  /// The number of the last update in the journal; 0 when there never was one.
  task<std::uint64_t> journal_end();
  /// Updates of the journal from behind `after` on, by number, at most `most`.
  task<std::map<std::uint64_t, bytes>> journal(std::uint64_t after, std::size_t most);
  /// The newest is the last.
  task<std::vector<secret<bytes>>> login_tokens();
  /// What is to be sent, by number.
  task<std::map<std::uint64_t, bytes>> outbox();
  task<std::optional<bytes>> value(std::string name);

  /// Of commits that are under way at once, one with peers that are not whole may come after a
  /// later one.
  task<> commit(account_batch batch);
  /// The same, together with a write of the program's own. Errors: bad_argument when that belongs
  /// to another store; what it throws.
  task<> commit(account_batch batch, store_transaction with);

 private:
  class peer_cache;

  task<std::optional<stored_peer>> find_peer(record_space index, bytes id);
  task<> settle(account_batch& batch);
  task<> finish(account_batch const& batch, task<> commit);
  task<std::map<std::int64_t, std::int32_t>> numbers_of_boxes(std::string consumer,
                                                              std::uint8_t kind);
  task<std::vector<record>> all(record_space space, bytes prefix = {});

  std::shared_ptr<record_store> records_;
  std::unique_ptr<peer_cache> cache_;
};

/// What import_session() puts into an account for that consumer, as it is now; but the peers, which
/// may be many.
///
/// Lifetime: `from` outlives it. Cancellation and errors: those of `from`.
MTP_API task<session_state> export_session(account_store& from, std::string consumer);

}  // namespace mtp::MTP_ABI
