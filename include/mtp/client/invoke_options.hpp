// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>
#include <mtp/core/config.hpp>
#include <mtp/net/link_id.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace mtp::MTP_ABI {

class call_chain;

/// What goes first when more is to be written than the connection takes.
enum class call_priority : std::uint8_t {
  interactive,  ///< somebody waits for it: before everything else
  normal,
  bulk,  ///< parts of files and the like: only when nothing else waits
};

/// A range of message ids, both ends included.
struct message_id_range {
  std::int32_t min_id = 0;
  std::int32_t max_id = 0;
};

/// How one raw call is performed: where, how urgently, within which wrappers of the API
/// (https://core.telegram.org/api/invoking).
///
/// Lifetime: what the views refer to is copied before the call returns.
struct invoke_options {
  int dc = 0;  ///< the data centre; 0 is the account's own. Others are signed in to when needed
  link_purpose purpose = link_purpose::main;
  call_priority priority = call_priority::normal;
  /// The call ends with client_errc::timed_out after that; without, it waits for its answer however
  /// long that takes.
  std::optional<duration> timeout = {};
  /// Executing the call twice does no harm, whatever the schema says of its function: it is
  /// repeated where its outcome cannot be known.
  bool repeatable = false;

  bool without_updates = false;  ///< the server sends this connection no updates for it
  std::int64_t takeout_id = 0;   ///< the call belongs to that export of the account's data
  std::string_view business_connection_id = {};         ///< a bot acts for that connection's owner
  std::optional<message_id_range> messages_range = {};  ///< with takeout_id: of these messages

  /// The server executes the call after the one before it in the chain; nullptr: whenever.
  call_chain const* chain = nullptr;
};

}  // namespace mtp::MTP_ABI
