// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "libsql/hrana.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mtp::MTP_ABI::libsql {

/// A request with a batch, or without one, only to end the stream.
secret<std::string> encode_request(std::optional<std::string> const& baton,
                                   std::vector<step> const& steps, stream_end when);

/// What was answered to it.
struct pipeline_answer {
  std::optional<std::string> baton = {};
  std::string base = {};
  std::optional<refusal> refused = {};  ///< the whole batch
  std::vector<outcome> outcomes = {};
};

/// Nothing when it is no answer to a batch of so many steps.
std::optional<pipeline_answer> decode_answer(std::string_view text, std::size_t steps);

/// What a server says besides its status, if it says so in JSON.
std::string message_in(std::string_view text);

}  // namespace mtp::MTP_ABI::libsql
