// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/result.hpp>
#include <mtp/sessions/portable_session.hpp>

#include <string_view>

namespace mtp::MTP_ABI {

/// The strings of MTKruto, by age.
enum class mtkruto_format {
  current,  ///< with the api_id and who it is
  old,      ///< data centre and key only
};

/// Reads an authorisation string of MTKruto, of either age.
///
/// Errors: those of portable_errc.
MTP_API result<portable_session> read_mtkruto_string(std::string_view text);

/// The same session as a string of MTKruto. Its newer versions read `current` only.
///
/// Errors: no_key; no_user and no_api_id, for `current`.
MTP_API result<secret<std::string>> write_mtkruto_string(
    portable_session const& session, mtkruto_format format = mtkruto_format::current);

}  // namespace mtp::MTP_ABI
