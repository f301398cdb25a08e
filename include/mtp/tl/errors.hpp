// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace mtp::MTP_ABI::tl {

/// What is wrong with received bytes.
enum class decode_errc : std::uint8_t {
  truncated = 1,        ///< the bytes end inside the value
  unknown_constructor,  ///< an id that this place does not allow, or that nothing has
  bad_count,            ///< a vector longer than the bytes left can hold
  bad_string,           ///< a length prefix that TL does not know
  too_deep,             ///< values nested beyond the limit
  too_large,            ///< the value would need more memory than allowed
  trailing_bytes,       ///< bytes behind the end of the value
};

/// A phrase without a final stop.
MTP_API std::string_view text_of(decode_errc code) noexcept;

/// Why bytes are not the value that was asked for.
struct MTP_API decode_error {
  decode_errc code = decode_errc::truncated;
  std::uint32_t constructor = 0;  ///< the id met, for unknown_constructor
  std::size_t offset = 0;         ///< where in the bytes
  std::string path = {};  ///< fields from the top: "messages.channelMessages.users[3].photo"

  /// One sentence for a log. Holds names and numbers, never content.
  std::string text() const;
};

/// What is wrong with a value that a program wants to send.
enum class encode_errc : std::uint8_t {
  empty_field = 1,     ///< a required part is empty
  partial_flag_group,  ///< of the fields that share one bit only some are set
  too_long,            ///< a text beyond what TL can say: 2^24 - 1 bytes
};

MTP_API std::string_view text_of(encode_errc code) noexcept;

/// Why a value cannot be written. The names are static text.
struct MTP_API encode_error {
  encode_errc code = encode_errc::empty_field;
  std::string_view type = {};   ///< "messages.sendMessage"
  std::string_view field = {};  ///< "peer"
  std::string_view other = {};  ///< the field that shares the bit, for partial_flag_group

  /// "messages.sendMessage: peer is required but empty".
  std::string text() const;
};

}  // namespace mtp::MTP_ABI::tl
