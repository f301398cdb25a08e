// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>

#include <cstdint>

namespace mtp::MTP_ABI::mtproto {

/// The second of the server's clock at which a message was made.
constexpr std::int64_t second_of(std::int64_t message_id) noexcept { return message_id >> 32; }

/// The kinds of message id: the rest when divided by 4.
enum class id_kind : std::int64_t { from_client = 0, answer = 1, push = 3 };

/// Gives ids that rise without end and follow the clock where they can.
/// Threads: not thread-safe; it belongs to the strand of its driver.
class MTP_API message_id_source {
 public:
  /// An id for a message made at `now` (since 1970, on the server's clock).
  std::int64_t next(std::chrono::nanoseconds now, id_kind kind) noexcept;
  /// The last id that was given; 0 before.
  std::int64_t last() const noexcept { return last_; }
  /// Forgets the past: ids may be lower again. For a new session only.
  void restart() noexcept { last_ = 0; }

 private:
  std::int64_t last_ = 0;
};

/// What the server's clock says, as far as we know: ours and an offset. Between corrections it
/// follows the steady clock, so that a jump of the wall clock changes nothing.
/// Threads: not thread-safe; it belongs to the strand of its driver.
class MTP_API server_clock {
 public:
  /// `offset` is the server's clock minus ours, from the key exchange or an earlier session.
  explicit server_clock(std::chrono::milliseconds offset = {}) noexcept : offset_(offset) {}

  /// The server's time since 1970.
  std::chrono::nanoseconds at(moment now) noexcept;
  std::int64_t second_at(moment now) noexcept;
  /// Makes the server's clock say `second` now.
  void set(std::int64_t second, moment now) noexcept;
  /// The server's clock minus our wall clock.
  std::chrono::milliseconds offset(moment now) noexcept;

 private:
  void start(moment now) noexcept;

  std::chrono::milliseconds offset_;
  bool started_ = false;
  moment base_ = {};
  std::chrono::nanoseconds server_base_ = {};
};

/// The numbers of the messages of one direction of a session.
/// Threads: not thread-safe; it belongs to the strand of its driver.
class sequence_counter {
 public:
  /// Odd and counted when the message has content that must be acknowledged, even when not.
  std::int32_t next(bool content) noexcept {
    auto const number = static_cast<std::int32_t>(2 * count_ + (content ? 1 : 0));
    if (content) ++count_;
    return number;
  }

 private:
  std::uint32_t count_ = 0;
};

}  // namespace mtp::MTP_ABI::mtproto
