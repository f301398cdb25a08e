// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/client/status_stream.hpp>
#include <mtp/core/clock.hpp>
#include <mtp/net/link_id.hpp>
#include <mtp/updates/report.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

namespace mtp::MTP_ABI {

/// The last difference that a box was asked for.
struct difference_health {
  updates::difference_reason why = updates::difference_reason::start;
  duration age = {};            ///< since it was asked for
  bool is_under_way = false;    ///< its answer has not come
  std::error_code failed = {};  ///< why there was no answer to the last that ended; zero: there was
};

/// One box of the account, and the last difference of it, if there was one.
struct box_health {
  updates::box_report place = {};
  std::optional<difference_health> last = {};
};

/// What waits for the program in memory.
struct queue_health {
  std::size_t updates = 0;
  std::size_t bytes = 0;  ///< that these keep
  bool is_full = false;   ///< nothing more is asked for
};

/// A named consumer of the updates.
struct consumer_health {
  std::string name = {};
  bool is_open = false;          ///< it has a stream
  std::uint64_t behind = 0;      ///< updates that it has not got past
  std::size_t queued = 0;        ///< of these in memory; the others wait in the store
  std::size_t queued_bytes = 0;  ///< that these keep
  std::uint64_t lost = 0;        ///< updates that were dropped, which it was not told yet
};

/// The connections to one data centre for one purpose.
struct connection_health {
  int dc = 0;
  link_purpose purpose = link_purpose::main;
  std::size_t open = 0;   ///< that calls may use
  std::size_t begun = 0;  ///< that are being set up, or connect again
  std::size_t calls = 0;  ///< that wait for an answer
};

/// How a client is at one moment. Holds no secrets, no texts and no numbers of phones.
struct client_health {
  std::string name = {};  ///< what a client_set calls the account; empty otherwise
  client_status status = client_status::offline;
  bool is_caught_up = false;  ///< every update that was missed has come, so far as is known
  /// The two boxes of the account, once it is known where they stand, and of channels those where
  /// something is missing.
  std::vector<box_health> boxes = {};
  std::size_t channels = 0;      ///< so many are followed
  std::size_t unread_bytes = 0;  ///< of what came and was not looked at yet
  std::size_t early = 0;         ///< updates that wait for others before them
  std::size_t early_bytes = 0;   ///< that these keep
  queue_health queue = {};       ///< of the stream without a name
  std::vector<consumer_health> consumers = {};
  std::vector<connection_health> connections = {};  ///< home is the first
};

/// What there is to say, one line each, for a log.
MTP_API std::vector<std::string> to_log_lines(client_health const& of);

/// The same as text for Prometheus, all names with `mtp_`. The label `account` is the name, if
/// there is one.
MTP_API std::string to_prometheus(client_health const& of);
/// The same of several clients, in one text.
MTP_API std::string to_prometheus(std::vector<client_health> const& all);

}  // namespace mtp::MTP_ABI
