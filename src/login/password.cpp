// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/srp
#include <mtp/login/password.hpp>

#include <mtp/crypto/srp.hpp>

namespace mtp::MTP_ABI::login {

result<password_proof, protocol_errc> prove_password(password_challenge const& challenge,
                                                     std::string_view password,
                                                     random_source& random) {
  auto const group = crypto::dh_group::make(challenge.prime, challenge.generator);
  if (!group) return failure{group.error()};
  auto const own = group->draw(random);
  if (!own) return failure{protocol_errc::bad_dh_value};
  auto const secret =
      crypto::stretch_password(as_bytes(password), challenge.salt1, challenge.salt2);
  auto const proof = crypto::srp_prove(*group, challenge.salt1, challenge.salt2,
                                       challenge.server_value, secret, *own);
  if (!proof) return failure{proof.error()};
  password_proof out{.id = challenge.id};
  out.public_value.assign(proof->public_value.begin(), proof->public_value.end());
  out.check.assign(proof->check.begin(), proof->check.end());
  return out;
}

result<new_password, protocol_errc> make_password(password_challenge const& form,
                                                  std::string_view password,
                                                  random_source& random) {
  constexpr std::size_t own_salt = 32;
  auto const group = crypto::dh_group::make(form.prime, form.generator);
  if (!group) return failure{group.error()};
  new_password out{.salt1 = form.salt1};
  out.salt1.resize(form.salt1.size() + own_salt);
  random.fill(mutable_bytes(out.salt1).last(own_salt));
  auto const secret = crypto::stretch_password(as_bytes(password), out.salt1, form.salt2);
  auto const verifier = crypto::srp_verifier(*group, secret);
  out.verifier.assign(verifier.begin(), verifier.end());
  return out;
}

}  // namespace mtp::MTP_ABI::login
