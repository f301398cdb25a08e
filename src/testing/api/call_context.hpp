// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "../hub/hub_session.hpp"
#include "../hub/key_ring.hpp"

#include <mtp/testing/dc_address.hpp>
#include <mtp/testing/handler.hpp>

#include <vector>

namespace mtp::MTP_ABI::testing {

/// What a call waits for that is answered later: whoever has the number of its query gives the
/// answer, and what the handler returns is used when nobody does in time.
struct later_answer {
  std::int64_t query = 0;  ///< 0: it waits for nothing
  duration patience = {};
};

/// What the data centre's own handlers know beyond what a test's handlers do.
struct call_context : call {
  call_context(call const& shared, key_ring& all_keys, std::vector<dc_address> const& places,
               known_key& used, hub_session& in, later_answer& waits)
      : call(shared), keys(all_keys), dcs(places), key(used), session(in), later(waits) {}

  key_ring& keys;
  std::vector<dc_address> const& dcs;
  known_key& key;  ///< the one that encrypted the call
  hub_session& session;
  later_answer& later;
  bool takeout = false;  ///< belongs to an export of the account
};

}  // namespace mtp::MTP_ABI::testing
