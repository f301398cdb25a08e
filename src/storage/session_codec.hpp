// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/result.hpp>
#include <mtp/storage/session_state.hpp>

#include <string_view>

namespace mtp::MTP_ABI::detail {

/// A session file holds at most this; a larger one was not written by us.
inline constexpr std::size_t max_session_file = std::size_t{64} << 20;

/// How a session file begins.
inline constexpr std::string_view session_file_magic = "mtp.sess";

/// The bytes of a session file: magic, version, length, SHA-256 of the rest, the state.
bytes encode_session(session_state const& state);

/// Reads what encode_session wrote. What a newer version wrote, also a file of records, is
/// client_errc::newer_store; any other bytes are bad_session_file.
result<session_state> decode_session(bytes_view file);

}  // namespace mtp::MTP_ABI::detail
