// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/client/update_stream.hpp>
#include <mtp/core/task.hpp>

#include <functional>
#include <memory>

namespace mtp::MTP_ABI::detail {

/// Gives each update to `handler`, whose failures end nothing.
task<> each_update(std::shared_ptr<client_core> core, update_stream updates,
                   std::function<task<>(update)> handler);

}  // namespace mtp::MTP_ABI::detail
