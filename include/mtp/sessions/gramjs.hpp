// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/result.hpp>
#include <mtp/sessions/portable_session.hpp>

#include <string_view>

namespace mtp::MTP_ABI {

/// Reads a `StringSession` of GramJS or teleproto: the home data centre, its address, often a name,
/// and its key. Whose session it is does not stand there. It begins with the same digit as one of
/// Telethon; read_any_string() tells them apart.
///
/// Errors: those of portable_errc.
MTP_API result<portable_session> read_gramjs_string(std::string_view text);

/// The same session as a string of GramJS.
///
/// Errors: no_key; no_address; does_not_fit for a data centre above 255, a port above 32767, or a
/// host that GramJS would not read back (shorter than 4 characters, longer than 100).
MTP_API result<secret<std::string>> write_gramjs_string(portable_session const& session);

}  // namespace mtp::MTP_ABI
