// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/crypto/dh.hpp>
#include <mtp/crypto/hash.hpp>

namespace mtp::MTP_ABI::crypto {

/// What a password is stretched to: who has it needs no password.
using srp_secret = wiped_bytes<32>;

/// Stretches a password with both salts (https://core.telegram.org/api/srp). Takes some 0.1 s, so
/// it belongs on a worker thread.
MTP_API srp_secret stretch_password(bytes_view password, bytes_view salt1, bytes_view salt2);

/// What the server keeps instead of the password: the generator to the power of the secret.
MTP_API dh_value srp_verifier(dh_group const& group, srp_secret const& secret);

/// What proves a password without giving anything of it away.
struct srp_proof {
  dh_value public_value = {};  ///< A
  sha256_digest check = {};    ///< M1
};

/// The proof for a server that showed `challenge`, B. `own` is drawn for this one proof.
///
/// Errors: bad_dh_value when the challenge is not between 0 and the prime, has less than 248 or
/// more than 256 bytes, or hashes to zero together with the proof.
MTP_API result<srp_proof, protocol_errc> srp_prove(dh_group const& group, bytes_view salt1,
                                                   bytes_view salt2, bytes_view challenge,
                                                   srp_secret const& secret,
                                                   dh_group::pair const& own);

// --- The server's part

/// B: what a server shows to whoever has to prove a password. `own` is drawn for this one proof.
MTP_API dh_value srp_challenge(dh_group const& group, dh_value const& verifier,
                               dh_group::pair const& own);

/// M1 as it must be when whoever sent `public_value` knows the password.
///
/// Errors: bad_dh_value when `public_value` is not in the safe range.
MTP_API result<sha256_digest, protocol_errc> srp_expected(
    dh_group const& group, bytes_view salt1, bytes_view salt2, dh_value const& verifier,
    dh_group::pair const& own, dh_value const& challenge, bytes_view public_value);

}  // namespace mtp::MTP_ABI::crypto
