// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/result.hpp>
#include <mtp/sessions/portable_session.hpp>

namespace mtp::MTP_ABI {

/// Reads the file of grammers up to 0.8 (`Session::save`, `TlSession`): keys and addresses of all
/// data centres, who it is, where the updates stand. Newer versions keep a database.
///
/// Errors: those of portable_errc.
MTP_API result<portable_session> read_grammers(bytes_view file);

/// The same session as a file of grammers up to 0.7.
///
/// Errors: no_key; no_address for a data centre with a key and without one that is an IP address;
/// no_user.
MTP_API result<secret<bytes>> write_grammers(portable_session const& session);

}  // namespace mtp::MTP_ABI
