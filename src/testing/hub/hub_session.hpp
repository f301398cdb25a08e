// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>
#include <mtp/mtproto/server_session.hpp>

#include <cstdint>
#include <deque>
#include <optional>
#include <tuple>

namespace mtp::MTP_ABI::testing {

using connection_id = std::uint64_t;

/// Which session: of which data centre, under which key, by which number.
struct session_place {
  int dc = 0;
  std::int64_t key = 0;
  std::int64_t session = 0;
  auto operator<=>(session_place const&) const = default;
};

/// A session of a client, with what the API knows of it.
struct hub_session {
  hub_session(session_place where, mtproto::server_session protocol)
      : place(where), machine(std::move(protocol)) {}

  session_place place;
  mtproto::server_session machine;
  std::optional<connection_id> connection = {};
  steady_time last_seen = {};
  std::optional<steady_time> deadline = {};
  /// A call without invokeWithoutUpdates was here: its account's updates come this way.
  bool wants_updates = false;
  std::optional<int> layer = {};               ///< what it said itself
  std::deque<std::int64_t> failed_calls = {};  ///< for invokeAfterMsg; the last few
};

}  // namespace mtp::MTP_ABI::testing
