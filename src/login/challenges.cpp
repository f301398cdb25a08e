// SPDX-License-Identifier: MIT OR Apache-2.0
#include "login/challenges.hpp"

#include <mtp/tl/types/PasswordKdfAlgo.hpp>

namespace mtp::MTP_ABI::login {
namespace {

using known_algorithm = tl::passwordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow;

std::optional<password_challenge> read(tl::PasswordKdfAlgo const& from) {
  auto const* algorithm = from ? from.get_if<known_algorithm>() : nullptr;
  if (!algorithm) return std::nullopt;
  return password_challenge{.salt1 = copied(algorithm->salt1),
                            .salt2 = copied(algorithm->salt2),
                            .generator = algorithm->g,
                            .prime = copied(algorithm->p)};
}

}  // namespace

std::optional<password_challenge> challenge_of(tl::account::password const& of) {
  auto out = read(of.current_algo);
  if (!out || !of.srp_B || !of.srp_id) return std::nullopt;
  out->id = *of.srp_id;
  out->server_value = copied(*of.srp_B);
  return out;
}

std::optional<password_challenge> form_of(tl::account::password const& of) {
  return read(of.new_algo);
}

tl::inputCheckPasswordSRP to_tl(password_proof const& proof) {
  tl::inputCheckPasswordSRP out;
  out.srp_id = proof.id;
  out.A = tl::bytes(proof.public_value);
  out.M1 = tl::bytes(proof.check);
  return out;
}

}  // namespace mtp::MTP_ABI::login
