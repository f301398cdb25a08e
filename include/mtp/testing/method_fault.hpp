// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>
#include <mtp/testing/key_choice.hpp>
#include <mtp/testing/world/fault.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace mtp::MTP_ABI::testing {

/// Answers that no client can use.
enum class answer_damage : std::uint8_t {
  none,
  inflates_too_far,  ///< gzip_packed, of 65 MiB when inflated
  broken_gzip,       ///< gzip_packed that does not inflate
  garbage,           ///< an object whose constructor nobody knows
};

/// What goes wrong with calls of a method.
struct method_fault {
  std::string method = {};                ///< "messages.sendMessage"; empty for every method
  std::int64_t account = 0;               ///< whose calls; 0 for everybody's
  int times = 1;                          ///< so many calls, then no more; negative without end
  std::optional<rpc_fault> refusal = {};  ///< instead of executing the call
  duration delay = {};                    ///< the call is executed, its answer comes later
  bool lose_answer = false;               ///< the call is executed, nobody hears of it
  bool disconnect = false;                ///< the call is executed, then the connection breaks
  bool ignore = false;                    ///< the call is neither executed nor answered
  bool hold = false;  ///< the call is executed, its answer waits for release_answers()
  answer_damage damage = answer_damage::none;  ///< the call is executed, its answer unreadable
  std::optional<remembered> forget = {};       ///< of the caller's key, once the answer is written
};

}  // namespace mtp::MTP_ABI::testing
