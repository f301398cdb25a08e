// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/secret.hpp>
#include <mtp/storage/write_batch.hpp>

#include <string>
#include <string_view>

namespace mtp::MTP_ABI::detail {

/// A text holds at most this many bytes of records.
inline constexpr std::size_t max_record_text = std::size_t{64} << 20;

/// Records as text: in base64 for addresses (RFC 4648, section 5) a version (1), the first eight
/// bytes of the SHA-256 of the rest, and the entries as in a file of records, deflated.
secret<std::string> encode_record_text(write_batch const& records);

/// Reads it. Errors: throws store_error with client_errc::bad_session_file or newer_store.
write_batch decode_record_text(std::string_view text);

}  // namespace mtp::MTP_ABI::detail
