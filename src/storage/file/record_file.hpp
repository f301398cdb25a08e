// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "storage/file/checked_file.hpp"
#include "storage/file/file_lease.hpp"
#include "storage/file/frame_log.hpp"
#include "storage/file/record_table.hpp"
#include "storage/file/rewriting.hpp"
#include "storage/file/sorted_part.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

namespace mtp::MTP_ABI::detail {

/// When and how a file of records is written anew. The defaults are for files; tests take others.
struct rewriting_limits {
  std::size_t records = 32768;                      ///< in frames, before they are sorted
  std::uint64_t frames = std::uint64_t{1} << 20;    ///< bytes of frames, or half of what is sorted
  std::uint64_t step = std::uint64_t{256} << 10;    ///< bytes written beside a commit
  std::uint64_t unsynced = std::uint64_t{1} << 20;  ///< bytes of commits that wait for a sync
};

/// Records in one file: sorted ones, and behind them the commits since they were sorted. A commit
/// is one write at the end. When the commits are too many, the file is written anew, a step beside
/// each further commit, and then put in the place of the old one.
///
/// In memory are where the values of those commits lie, and the first key of every 4 KiB.
/// Threads: an owner at a time.
class record_file {
 public:
  /// Opens the file at `path`, or creates it. Errors: throws store_error, with bad_session_file
  /// when it is damaged and newer_store when it is of a newer version.
  /// Lifetime: `files` outlives it.
  record_file(std::filesystem::path path, file_system& files, rewriting_limits limits = {});
  record_file(record_file const&) = delete;
  record_file& operator=(record_file const&) = delete;
  ~record_file();

  std::optional<bytes> get(record_key const& key);
  std::vector<record> scan(record_range const& range);
  void commit(write_batch const& batch, durability how);
  void sync();

 private:
  void create();
  record_header read_header();
  void load();
  merge_cursor walk(std::string const& key);
  void require_ours();
  void write(write_batch const& batch, bool at_once);
  void rewrite_a_little(std::uint64_t budget);
  bool is_rewriting_due() const;
  void begin_rewriting();
  void end_rewriting();
  void settle(record_header const& header, std::uint64_t frames_end);
  void drop_rewriting();
  void put_in_place();
  void sync_name();

  owning_process owner_;
  std::filesystem::path path_;
  std::filesystem::path aside_;
  file_system& files_;
  rewriting_limits limits_;
  checked_file file_;
  sorted_part sorted_;
  frame_log log_;
  record_table recent_;             ///< since the last rewriting began
  record_table older_;              ///< since the one before; is being sorted
  std::uint64_t recent_at_ = 0;     ///< where the frames of `recent_` begin
  std::uint64_t recent_first_ = 1;  ///< the number of the first of them
  std::uint64_t unsynced_ = 0;
  std::uint64_t not_before_ = 0;  ///< after a rewriting that failed: how long the log must be
  bool name_is_durable_ = false;  ///< who put the file there may have died before
  std::unique_ptr<rewriting> rewriting_;
};

}  // namespace mtp::MTP_ABI::detail
