// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/slice.hpp>
#include <mtp/core/task.hpp>

namespace mtp::MTP_ABI::detail {

class client_core;
struct raw_request;

/// Whether an answer says that somebody signed in, or out.
bool concerns_login(bytes_view answer) noexcept;

/// Takes over the login that began, or ended, by a request of the program's own. Ends when that is
/// stored. What fails after the log-in is logged: the program has its answer.
///
/// Lifetime: `core` and `request` outlive it. Cancellation: terminal. Errors: none.
task<> follow_login(client_core& core, raw_request const& request, slice answer);

}  // namespace mtp::MTP_ABI::detail
