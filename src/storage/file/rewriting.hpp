// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "storage/file/checked_file.hpp"
#include "storage/file/record_cursor.hpp"
#include "storage/file/record_format.hpp"
#include "storage/file/sorted_writer.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>

namespace mtp::MTP_ABI::detail {

/// A new file beside the old one, with the records of that one sorted, written in small steps.
/// Threads: an owner at a time.
class rewriting {
 public:
  /// Lifetime: `files` and what `records` walks over outlive it.
  rewriting(std::filesystem::path aside, file_system& files, merge_cursor records);

  /// Writes about `budget` bytes. True when all records are written.
  bool step(std::uint64_t budget);
  /// Copies the frames of `from` that lie in front of `end` and behind `begin`, the first of which
  /// has the number `first`, and makes everything durable.
  record_header finish(checked_file& from, std::uint64_t begin, std::uint64_t end,
                       std::uint64_t first);
  bool is_at(std::filesystem::path const& path) { return file_.is_at(path); }
  checked_file take_file() { return std::move(file_); }

 private:
  checked_file file_;
  sorted_writer out_;
  merge_cursor records_;
};

}  // namespace mtp::MTP_ABI::detail
