// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/result.hpp>
#include <mtp/sessions/portable_session.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace mtp::MTP_ABI::sessions {

inline constexpr std::size_t auth_key_size = 256;
/// Data centres have small numbers: 1 to 5, and 203 for files.
inline constexpr int max_dc = 999;
inline constexpr std::int64_t max_user_id = (std::int64_t{1} << 40) - 1;
// A Bool of TL.
inline constexpr std::uint32_t bool_true = 0x997275b5;
inline constexpr std::uint32_t bool_false = 0xbc799737;

bool is_dc(std::int64_t number);
bool is_user_id(std::int64_t number);

// --- Addresses
/// The 4 or 16 bytes of an IP address; nothing for any other text.
std::optional<bytes> packed_address(std::string const& host);
/// The text of an address of 4 or 16 bytes.
std::string address_text(bytes_view packed);
/// An IP address, or letters, digits, dots and hyphens as in a name, at most 253 of them.
bool is_host(std::string_view text);
/// A port that one can connect to.
constexpr bool is_port(std::int64_t number) { return number >= 1 && number <= 0xffff; }
/// Reads "host:port" or "[host]:port".
std::optional<portable_address> split_address(std::string_view text);
std::string join_address(portable_address const& address);
/// Whether Telegram's servers for tests are there.
bool is_test_host(std::string_view host);
/// Where Telegram's own data centre can be reached; nothing when it has no such data centre.
std::optional<portable_address> known_address(int dc, bool test);
/// The first address of a data centre that is not for files only, else one that is known of it.
std::optional<portable_address> address_of(portable_session const& session, int dc);
/// The same, of those that are IP addresses.
std::optional<portable_address> ip_address_of(portable_session const& session, int dc);

// --- For readers
/// A session of one data centre with its key.
///
/// Errors: bad_value for an impossible number; no_key when all of the key is zero or it has another
/// length.
result<portable_session> session_of(int dc, bytes_view key);

// --- For writers
/// The key of the home data centre.
///
/// Errors: no_key.
result<bytes_view> home_key(portable_session const& session);
/// The number of the home data centre as one byte.
///
/// Errors: does_not_fit.
result<std::uint8_t> home_byte(portable_session const& session);

}  // namespace mtp::MTP_ABI::sessions
