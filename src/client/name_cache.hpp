// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>
#include <mtp/storage/peer_id.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace mtp::MTP_ABI::detail {

/// Whom the usernames meant that were resolved lately. A name moves from one account to another, so
/// what it meant is believed for a while only. Reads no clock.
class name_cache {
 public:
  static constexpr duration lifetime = std::chrono::minutes(10);
  static constexpr std::size_t max_names = 10'000;

  /// Whom a name meant, when that was asked less than `lifetime` ago. Names are in lower case.
  std::optional<peer_id> find(std::string_view name, steady_time now) const;
  void add(std::string name, peer_id peer, steady_time now);
  /// The server says that nobody has this name.
  void remove(std::string_view name);
  /// Somebody was met who has this name, in whatever case: what another was called is forgotten.
  void correct(std::string_view name, peer_id peer);
  void clear() { names_.clear(); }
  std::size_t size() const noexcept { return names_.size(); }

 private:
  struct entry {
    peer_id peer = {};
    steady_time until = {};
  };
  void make_room(steady_time now);

  std::map<std::string, entry, std::less<>> names_;
};

}  // namespace mtp::MTP_ABI::detail
