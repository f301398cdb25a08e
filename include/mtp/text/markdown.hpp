// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/text/formatted_text.hpp>

#include <string>
#include <string_view>

namespace mtp::MTP_ABI {

/// Reads the MarkdownV2 of the Bot API (https://core.telegram.org/bots/api#markdownv2-style), in
/// which every character that could be markup has a backslash when it is none. An address
/// `tg://user?id=1&hash=a1` has the access hash too, in hexadecimal. The word behind three
/// backticks is a language where a line ends after it.
///
/// Linear in the length of the text, whoever wrote it. Errors: text_error, markup_error.
MTP_API formatted_text parse_markdown(std::string_view markdown);

/// Writes it so that parse_markdown() gives the same again. Left out is what servers find by
/// themselves, what has no markup (comparisons), and quotes that do not consist of whole lines; the
/// line break before and behind a quote is neither bold nor anything else. So is a language with
/// blanks or backticks.
MTP_API std::string to_markdown(formatted_text const& text);

/// `text` so that it stands for itself in MarkdownV2.
MTP_API std::string escape_markdown(std::string_view text);

/// Reads what people type into clients: `**bold**`, `__italic__`, `~~strike~~`, `||spoiler||`,
/// backticks, three of them for blocks, and `[text](address)`. What is no pair, or no address,
/// stands for itself; so does such a character behind a backslash, but for backticks within code.
///
/// Linear in the length of the text, whoever wrote it. Errors: text_error.
MTP_API formatted_text parse_loose_markdown(std::string_view markdown);

/// Writes it for people to edit. parse_loose_markdown() gives the same again of the styles that it
/// knows, where no backtick stands in code; the others are left out.
MTP_API std::string to_loose_markdown(formatted_text const& text);

}  // namespace mtp::MTP_ABI
