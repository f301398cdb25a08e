// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "updates/arrival.hpp"

#include <mtp/core/bytes.hpp>

namespace mtp::MTP_ABI::updates {

/// What came for the program as bytes to be kept: a version (1), a kind (1), whether it was fetched
/// (1), a 0, and the update, or the message that this version cannot read, as it stands on the
/// wire, or what was lost.
bytes to_journal(arrival const& what);

/// The same read again. What another version of the schema wrote may be unreadable for this one; so
/// is anything that is damaged.
arrival from_journal(slice content);

}  // namespace mtp::MTP_ABI::updates
