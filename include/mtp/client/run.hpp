// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/client/client.hpp>

#include <functional>

namespace mtp::MTP_ABI {

/// Runs `program` with a client, in a loop of its own, until it ends; the whole of a main().
///
/// On SIGINT and SIGTERM the stream of updates ends, so that the program can finish what it does;
/// after three seconds it is cancelled. The state is saved in every case. A second signal ends the
/// process at once.
///
/// Returns 0 when the program ended by itself or after a signal; 1 when it threw, or the client
/// could not run, after one line on standard error that says why.
MTP_API int run(client_config config, std::function<task<>(client&)> program);

}  // namespace mtp::MTP_ABI
