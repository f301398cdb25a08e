// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/core/error.hpp>
#include <mtp/core/result.hpp>

namespace mtp::MTP_ABI::mtproto {

/// `data` compressed as RFC 1952 says.
MTP_API bytes gzip(bytes_view data);

/// What gzip or zlib made compressed, as long as it is no longer than `most` bytes.
///
/// Errors: inflated_too_large, also for data that is damaged, cut short or followed by something.
MTP_API result<bytes, protocol_errc> gunzip(bytes_view packed, std::size_t most);

}  // namespace mtp::MTP_ABI::mtproto
