// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>

namespace mtp::MTP_ABI::updates {

/// A channel that somebody looks at, as long as somebody keeps this.
///
/// Threads: any.
struct watched_channel {
  std::atomic<bool> refused = false;  ///< it is closed to the account, and not asked for any more
};

/// When the channels are asked for that somebody looks at without having joined them: at the pace
/// that the server names. Reads no clock.
///
/// Threads: none of its own; one at a time.
class channel_watch {
 public:
  /// The pace when the server names none.
  static constexpr duration usual_pace = std::chrono::seconds(1);
  /// It is no slower than this, whatever the server names.
  static constexpr duration max_pace = std::chrono::minutes(5);

  /// Several may look at one channel: all keep the same.
  std::shared_ptr<watched_channel> open(std::int64_t channel, steady_time now);
  /// A channel whose time has come. Whoever takes it asks for it, and says what came of that.
  std::optional<std::int64_t> take_due(steady_time now);
  /// When the next one is due; the end of time when nobody looks at any.
  steady_time next_due() const;

  /// `pace` as the server says; `final`: there is no more for now.
  void on_answer(std::int64_t channel, std::optional<std::int32_t> pace, bool final,
                 steady_time now);
  /// It is closed to the account.
  void on_closed(std::int64_t channel);
  /// Whether somebody looks at it.
  bool is_open(std::int64_t channel) const;

 private:
  struct entry {
    std::weak_ptr<watched_channel> who = {};
    steady_time due = {};
  };
  void forget_unwatched();

  std::map<std::int64_t, entry> entries_;
};

}  // namespace mtp::MTP_ABI::updates
