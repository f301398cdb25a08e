// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <cstdint>

namespace mtp::MTP_ABI::testing {

/// Which keys a test means. Each field narrows the choice; 0 does not.
struct key_choice {
  std::int64_t account = 0;  ///< who signed in with the key, or with the one that it is bound to
  int dc = 0;
  std::int64_t key = 0;  ///< its id
};

/// What a data centre remembers of a key, and can forget.
enum class remembered : std::uint8_t {
  login,           ///< who is signed in: calls are refused with 401 AUTH_KEY_UNREGISTERED
  initialisation,  ///< initConnection: calls without it are refused with CONNECTION_NOT_INITED
  binding,         ///< of a temporary key: calls are refused with 401 AUTH_KEY_PERM_EMPTY
  session,         ///< the sessions under it: their next packet begins new ones
  salt,            ///< those accepted now by its data centre; later ones stay as announced
  key,             ///< the key itself: its next packet gets error -404
};

/// A key as the data centre knows it.
struct key_record {
  std::int64_t id = 0;
  int dc = 0;
  bool temporary = false;
  std::int32_t expires_at = 0;  ///< of a temporary key
  std::int64_t bound_to = 0;    ///< of a temporary key: the permanent one; 0 while there is none
  std::int64_t account = 0;     ///< for whom it acts
  bool operator==(key_record const&) const = default;
};

}  // namespace mtp::MTP_ABI::testing
