// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/result.hpp>
#include <mtp/sessions/portable_session.hpp>

#include <string_view>

namespace mtp::MTP_ABI {

/// Reads a `StringSession` of Telethon 1: the home data centre, its address and its key. Whose
/// session it is does not stand there.
///
/// Errors: those of portable_errc.
MTP_API result<portable_session> read_telethon_string(std::string_view text);

/// The same session as a string of Telethon. A host that is a name gives way to an address that is
/// known of the data centre.
///
/// Errors: no_key; no_address; does_not_fit for a data centre above 255.
MTP_API result<secret<std::string>> write_telethon_string(portable_session const& session);

}  // namespace mtp::MTP_ABI
