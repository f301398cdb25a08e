// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/tl/schema/document.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mtp::MTP_ABI::tl::schema {

/// The type as TL text: `Vector<InputUser>`, `%Message`, `!X`.
MTP_API std::string print(type_ref const& type);

/// `name:flags.3?string`.
MTP_API std::string print(field const& one);

/// The whole declaration with its id in eight digits and the final `;`, on one line.
MTP_API std::string print(definition const& one);

/// The text whose CRC32 is the id of a declaration (the rule of core.telegram.org/mtproto/TL as
/// servers apply it: no id, no `flags.N?true` fields, `bytes` is `string`, no brackets).
MTP_API std::string id_text(definition const& one);

/// The id that follows from the declaration.
MTP_API std::uint32_t computed_id(definition const& one);

/// CRC-32/ISO-HDLC.
MTP_API std::uint32_t crc32(std::string_view data);

/// The whole schema as text in our own order: `// LAYER n`, the comment lines of `header`, types by
/// namespace and name with their constructors together, then functions by namespace and name. LF,
/// one declaration a line. Parsing it gives the same definitions.
MTP_API std::string normalise(document const& schema, std::vector<std::string> const& header = {});

}  // namespace mtp::MTP_ABI::tl::schema
