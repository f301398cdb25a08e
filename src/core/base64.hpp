// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/core/result.hpp>
#include <mtp/core/secret.hpp>

#include <string>
#include <string_view>

namespace mtp::MTP_ABI::base64 {

/// The two alphabets of RFC 4648, which differ in their last two characters.
enum class alphabet { standard, url };

/// Why a text is no base64.
enum class fault {
  wrong_character,  ///< one that does not belong there
  cut_short,        ///< a length that no whole number of bytes has
};

/// Reads base64 with or without the padding at its end.
result<secret<bytes>, fault> decode(std::string_view text, alphabet which);

/// Appends base64 of `data` to `prefix`.
secret<std::string> encode(bytes_view data, alphabet which, bool padded,
                           std::string_view prefix = {});

}  // namespace mtp::MTP_ABI::base64
