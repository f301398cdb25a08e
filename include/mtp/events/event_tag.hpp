// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <cstdint>

namespace mtp::MTP_ABI {

/// Which event an update is. Each has a header of its own, <mtp/events/new_message.hpp>, with a
/// class of the same name. Later versions have more.
enum class event_tag : std::uint16_t {
  other_update,
  unknown_update,
  new_message,
};

}  // namespace mtp::MTP_ABI
