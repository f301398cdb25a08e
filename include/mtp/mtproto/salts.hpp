// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace mtp::MTP_ABI::mtproto {

/// A number that the server wants in every message, and when; in seconds of the server's clock.
struct server_salt {
  std::int64_t salt = 0;
  std::int32_t valid_since = 0;
  std::int32_t valid_until = 0;  ///< 0 when nobody said
  bool operator==(server_salt const&) const = default;
};

/// The salts a client knows: the one in use and those to come.
/// Threads: not thread-safe; it belongs to the strand of its driver.
class MTP_API salt_list {
 public:
  static constexpr std::size_t max_known = 128;

  salt_list() = default;
  explicit salt_list(std::vector<server_salt> known);

  /// The server says that this one is right now; what was in use was not.
  void set_current(std::int64_t salt, std::int64_t now);
  /// What get_future_salts gave: the first of them, as many as can be kept. Salts that are over are
  /// left out, the rest is kept in order.
  void add(std::vector<server_salt> const& more, std::int64_t now);

  /// The salt to send now; 0 when none is known.
  std::int64_t at(std::int64_t now) const noexcept;
  /// Until when a salt is known to be right; 0 when that is not known.
  std::int64_t known_until() const noexcept;
  std::vector<server_salt> const& all() const noexcept { return known_; }

 private:
  void forget_past(std::int64_t now);

  std::vector<server_salt> known_;  // by valid_since
};

/// When the salts of a key are asked for: by one of its sessions at a time, and ever more rarely
/// when that does not help. Reads no clock.
/// Threads: not thread-safe; it belongs to the strand of its driver.
class MTP_API salt_schedule {
 public:
  /// They are not asked for before.
  steady_time due() const noexcept { return due_; }
  /// They are known until then.
  void postpone(steady_time until) noexcept { due_ = until; }
  void on_asked(steady_time now) noexcept { due_ = now + pause_; }
  /// `helped` when the answer holds salts that were not known.
  void on_answered(bool helped) noexcept;
  /// The request was lost, or a salt was changed that nobody announced.
  void bring_forward(steady_time to) noexcept { due_ = due_ < to ? due_ : to; }

 private:
  static constexpr duration first_pause = std::chrono::seconds(60);
  static constexpr duration max_pause = std::chrono::hours(1);

  steady_time due_ = {};
  duration pause_ = first_pause;
};

}  // namespace mtp::MTP_ABI::mtproto
