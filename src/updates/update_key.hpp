// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "updates/arrival.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mtp::MTP_ABI::updates {

/// What an update is called: the same when it comes again, in whatever form. Holds no text of a
/// message.
std::string key_of(arrival const& what);

/// The channel in whose own order the update stands; empty when it is none's.
std::optional<std::int64_t> channel_of_key(std::string_view key);

}  // namespace mtp::MTP_ABI::updates
