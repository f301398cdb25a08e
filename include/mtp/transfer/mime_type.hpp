// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/core/config.hpp>

#include <string_view>

namespace mtp::MTP_ABI {

/// The MIME type of a file whose first bytes are `head`, by these, and else by the extension of its
/// `name`; "application/octet-stream" when neither is known. Some 4096 bytes are enough.
MTP_API std::string_view mime_type_of(bytes_view head, std::string_view name);

}  // namespace mtp::MTP_ABI
