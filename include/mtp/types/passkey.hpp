// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What a server and somebody's authenticator tell each other
// (https://core.telegram.org/api/passkeys and https://www.w3.org/TR/webauthn-3).
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/core/config.hpp>

#include <chrono>
#include <optional>
#include <string>

namespace mtp::MTP_ABI {

/// A passkey of an account, as its list shows it.
struct passkey {
  std::string id = {};
  std::string name = {};
  std::chrono::sys_seconds made = {};
  std::optional<std::chrono::sys_seconds> last_used = {};
};

/// What an authenticator makes of the server's options for a new passkey (of
/// navigator.credentials.create()).
struct passkey_attestation {
  std::string id = {};           ///< base64url, as the authenticator names the passkey
  std::string raw_id = {};       ///< base64url of its bytes
  std::string client_data = {};  ///< clientDataJSON, the text itself
  bytes attestation = {};        ///< attestationObject
};

/// What an authenticator makes of the server's challenge (of navigator.credentials.get()).
struct passkey_assertion {
  std::string id = {};           ///< base64url, as the authenticator names the passkey
  std::string raw_id = {};       ///< base64url of its bytes
  std::string client_data = {};  ///< clientDataJSON, the text itself
  bytes authenticator_data = {};
  bytes signature = {};
  std::string user_handle = {};  ///< the text itself, not in base64url: data centre and user
};

}  // namespace mtp::MTP_ABI
