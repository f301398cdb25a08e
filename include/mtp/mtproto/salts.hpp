// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace mtp::mtproto {

/// A number that the server wants in every message, and when; in seconds of the server's clock.
struct server_salt {
  std::int64_t salt = 0;
  std::int32_t valid_since = 0;
  std::int32_t valid_until = 0;  ///< 0 when nobody said
  bool operator==(server_salt const&) const = default;
};

/// The salts a client knows: the one in use and those to come.
class salt_list {
 public:
  static constexpr std::size_t most = 128;

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

}  // namespace mtp::mtproto
