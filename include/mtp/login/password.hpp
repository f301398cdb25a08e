// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/core/error.hpp>
#include <mtp/core/random.hpp>
#include <mtp/core/result.hpp>

#include <cstdint>
#include <string_view>

namespace mtp::MTP_ABI::login {

/// What a server shows to whoever has to prove the password of an account
/// (https://core.telegram.org/api/srp). Good for one proof.
struct password_challenge {
  std::int64_t id = 0;
  bytes salt1 = {};
  bytes salt2 = {};
  int generator = 0;
  bytes prime = {};
  bytes server_value = {};
  bool operator==(password_challenge const&) const = default;
};

/// What proves the password, and gives nothing of it away.
struct password_proof {
  std::int64_t id = 0;  ///< of the challenge
  bytes public_value = {};
  bytes check = {};
  bool operator==(password_proof const&) const = default;
};

/// Proves `password` to a server. Takes some 0.1 s, and 0.3 s more for a prime that was not seen
/// before.
///
/// Errors: bad_dh_prime, bad_dh_generator, bad_dh_value: the challenge is unsafe, and answering it
/// could give the password away. Threads: any.
MTP_API result<password_proof, protocol_errc> prove_password(password_challenge const& challenge,
                                                             std::string_view password,
                                                             random_source& random);

/// What the server keeps instead of a password, and the salt that goes with it.
struct new_password {
  bytes salt1 = {};
  bytes verifier = {};
};

/// Makes a new password of the account ready to be kept by the server. Of `form` only the salts,
/// the generator and the prime count: those that the server wants for new passwords. Takes as long
/// as prove_password().
///
/// Errors: bad_dh_prime, bad_dh_generator. Threads: any.
MTP_API result<new_password, protocol_errc> make_password(password_challenge const& form,
                                                          std::string_view password,
                                                          random_source& random);

}  // namespace mtp::MTP_ABI::login
