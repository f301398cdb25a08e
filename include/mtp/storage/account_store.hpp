// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/storage/account_batch.hpp>
#include <mtp/storage/record_store.hpp>

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

  task<std::optional<stored_peer>> peer(peer_id id);
  /// Who has that username, without "@", large and small letters alike, as far as is known.
  task<std::optional<stored_peer>> peer_by_username(std::string name);
  /// Who has that phone number, in digits.
  task<std::optional<stored_peer>> peer_by_phone(secret<std::string> phone);

  task<std::optional<update_state>> position(std::string consumer);
  task<std::map<std::int64_t, std::int32_t>> channel_positions(std::string consumer);
  task<std::vector<bytes>> login_tokens();
  /// What is to be sent, by number.
  task<std::map<std::uint64_t, bytes>> outbox();
  task<std::optional<bytes>> value(std::string name);

  task<> commit(account_batch batch);

 private:
  class peer_cache;

  task<std::optional<stored_peer>> find_peer(record_space index, bytes id);
  task<std::vector<record>> all(record_space space, bytes prefix = {});

  std::shared_ptr<record_store> records_;
  std::unique_ptr<peer_cache> cache_;
};

}  // namespace mtp::MTP_ABI
