// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/updates/update_number.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace mtp::MTP_ABI::updates {

/// Why updates are lost for good.
enum class loss_reason {
  too_long,          ///< more was missed than the server tells
  never_filled,      ///< the server does not have what its numbers say is missing
  server_reset,      ///< the server counts from the beginning
  position_invalid,  ///< the server does not know the position that we remember
  refused,           ///< the server refuses the request, whenever it is made
  unreadable,        ///< the answer cannot be read by this schema
  closed,            ///< the channel is gone, or closed to the account
  unreachable,       ///< the channel cannot be named: its access hash is not known
  beyond_policy,     ///< messages that backfill_options leave out, and what happened to them
  changes_untold,    ///< all new messages came, but not what else happened
};

/// All of them.
inline constexpr loss_reason loss_reasons[] = {
    loss_reason::too_long,         loss_reason::never_filled, loss_reason::server_reset,
    loss_reason::position_invalid, loss_reason::refused,      loss_reason::unreadable,
    loss_reason::closed,           loss_reason::unreachable,  loss_reason::beyond_policy,
    loss_reason::changes_untold,
};

/// Updates of one box that nobody can have any more: those after `from`, up to `to`. What comes
/// after them is delivered as ever.
struct lost {
  update_number::order box = update_number::order::common;  ///< none: batches without numbers
  std::int64_t channel = 0;                                 ///< for order::channel
  std::int32_t from = 0;                                    ///< the last position that was reached
  std::optional<std::int32_t> to = {};                      ///< empty: not known
  loss_reason why = loss_reason::too_long;
  std::int32_t first_message = 0;  ///< new messages among them: by number; 0: none, or not known
  std::int32_t last_message = 0;   ///< 0: not known
  bool operator==(lost const&) const = default;
};

/// One line that says which box, which range and why.
MTP_API std::string describe(lost const& what);

}  // namespace mtp::MTP_ABI::updates
