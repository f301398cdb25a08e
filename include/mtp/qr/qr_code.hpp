// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Component mtp::qr.
#pragma once

#include <mtp/core/config.hpp>

#include <string>
#include <string_view>

namespace mtp::MTP_ABI {

/// A QR code that says `text`, drawn for a terminal in lines of half blocks (UTF-8), two rows of
/// modules a line, light on the usual dark ground, with a quiet zone of two modules round it, so
/// that the code of a log-in fits a terminal of 24 lines. Fits prompt_options::draw.
///
/// Errors: std::length_error for a text that no QR code holds: more than 2953 bytes, or none.
/// Threads: any.
MTP_API std::string qr_code(std::string_view text);

}  // namespace mtp::MTP_ABI
