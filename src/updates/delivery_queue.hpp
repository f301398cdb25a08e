// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "updates/arrival.hpp"

#include <mtp/updates/action.hpp>

#include <list>
#include <memory>
#include <optional>

namespace mtp::MTP_ABI::updates {

/// Puts `later` on top of `earlier`.
void merge(reach& earlier, reach later);

/// Updates on their way to the program, and between them the positions that may be stored once
/// what stands before them was consumed. Decides; performs nothing.
class delivery_queue {
 public:
  /// Full with `limit` updates, or when they keep `max_bytes` of memory.
  explicit delivery_queue(std::size_t limit, std::size_t max_bytes = std::size_t{64} << 20)
      : limit_(limit), max_bytes_(max_bytes) {}

  bool is_full() const noexcept { return updates_ >= limit_ || bytes_ >= max_bytes_; }
  bool has_update() const noexcept { return updates_ != 0; }
  std::size_t size() const noexcept { return updates_; }
  std::size_t size_in_bytes() const noexcept { return bytes_; }

  void push(arrival what);
  /// Everything before this is consumed when the position is stored.
  void push_position(reach position);

  /// The next update; there must be one, and the one handed out before was consumed.
  arrival const& front() const;
  /// Hands it out. The one handed out before is consumed now.
  arrival take();
  /// The one handed out last was consumed. False when there is none.
  bool consumed();
  /// Whether one was handed out that is not consumed.
  bool is_handed_out() const noexcept { return handed_out_; }
  /// What may be stored as soon as the one handed out is consumed.
  reach position_after() const;
  /// What may be stored now; empty when nothing changed.
  reach take_position();
  /// Forgets everything; what was not consumed will come again.
  void clear();

 private:
  struct entry {
    std::optional<arrival> what = {};
    reach position = {};
  };
  void pass_positions();

  std::size_t limit_;
  std::size_t max_bytes_;
  std::size_t updates_ = 0;
  std::size_t bytes_ = 0;  ///< a block that several updates share counts for each of them
  std::list<entry> entries_;
  std::unique_ptr<reach>
      reached_;  ///< takes no memory while it is empty, as it is most of the time
  bool handed_out_ = false;
};

}  // namespace mtp::MTP_ABI::updates
