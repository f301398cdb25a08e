// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>
#include <mtp/updates/update_state.hpp>

#include <map>
#include <optional>
#include <utility>

namespace mtp::MTP_ABI::updates {

/// What follows from the number of an update.
enum class verdict {
  apply,  ///< it is the next one, and is counted from now on
  skip,   ///< it was here before
  gap,    ///< something before it is missing: ask for the difference, which holds it too
};

/// Knows which update is the next in each of the account's orders. Performs nothing.
///
/// The rules: https://core.telegram.org/api/updates. A gap changes nothing, so the update that
/// showed it may be tried again, or dropped: the difference brings it. Without a known state the
/// first number of each order is believed.
///
/// Threads: none of its own; one at a time.
class MTP_API update_boxes {
 public:
  update_boxes() = default;
  update_boxes(update_state from, std::map<std::int64_t, std::int32_t> channels)
      : state_(from), channels_(std::move(channels)), known_(true) {}

  /// An update of the account that makes `count` steps and arrives at `pts`.
  verdict common(std::int32_t pts, std::int32_t count);
  /// The same of one channel. The first of a channel is believed.
  verdict channel(std::int64_t id, std::int32_t pts, std::int32_t count);
  /// An update of the second order, which makes single steps.
  verdict secondary(std::int32_t qts);

  /// Whether a batch numbered `seq_start` follows the last one; 0 is a batch without a number.
  verdict batch(std::int32_t seq_start) const;
  /// A batch was applied whole, up to `seq` (0: none) and `date`.
  void batch_applied(std::int32_t seq, std::int32_t date);

  /// A difference was applied.
  void reset_to(update_state to) {
    state_ = to;
    known_ = true;
  }
  /// The same, but never back: an answer from a server that lags says less than is known.
  void advance_to(update_state to);
  bool is_known() const noexcept { return known_; }
  /// The difference says only when it was made and how the batches are numbered.
  void nothing_missed(std::int32_t date, std::int32_t seq);
  void reset_pts(std::int32_t pts) { state_.pts = pts; }
  void reset_qts(std::int32_t qts) { state_.qts = qts; }
  void reset_seq(std::int32_t seq) { state_.seq = seq; }
  void reset_channel(std::int64_t id, std::int32_t pts) { channels_[id] = pts; }
  void advance_channel(std::int64_t id, std::int32_t pts);
  /// The channel is closed to us.
  void forget_channel(std::int64_t id) { channels_.erase(id); }

  update_state const& state() const noexcept { return state_; }
  std::optional<std::int32_t> channel_pts(std::int64_t id) const;
  std::map<std::int64_t, std::int32_t> const& channels() const noexcept { return channels_; }

 private:
  update_state state_ = {};
  std::map<std::int64_t, std::int32_t> channels_ = {};
  bool known_ = false;
};

}  // namespace mtp::MTP_ABI::updates
