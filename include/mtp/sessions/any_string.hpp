// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/result.hpp>
#include <mtp/sessions/portable_session.hpp>

#include <string_view>

namespace mtp::MTP_ABI {

/// The libraries that pass sessions as strings.
enum class session_library { telethon, gramjs, pyrogram, mtcute, mtkruto, ferogram };

/// What its library calls itself.
MTP_API std::string_view name_of(session_library library);

/// A session and where it comes from.
struct foreign_session {
  session_library library = session_library::telethon;
  portable_session session = {};
};

/// Reads a session string of whichever library it is; blanks around it do no harm.
///
/// Errors: portable_errc::wrong_format when no library knows it, as a whole or cut.
MTP_API result<foreign_session> read_any_string(std::string_view text);

}  // namespace mtp::MTP_ABI
