// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/testing/world/fault.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mtp::MTP_ABI::testing {

/// A call taken out of everything that was wrapped around it, in whatever order.
struct call_envelope {
  std::optional<std::int32_t> layer = {};  ///< invokeWithLayer
  bool initialises = false;                ///< initConnection
  std::int32_t api_id = 0;
  std::string client = {};  ///< device, application and version, for the log
  bool without_updates = false;
  bool for_business = false;                 ///< invokeWithBusinessConnection
  std::optional<std::int64_t> takeout = {};  ///< invokeWithTakeout
  std::string recaptcha = {};                ///< invokeWithReCaptcha
  std::vector<std::int64_t> after = {};      ///< message ids of invokeAfterMsg and invokeAfterMsgs
  bytes query = {};                          ///< the bare call, in the client's layer

  std::uint32_t method() const { return load_le<std::uint32_t>(query.data()); }
};

/// Unpacks a call. The wrappers have had the same constructors in all layers from 158 on, but some
/// clients of these layers still send older forms of initConnection: those are read too.
///
/// Errors: INPUT_FETCH_ERROR for wrappers that do not hold what they should, or too many of them,
/// or packed data beyond `max_inflated` bytes.
outcome<call_envelope> open_envelope(bytes_view call,
                                     std::size_t max_inflated = std::size_t{1} << 24);

}  // namespace mtp::MTP_ABI::testing
