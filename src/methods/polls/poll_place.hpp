// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/methods/polls.hpp>
#include <mtp/tl/forward.hpp>
#include <mtp/tl/string.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace mtp::MTP_ABI::detail {

/// A poll: where it stands, and its answers as the servers tell them apart.
struct poll_place {
  peer_id chat = {};
  std::int32_t id = 0;
  std::vector<tl::bytes> options = {};
  std::vector<std::string> texts = {};
};

/// The poll that a message carries. Errors: bad_argument when it carries none.
poll_place poll_in(message const& of);
/// Errors: bad_argument when it has no such answer.
tl::bytes const& option_at(poll_place const& of, std::size_t answer);

}  // namespace mtp::MTP_ABI::detail
