// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <system_error>

namespace mtp::MTP_ABI {

/// Why a session of another library cannot be read, or not be written for it; category
/// `mtp.portable`. The texts name no part of the session.
enum class portable_errc {
  wrong_format = 1,  ///< no session of that library: another alphabet, mark or shape
  wrong_version,     ///< a session of that library in a version that is not known
  cut_short,         ///< it ends before what it announces
  too_long,          ///< something follows behind its end
  bad_checksum,      ///< a checksum does not fit: it is damaged
  wrong_passcode,    ///< the passcode is wrong, or one is needed
  bad_value,         ///< a part of it has an impossible value
  no_key,            ///< there is no key of the home data centre
  no_user,           ///< it does not say whose it is, and that must be known
  no_api_id,         ///< the api_id that the format wants is not known
  no_address,        ///< the address that the format wants is not known
  does_not_fit,      ///< the format has no room for a value
  missing_file,      ///< a file that belongs to it is not there
};

MTP_API std::error_category const& portable_category() noexcept;
MTP_API std::error_code make_error_code(portable_errc e) noexcept;

}  // namespace mtp::MTP_ABI

template <>
struct std::is_error_code_enum<mtp::portable_errc> : std::true_type {};
