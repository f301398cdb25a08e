// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/testing/layer_set.hpp>

#include <string_view>

namespace mtp::MTP_ABI::testing {

/// Carries the answer of a method to a client's layer, also where that layer's answer was of
/// another type: `Updates` before there was `messages.InvitedUsers`.
result<bytes, transcode_error> answer_in_layer(layer_choice const& theirs, std::string_view method,
                                               bytes const& object);

}  // namespace mtp::MTP_ABI::testing
