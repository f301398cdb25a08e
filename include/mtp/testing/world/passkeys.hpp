// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/core/random.hpp>
#include <mtp/testing/world/fault.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mtp::MTP_ABI::testing {

/// A passkey of an account: its id in base64url, and the public key that checks its signatures.
struct kept_passkey {
  std::string id = {};
  std::int64_t account = 0;
  bytes public_key = {};   ///< SubjectPublicKeyInfo of P-256
  std::uint32_t uses = 0;  ///< how often its authenticator says that it has signed
  std::int32_t made = 0;
  std::int32_t last_used = 0;  ///< 0: never
};

/// The passkeys of all accounts (https://core.telegram.org/api/passkeys): ES256, attestation
/// "none". What an authenticator says is checked as WebAuthn wants it, signatures with OpenSSL.
/// Threads: not thread-safe; a data centre uses it on its own strand.
class MTP_API passkeys {
 public:
  static constexpr std::string_view relying_party = "telegram.org";
  static constexpr std::int32_t challenge_lifetime = 300;

  /// Who is challenged: a data centre, and the client's permanent key there.
  using place = std::pair<int, std::int64_t>;

  /// What a new passkey is made of, as JSON. `handle` names the account, as in "2:42".
  std::string begin_registration(place who, std::string_view handle, random_source& random,
                                 std::int32_t now);
  /// Errors: PASSKEY_AUTH_RESTART (500) for an old challenge, CREDENTIAL_INVALID.
  outcome<kept_passkey> finish_registration(place who, std::int64_t account,
                                            std::string_view client_data, bytes_view attestation,
                                            std::int32_t now);
  /// What a passkey has to sign, as JSON.
  std::string begin_log_in(place who, random_source& random, std::int32_t now);
  /// Checks a signature; returns whose passkey that is.
  ///
  /// Errors: PASSKEY_AUTH_RESTART (500) for an old challenge, CREDENTIAL_INVALID.
  outcome<std::int64_t> finish_log_in(place who, std::string_view id, std::string_view client_data,
                                      bytes_view authenticator_data, bytes_view signature,
                                      std::int32_t now);

  std::vector<kept_passkey> of(std::int64_t account) const;
  /// Errors: CREDENTIAL_INVALID.
  outcome<> remove(std::int64_t account, std::string_view id);

 private:
  struct challenge {
    std::string text = {};  ///< in base64url
    std::int32_t made = 0;
  };
  std::string challenge_for(place who, random_source& random, std::int32_t now);
  outcome<> check_client_data(place who, std::string_view type, std::string_view client_data,
                              std::int32_t now);

  std::map<place, challenge> challenges_;
  std::map<std::string, kept_passkey, std::less<>> kept_;  ///< by id
};

/// In base64url, without padding.
MTP_API std::string base64_url(bytes_view raw);

}  // namespace mtp::MTP_ABI::testing
