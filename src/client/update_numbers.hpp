// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/updates/update_number.hpp>

namespace mtp::detail {

using updates::first_common_pts;
using updates::number_of;
using updates::update_number;

}  // namespace mtp::detail
