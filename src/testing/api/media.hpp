// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "call_context.hpp"
#include "tl_values.hpp"

namespace mtp::MTP_ABI::testing {

/// Turns what a client sends into what a message carries; uploaded parts become a stored file.
///
/// Errors: MEDIA_INVALID, MEDIA_EMPTY, those of file_store::assemble, FILE_REFERENCE_*.
outcome<tl::MessageMedia> make_media(call_context& c, tl::InputMedia const& media);

}  // namespace mtp::MTP_ABI::testing
