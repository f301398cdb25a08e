// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <functional>
#include <string_view>

namespace mtp::MTP_ABI {

enum class log_level { debug, info, warning, error };

/// The name of a level: "debug", "info", "warning", "error".
MTP_API std::string_view name_of(log_level level) noexcept;

/// Where a client tells what it does. An empty one is silent.
///
/// Lines are complete sentences without a newline; they never hold message text, phone numbers,
/// keys or tokens. Lifetime: the text lives only during the call. Threads: called on the strand of
/// the client that owns it.
using log_sink = std::function<void(log_level, std::string_view)>;

/// A sink that writes lines of at least `least` to standard error.
MTP_API log_sink log_to_stderr(log_level least = log_level::info);

}  // namespace mtp::MTP_ABI
