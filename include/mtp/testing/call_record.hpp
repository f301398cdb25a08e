// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/testing/world/fault.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace mtp::MTP_ABI::testing {

/// A call that arrived at the data centre.
struct call_record {
  std::string method = {};  ///< empty when the call could not be read
  int dc = 0;
  bool media_only = false;     ///< it came by a media-only address
  std::int64_t key = 0;        ///< the id of the key that encrypted it
  bool temporary_key = false;  ///< whether that is a temporary one
  std::int64_t session = 0;
  std::int64_t message_id = 0;
  std::int64_t account = 0;  ///< who was signed in when it came
  bool initialises = false;  ///< it came in initConnection
  bool executed = false;     ///< its handler ran
  std::optional<rpc_fault> refusal = {};
  std::uint64_t fingerprint = 0;  ///< the same for the same call, however it was wrapped
};

/// Those in `log` that were executed although the same call (by account, method and fingerprint)
/// had been executed before. What carries a `random_id` is never the same by chance.
MTP_API std::vector<call_record> executed_again(std::span<call_record const> log);

}  // namespace mtp::MTP_ABI::testing
