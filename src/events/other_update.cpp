// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/events/other_update.hpp>

#include <mtp/events/update.hpp>

#include <cassert>

namespace mtp::MTP_ABI {

other_update::other_update(update const& from) : raw_(from.raw()) { assert(from.tag() == tag); }

}  // namespace mtp::MTP_ABI
