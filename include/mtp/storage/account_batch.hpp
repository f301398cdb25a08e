// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/storage/session_state.hpp>
#include <mtp/storage/stored_key.hpp>
#include <mtp/storage/stored_peer.hpp>
#include <mtp/storage/write_batch.hpp>

#include <map>
#include <optional>
#include <string_view>
#include <vector>

namespace mtp::MTP_ABI {

/// Who is signed in, and where.
struct stored_identity {
  std::int32_t home_dc = 0;
  std::optional<stored_self> self = {};
  bool operator==(stored_identity const&) const = default;
};

/// What changes in an account, stored together or not at all. Positions, peers, salts and addresses
/// may wait for the next commit of something else; with anything else in it the batch goes at once.
/// Threads: a value; distinct objects may be used on different threads.
class MTP_API account_batch {
 public:
  account_batch& put(stored_identity const& who);
  /// One that is not whole adds to what is known of the peer, see merged(): within this batch, and
  /// when an account_store commits it, in the store.
  account_batch& put(stored_peer const& peer);
  account_batch& put(key_name const& name, stored_key const& key);
  account_batch& put(key_name const& name, std::vector<stored_salt> const& salts);
  account_batch& put(std::int32_t dc, stored_addresses const& addresses);
  /// Forgets a key and its salts.
  account_batch& erase(key_name const& name);

  /// How far `consumer`, any name, has come: in the account's own boxes, or in a channel's.
  account_batch& put_position(std::string_view consumer, update_state const& at);
  account_batch& put_position(std::string_view consumer, std::int64_t channel, std::int32_t pts);
  /// It is not known any more.
  account_batch& erase_position(std::string_view consumer);
  account_batch& erase_position(std::string_view consumer, std::int64_t channel);
  /// The newest message that `consumer` has of a channel, or for 0 of the account's own
  /// conversations.
  account_batch& put_last_message(std::string_view consumer, std::int64_t channel, std::int32_t id);
  /// How often `consumer` was given an update that it has not got past; `update` names it.
  account_batch& put_attempts(std::string_view consumer, std::string_view update,
                              std::int32_t count);
  account_batch& erase_attempts(std::string_view consumer, std::string_view update);
  /// How far a named consumer got in the journal.
  account_batch& put_consumer(std::string_view name, stored_consumer const& at);
  account_batch& erase_consumer(std::string_view name);
  /// An update of the journal, as bytes, and the number of the last.
  account_batch& put_journal(std::uint64_t number, bytes_view content);
  account_batch& erase_journal(std::uint64_t number);
  account_batch& put_journal_end(std::uint64_t number);
  /// All tokens with which accounts sign in again without a code, instead of those before.
  account_batch& put_login_tokens(std::vector<secret<bytes>> const& all);
  /// What is to be sent as number `number`; erased when it was.
  account_batch& put_outgoing(std::uint64_t number, bytes_view content);
  account_batch& erase_outgoing(std::uint64_t number);
  /// Anything the program keeps under a name. Names that begin with "mtp." are the library's.
  account_batch& put_value(std::string_view name, bytes_view content);
  account_batch& erase_value(std::string_view name);

  /// Forgets everything of whoever was signed in; keys, addresses and values stay.
  account_batch& forget_account();
  /// Adds records of one's own, behind all before.
  account_batch& add(write_batch records);

  /// Puts nothing of it off.
  account_batch& at_once();

  /// What was not coalesced, and the peers that are put, for who commits it.
  write_batch take_records();
  /// Those that are put and not whole.
  std::vector<peer_id> unsettled() const;
  /// Merges peers that are not whole with what is `known` of these.
  void settle(std::map<peer_id, stored_peer> known);
  std::vector<stored_peer> const& peers() const noexcept { return peers_; }
  bool forgets() const noexcept { return forgets_; }
  durability how() const noexcept { return how_; }

 private:
  account_batch& put(durability how, record_space space, bytes id, bytes value);
  void put_record(stored_peer const& peer);

  write_batch records_;
  std::vector<stored_peer> peers_;
  durability how_ = durability::coalesced;
  bool forgets_ = false;
  bool settled_ = true;  ///< no peer waits for what is known of it
};

/// The consumer that a client is.
inline constexpr std::string_view client_consumer = "client";

/// Everything that a session of the file format before holds, for the consumer of that name. Put it
/// into an empty account.
MTP_API account_batch import_session(session_state const& from, std::string_view consumer);

}  // namespace mtp::MTP_ABI
