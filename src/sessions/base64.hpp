// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "core/base64.hpp"
#include "sessions/failed.hpp"

namespace mtp::MTP_ABI::sessions {

using base64::alphabet;

/// base64::decode() with the errors of sessions: wrong_format and cut_short.
inline result<secret<bytes>> decode_base64(std::string_view text, alphabet which) {
  auto read = base64::decode(text, which);
  if (read) return std::move(*read);
  return failed(read.error() == base64::fault::cut_short ? portable_errc::cut_short
                                                         : portable_errc::wrong_format);
}

inline secret<std::string> encode_base64(bytes_view data, alphabet which, bool padded,
                                         std::string_view prefix = {}) {
  return base64::encode(data, which, padded, prefix);
}

}  // namespace mtp::MTP_ABI::sessions
