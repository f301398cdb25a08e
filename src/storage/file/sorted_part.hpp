// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "storage/file/checked_file.hpp"
#include "storage/file/record_cursor.hpp"
#include "storage/file/record_format.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace mtp::MTP_ABI::detail {

/// The blocks of a file, of which only the first key of each is in memory.
/// Threads: an owner at a time.
class sorted_part {
 public:
  sorted_part() = default;
  /// Reads the index. Errors: throws bad_session_file when it is damaged.
  sorted_part(checked_file& file, record_header const& header);

  /// The value of `key`, if it is there. `file` is the one that the constructor was given.
  std::optional<bytes> find(checked_file& file, std::string const& key) const;
  /// From `key` on. Lifetime: `file` and this outlive it.
  std::unique_ptr<record_cursor> walk(checked_file& file, std::string const& key) const;
  std::uint64_t size() const noexcept { return size_; }

 private:
  class cursor;
  struct block {
    std::uint64_t at = 0;
    std::uint32_t size = 0;
    std::uint32_t key_at = 0;
    std::uint32_t key_size = 0;
  };

  std::string_view first_key(block const& one) const;
  std::size_t block_of(std::string_view key) const;
  bytes entries_of(checked_file& file, std::size_t number) const;

  std::vector<block> blocks_;
  std::string keys_;  ///< of all blocks, one behind the other
  std::uint64_t size_ = 0;
};

}  // namespace mtp::MTP_ABI::detail
