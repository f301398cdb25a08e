// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/core/config.hpp>

#include <string>

namespace mtp::MTP_ABI {

/// A picture of some dozen pixels as a JPEG, from what came with a message: the bytes of
/// tl::photoStrippedSize, or `stripped_thumb` of a peer's photo. Nothing is downloaded.
///
/// Errors: throws mtp::error with client_errc::bad_argument when `stripped` is none, or of a
/// version that is not known. What the pixels say is not looked at.
MTP_API bytes expand_stripped_thumbnail(bytes_view stripped);

/// The outline of a sticker, from the bytes of tl::photoPathSize, as the `d` of a path of SVG in a
/// square of 512.
MTP_API std::string expand_outline(bytes_view outline);
/// The same as a document of SVG.
MTP_API std::string outline_as_svg(bytes_view outline);

}  // namespace mtp::MTP_ABI
