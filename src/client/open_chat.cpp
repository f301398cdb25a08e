// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/client/open_chat.hpp>

#include "updates/channel_watch.hpp"

namespace mtp::MTP_ABI {

bool open_chat::is_refused() const noexcept { return watched_ && watched_->refused; }

}  // namespace mtp::MTP_ABI
