// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The records of an account. A value is a version (1, so far 1) and its parts in order; numbers are
// little-endian, texts as in TL, a list is a count (4) and its parts, what may be missing a byte
// and its parts. In ids numbers are big-endian, so that they are ordered.
//
//   identity       no id: home (4), perhaps: user (8), a bot (1)
//   auth_keys      data centre (4), purpose (1), kind (1): offset in ms (8), made (4), expires (4),
//                  signed in (1), key
//   salts          as auth_keys: a list of salt (8), since (4), until (4)
//   addresses      data centre (4): a list, and perhaps the last good one: host, port (2), flags
//                  (2), secret
//   peers          kind (1), number (8): kind (1), number (8), hash (8), perhaps chat's kind (1)
//   and
//                  number (8) and message (4), learnt (4), phone, name, a list of usernames
//   usernames      in small letters: kind (1) and number (8) of the peer
//   phones         digits: the same
//   update_state   consumer, 0, "a": pts, qts, date, seq (4 each); consumer, 0, "c", channel (8):
//                  pts (4); consumer, 0, "m", channel (8, 0 of the account): the newest message (4)
//   attempts       consumer, 0, what the update is called: how often (4)
//   login_tokens   number (8), the newest is the last: the token, without a version
//   outbox         number (8): any bytes, without a version
//   journal        "c", consumer: place (8), attempts (4), lost (8); "e": number (8) of the last
//   update;
//                  "u", number (8): any bytes, without a version
//   values         a name: any bytes, without a version
#pragma once

#include <mtp/storage/account_batch.hpp>

#include <string>

namespace mtp::MTP_ABI::detail {

bytes encode_number(std::uint64_t number);
std::uint64_t decode_number(bytes_view id);
bytes encode_text(std::string_view text);
bytes encode_dc(std::int32_t dc);
std::int32_t decode_dc(bytes_view id);
bytes encode_key_name(key_name const& name);
key_name decode_key_name(bytes_view id);
bytes encode_peer_id(peer_id id);
bytes encode_username(std::string_view name);
bytes encode_consumer(std::string_view consumer);
bytes encode_account_box(std::string_view consumer);
bytes encode_channel(std::string_view consumer, std::int64_t channel);
bytes encode_last_message(std::string_view consumer, std::int64_t channel);
bytes encode_journal_consumer(std::string_view name);
bytes encode_journal_update(std::uint64_t number);
bytes encode_journal_end();
bytes encode_attempts(std::string_view consumer, std::string_view update);

bytes encode_value(stored_identity const& who);
bytes encode_value(stored_key const& key);
bytes encode_value(std::vector<stored_salt> const& salts);
bytes encode_value(stored_addresses const& addresses);
bytes encode_value(stored_peer const& peer);
bytes encode_value(update_state const& at);
bytes encode_value(stored_consumer const& at);
bytes encode_value(std::uint64_t number);
bytes encode_value(std::int32_t pts);
/// Of an index: names the peer.
bytes encode_value(peer_id id);

// Errors of all: throw store_error with bad_session_file or newer_store.
void decode_value(bytes_view from, stored_identity& to);
void decode_value(bytes_view from, stored_key& to);
void decode_value(bytes_view from, std::vector<stored_salt>& to);
void decode_value(bytes_view from, stored_addresses& to);
void decode_value(bytes_view from, stored_peer& to);
void decode_value(bytes_view from, update_state& to);
void decode_value(bytes_view from, stored_consumer& to);
void decode_value(bytes_view from, std::uint64_t& to);
void decode_value(bytes_view from, std::int32_t& to);
void decode_value(bytes_view from, peer_id& to);

}  // namespace mtp::MTP_ABI::detail
