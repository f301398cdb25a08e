// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace mtp::MTP_ABI::mtproto {

/// Decides when to ping and when the other side has been silent for too long.
class keepalive {
 public:
  keepalive(duration interval, duration answer_timeout, duration limit)
      : interval_(interval), answer_timeout_(answer_timeout), limit_(limit) {}

  void on_connected(steady_time now) {
    next_ping_ = now;
    asked_.reset();
  }
  void on_disconnected() {
    next_ping_.reset();
    asked_.reset();
  }

  /// The next ping goes out at `now` at the latest.
  void pull_forward(steady_time now) {
    if (next_ping_) next_ping_ = std::min(*next_ping_, now);
  }

  bool is_due(steady_time now) const { return next_ping_ && now >= *next_ping_; }
  /// A ping goes out at `now`. One that is still without an answer keeps its time.
  void on_ping(std::int64_t id, steady_time now) {
    next_ping_ = now + interval_;
    if (!asked_) asked_ = outstanding_ping{id, now, now, 0};
    last_id_ = id;
  }
  /// The ping did not count with the server: ask again at `now`.
  void on_rejected(std::int64_t id, steady_time now) {
    if (!is_asked(id)) return;
    asked_.reset();
    next_ping_ = now;
  }
  /// Ends the wait; a pong that nobody asked for does not.
  void on_pong(std::int64_t id) {
    if (is_asked(id)) asked_.reset();
  }
  /// Any packet shows that the connection lives, for a while.
  void on_packet(steady_time now) {
    if (asked_) asked_->heard = now;
  }

  /// Bytes go over the connection, either way, of whole packets or not: the ping or its answer
  /// stands behind them. So little that it could be meant to hold us up is worth a while only.
  void on_bytes(std::size_t count, steady_time now) {
    if (!asked_) return;
    asked_->heard = now;
    asked_->passed += count;
    if (asked_->passed < worth_a_ping) return;
    asked_->asked = now;
    asked_->passed = 0;
  }

  /// A ping is without an answer.
  bool is_waiting() const { return asked_.has_value(); }
  bool is_silent(steady_time now) const {
    auto const until = silent_at();
    return until && now >= *until;
  }
  std::optional<steady_time> next_deadline() const {
    auto const silent = silent_at();
    if (!next_ping_ || !silent) return next_ping_;
    return std::min(*next_ping_, *silent);
  }

 private:
  struct outstanding_ping {
    std::int64_t id;
    steady_time asked;
    steady_time heard;
    std::size_t passed;  ///< bytes that went since, either way
  };
  /// Of what goes: a line of 500 bytes a second brings it in eight seconds.
  static constexpr std::size_t worth_a_ping = std::size_t{1} << 12;

  /// Ping ids rise.
  bool is_asked(std::int64_t id) const { return asked_ && asked_->id <= id && id <= last_id_; }

  std::optional<steady_time> silent_at() const {
    if (!asked_) return std::nullopt;
    return std::min(asked_->heard + answer_timeout_, asked_->asked + limit_);
  }

  duration interval_;
  duration answer_timeout_;
  duration limit_;
  std::optional<steady_time> next_ping_;
  std::optional<outstanding_ping> asked_;
  std::int64_t last_id_ = 0;
};

}  // namespace mtp::MTP_ABI::mtproto
