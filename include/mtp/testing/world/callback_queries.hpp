// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/testing/world/fault.hpp>

#include <cstdint>
#include <map>
#include <vector>

namespace mtp::MTP_ABI::testing {

/// Buttons that were pressed, whose bots have not answered yet
/// (https://core.telegram.org/api/bots/buttons#callback-queries).
/// Threads: not thread-safe; a data centre uses it on its own strand.
class MTP_API callback_queries {
 public:
  /// An answer for whoever waits: `messages.BotCallbackAnswer`, encoded boxed.
  struct answer {
    std::int64_t query = 0;
    bytes object = {};
  };

  /// Somebody pressed a button of the bot. Returns the number of the query, never 0.
  std::int64_t ask(std::int64_t bot);
  /// The bot answers.
  ///
  /// Errors: QUERY_ID_INVALID when it was not asked, or has answered.
  outcome<> give(std::int64_t bot, answer what);
  /// What was answered since the last call.
  std::vector<answer> take_answers();

 private:
  static constexpr std::size_t max_open = 1000;

  std::int64_t last_ = 0;
  std::map<std::int64_t, std::int64_t> open_;  ///< who is asked, by query; the oldest are dropped
  std::vector<answer> answers_;
};

}  // namespace mtp::MTP_ABI::testing
