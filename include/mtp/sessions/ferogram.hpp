// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/result.hpp>
#include <mtp/sessions/portable_session.hpp>

#include <string_view>

namespace mtp::MTP_ABI {

/// Reads what the binary backend of ferogram (or layer) writes, versions 1 to 8: keys, salts and
/// addresses of all data centres, where the updates stand, peers, the token of the last log-out.
/// Whose session it is does not stand there.
///
/// Errors: those of portable_errc.
MTP_API result<portable_session> read_ferogram(bytes_view file);

/// The same session as a file of ferogram, version 8. Its counts have 16 bits: peers and channels
/// beyond 65535 are left out.
///
/// Errors: no_key; does_not_fit for more addresses than 255 or a host longer than 240 characters.
MTP_API result<secret<bytes>> write_ferogram(portable_session const& session);

/// Reads a session string of ferogram: the short one of either version, or a whole file.
///
/// Errors: those of portable_errc.
MTP_API result<portable_session> read_ferogram_string(std::string_view text);

/// The short string of ferogram, version 2: the home data centre, its address and key, the id of
/// the user.
///
/// Errors: no_key; no_address; no_user; does_not_fit for a data centre above 255.
MTP_API result<secret<std::string>> write_ferogram_string(portable_session const& session);

}  // namespace mtp::MTP_ABI
