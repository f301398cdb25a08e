// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "storage/file/checked_file.hpp"
#include "storage/file/record_format.hpp"

#include <cstdint>
#include <functional>

namespace mtp::MTP_ABI::detail {

/// The frames at the end of a file.
/// Threads: an owner at a time.
class frame_log {
 public:
  frame_log() = default;
  /// Lifetime: `file` outlives it.
  frame_log(checked_file& file, record_header const& header)
      : file_(&file), end_(header.frames_at()), next_(header.first_frame) {}
  /// The same frames in another file, in which they are durable.
  void move_to(checked_file& file, std::uint64_t end);

  /// Reads all frames. What a commit left that was under way is cut off; everything that was
  /// durable once is there, or the file is damaged and stays as it is.
  using visitor = std::function<bool(frame_view const&, std::uint64_t entries_at)>;
  void replay(visitor const& visit);

  /// Writes a frame at the end, durable when `sync`. Returns where its entries begin. When it
  /// throws there is no such frame.
  std::uint64_t append(bytes const& frame, bool sync);
  /// Makes all of them durable.
  void sync();

  std::uint64_t end() const noexcept { return end_; }
  std::uint64_t next_number() const noexcept { return next_; }
  std::uint64_t durable_number() const noexcept { return durable_; }
  bool is_durable() const noexcept { return durable_ + 1 == next_; }

 private:
  void cut(std::uint64_t at, std::uint64_t size);
  bool is_later(frame_numbers of) const;
  bool has_later_frame(std::uint64_t at, std::uint64_t size);
  void sync_file();
  void repair();
  void try_repair();
  void note_durable();

  checked_file* file_ = nullptr;
  std::uint64_t end_ = 0;
  std::uint64_t next_ = 1;     ///< number of the next frame
  std::uint64_t durable_ = 0;  ///< number of the last one that is durable
  bytes waiting_;              ///< the frames that are not durable, for when a sync fails
  bool torn_ = false;          ///< there may be something behind the end
  bool forgotten_ = false;     ///< a sync failed: the system may have dropped what waited for it
};

}  // namespace mtp::MTP_ABI::detail
