// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/tl/to_text.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace mtp::MTP_ABI::tl {

/// The TL name of a constructor or function of the API or of MTProto: "messages.sendMessage". Empty
/// when neither schema has the id.
MTP_API std::string_view name_of(std::uint32_t id) noexcept;

/// A serialised value or call in words, as `to_text` of the value it holds. What cannot be read is
/// shown as such; never throws on what the bytes hold. Elements of a vector are read as
/// constructors.
MTP_API std::string bytes_to_text(bytes_view data, text_options const& options = {});

}  // namespace mtp::MTP_ABI::tl
