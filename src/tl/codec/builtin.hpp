// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/tl/ops.hpp>

// The ops of TL's own types by name: elements of vectors in generated tables.

namespace mtp::MTP_ABI::tl::codec::builtin {

extern ops const boolean;
extern ops const int32;
extern ops const int64;
extern ops const float64;
extern ops const int128;
extern ops const int256;
extern ops const string;
extern ops const bytes;
extern ops const raw;

}  // namespace mtp::MTP_ABI::tl::codec::builtin
