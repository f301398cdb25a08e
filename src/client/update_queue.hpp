// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "client/gathered_changes.hpp"

#include <mtp/events/update.hpp>

#include <list>
#include <optional>

namespace mtp::detail {

/// Updates on their way to the program, and between them the positions that may be stored once
/// what stands before them was consumed. Decides; performs nothing.
class update_queue {
 public:
  /// Full with `limit` updates, or when they keep `max_bytes` of memory.
  explicit update_queue(std::size_t limit, std::size_t max_bytes = std::size_t{64} << 20)
      : limit_(limit), max_bytes_(max_bytes) {}

  bool is_full() const noexcept { return updates_ >= limit_ || bytes_ >= max_bytes_; }
  bool has_update() const noexcept { return updates_ != 0; }
  std::size_t size() const noexcept { return updates_; }

  void push(update what);
  /// Everything before this is consumed when the position is stored.
  void push_position(session_change position);

  /// The next update; there must be one, and the one handed out before was consumed.
  update const& front() const;
  /// Hands it out. The one handed out before is consumed now.
  update take();
  /// The one handed out last was consumed. False when there is none.
  bool consumed();
  /// What may be stored now; empty when nothing changed.
  session_change take_position();
  /// Forgets everything; what was not consumed will come again.
  void clear();

 private:
  struct entry {
    std::optional<update> what = {};
    session_change position = {};
  };
  void pass_positions();

  std::size_t limit_;
  std::size_t max_bytes_;
  std::size_t updates_ = 0;
  std::size_t bytes_ = 0;  ///< a block that several updates share counts for each of them
  std::list<entry> entries_;
  gathered_changes reached_;
  bool handed_out_ = false;
};

}  // namespace mtp::detail
