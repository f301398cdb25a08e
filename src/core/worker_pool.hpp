// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/task.hpp>

#include <functional>

namespace mtp::MTP_ABI::detail {

/// Runs `work` on a thread of the pool; ends on `strand`, by what `work` threw if it did.
///
/// Lifetime: a coroutine that is destroyed with its loop waits for work that has begun, and takes
/// back work that has not.
task<> run_on_pool(asio::any_io_executor strand, std::function<void()> work);

}  // namespace mtp::MTP_ABI::detail
