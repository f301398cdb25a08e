// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "hub_session.hpp"
#include "key_ring.hpp"

#include <mtp/core/bytes.hpp>
#include <mtp/core/clock.hpp>
#include <mtp/testing/key_choice.hpp>
#include <mtp/testing/world/event.hpp>
#include <mtp/testing/world/fault.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace mtp::MTP_ABI::testing {

/// A call as it came out of a session: wrapped, and in the client's own layer.
struct wrapped_call {
  known_key& key;  ///< the one that encrypted it
  hub_session& session;
  std::int64_t message_id = 0;
  bytes_view body = {};
  moment now = {};
  bool media_only = false;  ///< it came by an address that is for media only
};

/// What a call ends with: a TL object in the client's layer, or a refusal.
struct call_answer {
  outcome<bytes> object = bytes{};
  duration delay = {};                    ///< a test wants it late
  bool silent = false;                    ///< a test wants it lost
  bool disconnect = false;                ///< a test wants the connection to break instead
  bool held = false;                      ///< a test wants it to wait for release_answers()
  std::int64_t query = 0;                 ///< who answers this query ends the wait of `delay`
  std::optional<remembered> forget = {};  ///< of the caller's key, afterwards
};

/// An update for the clients with one permanent key, whoever is signed in there.
struct key_notice {
  int dc = 0;
  std::int64_t key = 0;
  bytes object = {};  ///< Updates, in our layer
};

/// What a call waited for: an object in our layer.
struct query_answer {
  std::int64_t query = 0;
  bytes object = {};
};

/// Executes calls and words pushes; what the hub knows of the API.
class call_executor {
 public:
  virtual ~call_executor() = default;
  virtual call_answer execute(wrapped_call const& call) = 0;
  /// Everything that happened in the world since the last time.
  virtual std::vector<account_event> take_events() = 0;
  /// The updates object for a client that speaks `layer`; empty when it cannot be told.
  virtual std::optional<bytes> render_push(account_event const& event,
                                           std::optional<int> layer) = 0;
  /// What single keys must hear of since the last time.
  virtual std::vector<key_notice> take_notices(std::int32_t) { return {}; }
  /// What waiting calls are answered since the last time.
  virtual std::vector<query_answer> take_answers() { return {}; }
  /// An object of our layer in the words of another; empty when that has none.
  virtual std::optional<bytes> in_layer(bytes object, std::optional<int>) { return object; }
};

}  // namespace mtp::MTP_ABI::testing
