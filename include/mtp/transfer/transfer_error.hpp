// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/error.hpp>

#include <system_error>

namespace mtp::MTP_ABI {

/// Why a file cannot be transferred, as this side sees it; category `mtp.transfer`. Thrown as
/// mtp::error.
enum class transfer_errc {
  empty_file = 1,  ///< a file without bytes, which the servers do not keep
  file_too_large,  ///< beyond what the account may send, or what a file of the servers can have
  file_changed,    ///< the file is not as long as it was in the beginning, or was written to
  bad_file_part,   ///< the server sent a part that cannot be one of the file
};

MTP_API std::error_category const& transfer_category() noexcept;
MTP_API std::error_code make_error_code(transfer_errc e) noexcept;

}  // namespace mtp::MTP_ABI

template <>
struct std::is_error_code_enum<mtp::transfer_errc> : std::true_type {};
