// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/text/formatted_text.hpp>
#include <mtp/tl/forward.hpp>
#include <mtp/tl/list.hpp>

#include <string_view>

namespace mtp::MTP_ABI {

/// A text as the API has it, with its entities. Whatever a server sent is taken: bytes that are no
/// UTF-8 become U+FFFD, entities that mean nothing go.
MTP_API formatted_text to_formatted_text(std::string_view text,
                                         tl::list<tl::MessageEntity> const& entities);
MTP_API formatted_text to_formatted_text(tl::textWithEntities const& from);

/// The entities for a request. Of what servers find by themselves nothing is left out: they look
/// again. A mention by name has the access hash of its entity; 0 is right for bots, and where the
/// operations of a client replace it with the one they know.
MTP_API tl::list<tl::MessageEntity> to_tl_entities(formatted_text const& text);
MTP_API tl::textWithEntities to_text_with_entities(formatted_text const& text);

}  // namespace mtp::MTP_ABI
