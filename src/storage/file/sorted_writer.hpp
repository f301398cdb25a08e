// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "storage/file/checked_file.hpp"
#include "storage/file/record_format.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace mtp::MTP_ABI::detail {

/// Writes a file of sorted records, block by block.
/// Threads: an owner at a time.
class sorted_writer {
 public:
  /// Lifetime: `file`, which is empty, outlives it.
  explicit sorted_writer(checked_file& file);

  /// Adds a record; its key is behind all before.
  void add(std::string_view key, bytes_view value);
  /// Writes what has gathered.
  void flush();
  /// Ends the blocks and writes the index. What is written behind it are frames.
  record_header finish(std::uint64_t first_frame);
  /// Writes frames as they are.
  void copy(bytes_view frames);
  /// Writes the header, and makes everything durable.
  void seal(record_header const& header);

  std::uint64_t written() const noexcept { return at_ + out_.size() + block_.size(); }

 private:
  void end_block();

  checked_file& file_;
  std::uint64_t at_ = 0;  ///< where `out_` goes
  std::uint64_t unsynced_ = 0;
  bytes out_;
  bytes block_;
  std::string first_key_;
  bytes index_;
  std::uint32_t blocks_ = 0;
};

}  // namespace mtp::MTP_ABI::detail
