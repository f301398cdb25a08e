// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/slice.hpp>
#include <mtp/tl/forward.hpp>
#include <mtp/tl/received.hpp>

namespace mtp::MTP_ABI::updates {

/// Whether the update says that the server has another configuration.
bool is_config_news(tl::Update const& what);

/// Such an update in a message that is read for nothing else; empty when there is none.
received<tl::Update> config_news_in(slice const& body);

}  // namespace mtp::MTP_ABI::updates
