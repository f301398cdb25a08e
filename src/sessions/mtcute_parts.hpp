// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What strings and databases of mtcute have in common: an address is the bytes 2 (a version), data
// centre and flags (1 IPv6, 2 for files only, 4 for tests), then host and port in TL. mtcute 0.31,
// packages/core/src/utils/dcs.ts.
#pragma once

#include <mtp/core/result.hpp>
#include <mtp/sessions/portable_session.hpp>

namespace mtp::MTP_ABI::sessions {

struct mtcute_address {
  int dc = 0;
  bool test = false;
  portable_address address = {};
};

/// Errors: wrong_version, cut_short, bad_value, too_long.
result<mtcute_address> read_mtcute_address(bytes_view data);
bytes write_mtcute_address(mtcute_address const& value);

}  // namespace mtp::MTP_ABI::sessions
