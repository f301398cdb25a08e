// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/takeout
#pragma once

#include <mtp/client/invoke_options.hpp>
#include <mtp/core/task.hpp>

#include <cstdint>
#include <functional>
#include <optional>

namespace mtp::MTP_ABI {

class client;

/// What of an account is to be exported.
struct takeout_options {
  bool contacts = false;
  bool people = false;       ///< messages of conversations with one person
  bool groups = false;       ///< messages of groups
  bool supergroups = false;  ///< messages of supergroups
  bool channels = false;     ///< messages of channels
  bool files = false;
  std::optional<std::int64_t> max_file_size = {};  ///< in bytes, with files
};

/// Exports the data of an account: the calls that `body` makes with the options that it is given
/// have the wide limits of an export. The export ends with `body`: well, or as broken off when that
/// throws.
///
/// Lifetime: `who` lives until it ends; keeps `body` as long. Threads: `body` is called, and its
/// task runs, where this is awaited. Cancellation: terminal; the server ends the export by itself
/// later. Errors: flood_wait, name TAKEOUT_INIT_DELAY, whose retry_after() says when the account
/// may be exported, which its other logins can allow at once; what `body` throws; rpc_error;
/// outcome_unknown; client_closed.
MTP_API task<> takeout(client& who, takeout_options what,
                       std::function<task<>(invoke_options const& within)> body);

}  // namespace mtp::MTP_ABI
