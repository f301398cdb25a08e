// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/text/text_entity.hpp>

#include <string_view>
#include <vector>

namespace mtp::MTP_ABI::detail {

/// The parts of a text in the form that formatted_text promises. `text` is valid UTF-8.
std::vector<text_entity> normal_form(std::string_view text, std::vector<text_entity> entities);

/// The order of the normal form: outer parts before what stands in them.
bool stands_before(text_entity const& left, text_entity const& right) noexcept;
/// Brings them into that order; what is equal there stays as it was.
void sort_stably(std::vector<text_entity>& all);

}  // namespace mtp::MTP_ABI::detail
