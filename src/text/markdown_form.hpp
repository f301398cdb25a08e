// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/text/formatted_text.hpp>

namespace mtp::MTP_ABI::detail {

/// What MarkdownV2 can say of a text. Quotes are whole lines there, and a line break beside one is
/// nothing else: no part begins before it or ends behind it.
formatted_text markdown_form(formatted_text const& text);

}  // namespace mtp::MTP_ABI::detail
