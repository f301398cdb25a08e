// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/client/client_health.hpp>
#include <mtp/core/clock.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <system_error>

namespace mtp::MTP_ABI::detail {

/// Remembers the last difference of each box: of the account, and of the channels that were asked
/// for last. Reads no clock.
class difference_notes {
 public:
  /// Instead of a channel.
  static constexpr std::int64_t account = 0;
  /// What is asked for is no difference.
  static constexpr std::int64_t none = -1;
  /// Beyond, the one that was asked for first is forgotten.
  static constexpr std::size_t max_boxes = 256;

  void on_asked(std::int64_t box, updates::difference_reason why, steady_time now);
  /// `failed` is zero when there was an answer.
  void on_ended(std::int64_t box, std::error_code failed);
  std::optional<difference_health> find(std::int64_t box, steady_time now) const;

 private:
  struct note {
    updates::difference_reason why = {};
    steady_time asked = {};
    bool is_under_way = false;
    std::error_code failed = {};
  };
  std::map<std::int64_t, note> notes_;
};

}  // namespace mtp::MTP_ABI::detail
