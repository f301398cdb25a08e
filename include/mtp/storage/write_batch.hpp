// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/storage/record.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace mtp::MTP_ABI {

/// One step of a batch.
struct record_write {
  enum class kind : std::uint8_t {
    put = 1,    ///< the record has this value now
    erase = 2,  ///< there is no such record any more
    clear = 3,  ///< the whole space is empty
  };

  kind what = kind::put;
  record_space space = record_space::values;
  bytes id = {};
  bytes value = {};
  bool operator==(record_write const&) const = default;
};

/// Writes that are stored together or not at all, in the order in which they were added. What it
/// held is wiped when it goes: keys pass through it.
/// Threads: a value; distinct objects may be used on different threads.
class MTP_API write_batch {
 public:
  write_batch() = default;
  write_batch(write_batch&&) noexcept = default;
  write_batch(write_batch const&) = default;
  write_batch& operator=(write_batch other) noexcept;
  ~write_batch();

  write_batch& put(record_space space, bytes id, bytes value);
  write_batch& erase(record_space space, bytes id);
  write_batch& clear(record_space space);
  /// Adds what `later` does behind all this does.
  write_batch& append(write_batch later);

  bool empty() const noexcept { return writes_.empty(); }
  std::span<record_write const> writes() const noexcept { return writes_; }
  /// How many bytes the ids and values have, and 16 for each write.
  std::size_t size() const noexcept { return size_; }
  /// Whether every part of it keeps to the limits.
  bool is_storable() const noexcept;

 private:
  write_batch& add(record_write one);

  std::vector<record_write> writes_;
  std::size_t size_ = 0;
};

/// How soon a commit must have reached the disk.
enum class durability : std::uint8_t {
  at_once,    ///< when the commit ends; for keys, logins, messages
  coalesced,  ///< with the next one that is at_once; for positions. It survives the death of the
              ///< process; a power cut may take the last of these, in order and whole.
};

}  // namespace mtp::MTP_ABI
