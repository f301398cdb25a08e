// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace mtp::MTP_ABI {

/// What a record is about. Each space has ids of its own. The numbers are stored.
enum class record_space : std::uint8_t {
  seal = 1,          ///< how the store is encrypted
  identity = 2,      ///< who is signed in, and where
  login_tokens = 3,  ///< with which the account signs in again without a code
  auth_keys = 4,     ///< by data centre, purpose and kind
  salts = 5,         ///< of a key
  addresses = 6,     ///< by data centre
  update_state = 7,  ///< how far updates were consumed, by consumer and box
  attempts = 8,      ///< updates that were delivered without being consumed
  peers = 9,         ///< by id
  usernames = 10,    ///< peers by username
  phones = 11,       ///< peers by phone number
  outbox = 12,       ///< what is to be sent, in order
  transfers = 13,    ///< files that are under way
  values = 14,       ///< what programs keep
  lease = 15,        ///< who holds a store in which nothing else says so
  journal = 16,      ///< updates that named consumers have not got past, and how far these are
};

/// The largest number of a space.
inline constexpr std::size_t max_record_space = 16;

/// Limits of what is stored. Whatever is larger is client_errc::bad_argument.
inline constexpr std::size_t max_record_id = 1024;
inline constexpr std::size_t max_record_value = std::size_t{16} << 20;
inline constexpr std::size_t max_batch_bytes = std::size_t{32} << 20;  ///< with 16 for each write

/// Names one record. Within a space ids are ordered byte by byte, a shorter one before those that
/// it begins.
struct record_key {
  explicit record_key(record_space where, bytes named = {}) : space(where), id(std::move(named)) {}

  record_space space;
  bytes id;
  auto operator<=>(record_key const&) const = default;
};

/// One record of a space.
struct record {
  record(bytes named, bytes content) : id(std::move(named)), value(std::move(content)) {}

  bytes id;
  bytes value;
  bool operator==(record const&) const = default;
};

/// A page of a space: at most `limit` records in the order of their ids, those that begin with
/// `prefix`, from behind `after` on.
struct record_range {
  explicit record_range(record_space where, std::size_t most = 256) : space(where), limit(most) {}

  record_space space;
  bytes prefix = {};
  std::optional<bytes> after = {};  ///< the last id of the page before
  std::size_t limit;
};
}  // namespace mtp::MTP_ABI
