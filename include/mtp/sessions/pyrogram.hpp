// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/result.hpp>
#include <mtp/sessions/portable_session.hpp>

#include <string_view>

namespace mtp::MTP_ABI {

/// The strings of Pyrogram and its successors, by age.
enum class pyrogram_format {
  current,  ///< with the api_id: 362 characters
  old_64,   ///< without, for ids of 64 bits: 356 characters
  old_32,   ///< without, for ids of 32 bits: 351 characters
};

/// Reads a session string of Pyrogram, kurigram or pyrofork, of any age: the home data centre and
/// its key, who it is, the api_id.
///
/// Errors: those of portable_errc.
MTP_API result<portable_session> read_pyrogram_string(std::string_view text);

/// The same session as a string of Pyrogram.
///
/// Errors: no_key; no_user when nobody knows whose it is and whether that is a bot; no_api_id;
/// does_not_fit for a data centre above 255 or an id that is too long for an old format.
MTP_API result<secret<std::string>> write_pyrogram_string(
    portable_session const& session, pyrogram_format format = pyrogram_format::current);

}  // namespace mtp::MTP_ABI
