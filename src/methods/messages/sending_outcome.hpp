// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/tl/forward.hpp>
#include <mtp/tl/string.hpp>

#include <cstdint>
#include <string_view>

namespace mtp::MTP_ABI::detail {

/// What was sent, as far as it tells one's own message among others.
struct sent_text {
  std::int64_t random_id = 0;
  tl::Peer chat = {};
  std::string_view text = {};
};

/// What the answer to a call that sends a message says of that message. The pointers lead into the
/// answer; at most one is set.
struct sending_outcome {
  std::int32_t id = 0;                                ///< 0 when the answer does not say
  tl::message const* whole = nullptr;                 ///< the message as the server has it
  tl::updateShortSentMessage const* brief = nullptr;  ///< what the request did not say of it
  std::int32_t date = 0;                              ///< 0 when the answer does not say
};

/// Reads every form of Updates: all of them may come as an answer, in any order, with other updates
/// between, with a message that is empty, without the id of what was sent, and with nothing at all.
sending_outcome outcome_of_sending(tl::Updates const& answer, sent_text const& sent);

/// Whether two texts are one to the server, which trims what it is given.
bool is_same_text(std::string_view a, std::string_view b);

}  // namespace mtp::MTP_ABI::detail
