// SPDX-License-Identifier: MIT OR Apache-2.0
//
// key_data: a salt, under the key of the passcode the key of everything else, under that the
// number of accounts, their numbers and the one that is shown. Each account has a file with a block
// of number 75: -1 and -1, the user (8 bytes), the home data centre, keys in use, keys to be
// destroyed; before ids had 64 bits, user and data centre instead of the two -1. Its folder has
// "config", which says which servers it belongs to, and "map", without which it is not seen.
// Telegram Desktop, storage/storage_domain.cpp, storage/storage_account.cpp, main/main_account.cpp,
// mtproto/mtproto_config.cpp.
#pragma once

#include <mtp/core/config.hpp>

#include <cstddef>
#include <cstdint>

namespace mtp::MTP_ABI::sessions {

inline constexpr std::size_t salt_size = 32;
inline constexpr int max_accounts = 6;  // with Premium; the numbers of accounts are below this too
inline constexpr std::uint32_t authorization_block = 75;
inline constexpr std::int32_t test_environment = 1;

}  // namespace mtp::MTP_ABI::sessions
