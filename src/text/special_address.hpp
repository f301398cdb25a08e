// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Addresses by which markup names what has no address:
// https://core.telegram.org/bots/api#formatting-options
#pragma once

#include <mtp/text/text_entity.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace mtp::MTP_ABI::detail {

/// "tg://user?id=1&hash=a1" as a mention; nothing for any other address.
std::optional<text_style> person_in(std::string_view address);
/// "tg://emoji?id=5" or "tg://time?unix=5&format=wDT".
std::optional<text_style> picture_in(std::string_view address);

/// The address of a link, mention, custom emoji or date.
std::string address_of(text_style const& style);

/// A whole number that fits, without anything else about it.
std::optional<std::int64_t> number_in(std::string_view text);
/// Letters as the Bot API has them: "r", or of "w", "d" or "D", "t" or "T" any, in this order.
std::optional<date_format> date_format_in(std::string_view letters);
std::string letters_of(date_format format);

}  // namespace mtp::MTP_ABI::detail
