// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/result.hpp>
#include <mtp/sessions/portable_session.hpp>

#include <string_view>

namespace mtp::MTP_ABI {

/// Reads a session string of mtcute, version 3: the home data centre with its key, its address and
/// the one for files, and who it is.
///
/// Errors: those of portable_errc; strings of versions 1 and 2, which mtcute itself no longer
/// reads, are wrong_version.
MTP_API result<portable_session> read_mtcute_string(std::string_view text);

/// The same session as a string of mtcute. Somebody of whom it is not known whether it is a bot is
/// left out: mtcute then asks the server.
///
/// Errors: no_key; no_address; does_not_fit for a data centre above 255.
MTP_API result<secret<std::string>> write_mtcute_string(portable_session const& session);

}  // namespace mtp::MTP_ABI
