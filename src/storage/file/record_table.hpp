// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "storage/file/checked_file.hpp"
#include "storage/file/record_cursor.hpp"
#include "storage/file/record_format.hpp"

#include <bitset>
#include <cstdint>
#include <map>
#include <memory>
#include <string>

namespace mtp::MTP_ABI::detail {

/// Where the values lie that the frames of a file put, erased or cleared.
/// Threads: an owner at a time.
class record_table {
 public:
  /// Where a value lies, or that there is none.
  struct slot {
    std::uint64_t at = 0;
    std::uint32_t size = 0;
    bool erased = false;
  };

  /// Takes over what a frame says whose entries begin at `entries_at`. False when it cannot be
  /// read.
  bool apply(bytes_view entries, std::uint64_t entries_at);
  /// What lay at `from` lies at `to` now, and everything else as far from there.
  void move_values(std::uint64_t from, std::uint64_t to);

  slot const* find(std::string const& key) const;
  bool hides(record_space space) const { return cleared_[static_cast<std::size_t>(space)]; }
  std::size_t size() const noexcept { return slots_.size(); }
  bool empty() const noexcept { return slots_.empty() && cleared_.none(); }

  /// From `key` on. Lifetime: `file` and this outlive it; the table is not changed meanwhile.
  std::unique_ptr<record_cursor> walk(std::string const& key, checked_file& file) const;

 private:
  class cursor;
  void clear(record_space space);

  std::map<std::string, slot> slots_;
  std::bitset<max_record_space + 1> cleared_;
};

}  // namespace mtp::MTP_ABI::detail
