// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/updates/update_number.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace mtp::MTP_ABI::updates {

/// Why a difference is asked for.
enum class difference_reason : std::uint8_t {
  start,    ///< somebody signed in, or a stream was opened
  session,  ///< the server has a new session for us, and what the one before held is gone
  told,     ///< the server says that there is more, or sent what could not be taken
  gap,      ///< an update is missing
  rest,     ///< the answer before was not all of it
  retry,    ///< the answer before did not come, or nobody could use it
  silence,  ///< nothing came for a quarter of an hour
};

/// "start", "session", ...
MTP_API std::string_view name_of(difference_reason why) noexcept;

/// Where one box of an account stands.
struct box_report {
  update_number::order of = update_number::order::common;
  std::int64_t channel = 0;  ///< for order::channel
  std::int32_t at = 0;       ///< its pts or qts
  std::optional<std::int32_t> behind =
      {};                  ///< so many steps behind the server, where that is known
  bool has_gap = false;    ///< an update that came waits for others before it
  bool is_wanted = false;  ///< its difference is asked for, or will be
  bool operator==(box_report const&) const = default;
};

/// What is to be said of an engine at one moment.
struct engine_report {
  bool is_known = false;      ///< where the account stands
  bool is_caught_up = false;  ///< everything that was missed has come, so far as is known
  /// The boxes of the account, once it is known where they stand, and of channels those where
  /// something is missing.
  std::vector<box_report> boxes = {};
  std::size_t channels = 0;     ///< so many are followed
  std::size_t unread = 0;       ///< bytes that came and were not looked at yet
  std::size_t early = 0;        ///< updates that wait for others before them
  std::size_t early_bytes = 0;  ///< which these keep
};

}  // namespace mtp::MTP_ABI::updates
