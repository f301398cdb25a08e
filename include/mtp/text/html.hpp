// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/text/formatted_text.hpp>

#include <string>
#include <string_view>

namespace mtp::MTP_ABI {

/// Reads the HTML of the Bot API (https://core.telegram.org/bots/api#html-style): its tags and no
/// others, each closed, in any case; `&lt;`, `&gt;`, `&amp;`, `&quot;` and numbers, while any other
/// `&` is one. An address `tg://user?id=1&hash=a1` has the access hash too, in hexadecimal.
///
/// Linear in the length of the text, whoever wrote it. Errors: text_error, markup_error.
MTP_API formatted_text parse_html(std::string_view html);

/// Writes it so that parse_html() gives the same again, but for what servers find by themselves
/// (addresses, hashtags, ...) and for comparisons, for which there are no tags.
MTP_API std::string to_html(formatted_text const& text);

/// `text` so that it stands for itself in HTML, also between quotation marks.
MTP_API std::string escape_html(std::string_view text);

}  // namespace mtp::MTP_ABI
