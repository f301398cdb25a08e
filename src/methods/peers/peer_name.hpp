// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace mtp::MTP_ABI::detail {

/// The username in what somebody may write for it, in lower case: "Alice", "@alice",
/// "https://t.me/alice", "t.me/s/alice/7?single", "alice.t.me", "tg://resolve?domain=alice", blanks
/// around it. Empty when no account can be meant: nothing is left, a character that no username
/// has, a link to something else (an invitation, stickers, a message of a private group).
std::optional<std::string> to_username(std::string_view written);

}  // namespace mtp::MTP_ABI::detail
