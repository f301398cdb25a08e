// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>
#include <mtp/testing/world/fault.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace mtp::testing {

/// What shall go wrong with calls of a method.
struct method_fault {
  std::string method = {};                ///< "messages.sendMessage"; empty for every method
  std::int64_t account = 0;               ///< whose calls; 0 for everybody's
  int times = 1;                          ///< so many calls, then no more; negative for ever
  std::optional<rpc_fault> refusal = {};  ///< instead of executing the call
  duration delay = {};                    ///< the call is executed, its answer comes later
  bool lose_answer = false;               ///< the call is executed, nobody hears of it
  bool disconnect = false;                ///< the call is executed, then the connection breaks
};

}  // namespace mtp::testing
