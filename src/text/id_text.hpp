// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>

#include <string>
#include <string_view>

namespace mtp::MTP_ABI::detail {

/// Longer texts are no ids: a file reference has some dozen bytes, an address some hundred.
inline constexpr std::size_t max_id_text = 4096;

/// How the ids of files are written: in base64 for addresses, without padding, of bytes in which a
/// run of zeros is a zero and its length, at most 250.
///
/// Errors: throws mtp::error with client_errc::bad_argument.
bytes read_id_bytes(std::string_view text);
/// Some bytes, then the version, which may be zero and is no run.
std::string write_id_bytes(bytes_view data, bytes_view version = {});

/// The bytes behind base64, zeros still in runs. Errors: as read_id_bytes().
bytes read_id_base64(std::string_view text);
/// What read_id_base64() gave, whole. Errors: as read_id_bytes().
bytes expand_zeros(bytes_view data);

[[noreturn]] void throw_no_id(char const* why);

}  // namespace mtp::MTP_ABI::detail
