// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/tl/decode.hpp>
#include <mtp/tl/types/Updates.hpp>

namespace mtp::MTP_ABI::detail {

/// An answer that counts among the updates, decoded when it arrived: for the caller and for them.
struct updates_answer {
  result<received<tl::Updates>, tl::decode_error> value = received<tl::Updates>();
};

}  // namespace mtp::MTP_ABI::detail
