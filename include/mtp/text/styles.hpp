// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/text/formatted_text.hpp>

#include <chrono>
#include <cstdint>
#include <string>

/// Pieces of a text: `bold("x") + " " + link("y", "https://example.org")`.
///
/// Errors: text_error for what is no UTF-8; bad_argument for a moment that 32 bits do not hold.
namespace mtp::MTP_ABI::text {

MTP_API formatted_text bold(formatted_text of);
MTP_API formatted_text italic(formatted_text of);
MTP_API formatted_text underline(formatted_text of);
MTP_API formatted_text strike(formatted_text of);
/// Hidden until somebody touches it.
MTP_API formatted_text spoiler(formatted_text of);
/// In letters of one width, within a line.
MTP_API formatted_text code(formatted_text of);
/// A block of such letters; clients colour it if they know the language.
MTP_API formatted_text pre(formatted_text of, std::string language = {});
MTP_API formatted_text quote(formatted_text of);
/// A quote of which clients show a few lines until it is opened.
MTP_API formatted_text collapsed_quote(formatted_text of);
/// `tg://user?id=...` is a mention().
MTP_API formatted_text link(formatted_text of, std::string address);
/// Somebody by their number. The client, or the server, must have met them; an `access_hash` from
/// elsewhere does as well.
MTP_API formatted_text mention(formatted_text of, std::int64_t user, std::int64_t access_hash = 0);
/// An emoji of somebody's making; `instead` is one of Unicode, for whoever cannot see it.
MTP_API formatted_text custom_emoji(formatted_text instead, std::int64_t document);
/// A moment that each reader sees in their own language and time zone; `instead` is for clients
/// that do not know such parts, and where no form is asked for.
MTP_API formatted_text date(formatted_text instead, std::chrono::sys_seconds when,
                            date_format format = {});

}  // namespace mtp::MTP_ABI::text
