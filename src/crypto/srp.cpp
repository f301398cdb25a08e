// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/srp
#include <mtp/crypto/srp.hpp>

#include "openssl.hpp"

#include <algorithm>

namespace mtp::MTP_ABI::crypto {
namespace {

constexpr unsigned iterations = 100'000;
constexpr std::size_t min_challenge = 248;

using ossl::number;

number to_number(bytes_view data) { return ossl::to_number(data.data(), data.size()); }

dh_secret to_secret(number const& n) {
  dh_secret out;
  BN_bn2binpad(n.get(), out.data(), static_cast<int>(out.size()));
  return out;
}

dh_value to_value(number const& n) { return to_secret(n); }

dh_value padded(bytes_view data) {
  dh_value out = {};
  std::ranges::copy(data, out.end() - std::ssize(data));
  return out;
}

dh_value padded_generator(dh_group const& group) {
  dh_value out = {};
  out.back() = static_cast<std::uint8_t>(group.generator());
  return out;
}

/// Arithmetic modulo the prime of a group.
class field {
 public:
  explicit field(dh_group const& group)
      : prime_(to_number(group.prime())), context_(ossl::new_context()) {}

  number const& prime() const { return prime_; }
  number times(number const& a, number const& b) const {
    auto out = ossl::new_number();
    ossl::check(BN_mod_mul(out.get(), a.get(), b.get(), prime_.get(), context_.get()));
    return out;
  }
  number plus(number const& a, number const& b) const {
    auto out = ossl::new_number();
    ossl::check(BN_mod_add(out.get(), a.get(), b.get(), prime_.get(), context_.get()));
    return out;
  }
  number minus(number const& a, number const& b) const {
    auto out = ossl::new_number();
    ossl::check(BN_mod_sub(out.get(), a.get(), b.get(), prime_.get(), context_.get()));
    return out;
  }
  /// In time that does not depend on the exponent's bits.
  number power(number const& base, number const& exponent) const {
    auto out = ossl::new_number();
    BN_set_flags(exponent.get(), BN_FLG_CONSTTIME);
    ossl::check(BN_mod_exp(out.get(), base.get(), exponent.get(), prime_.get(), context_.get()));
    return out;
  }
  /// a + b * c, which is not reduced.
  number sum_of_product(number const& a, number const& b, number const& c) const {
    auto out = ossl::new_number();
    ossl::check(BN_mul(out.get(), b.get(), c.get(), context_.get()));
    ossl::check(BN_add(out.get(), out.get(), a.get()));
    return out;
  }

 private:
  number prime_;
  ossl::number_context context_;
};

/// k: what mixes the verifier into the challenge.
number multiplier(dh_group const& group) {
  return to_number(sha256({group.prime(), padded_generator(group)}));
}

/// What both sides hash in the end.
sha256_digest check_of(dh_group const& group, bytes_view salt1, bytes_view salt2,
                       dh_value const& public_value, dh_value const& challenge,
                       number const& shared) {
  auto mixed = sha256(group.prime());
  auto const generator = sha256(padded_generator(group));
  std::ranges::transform(mixed, generator, mixed.begin(), std::bit_xor<>());
  wiped_bytes<32> const key(sha256(to_secret(shared)));
  return sha256({mixed, sha256(salt1), sha256(salt2), public_value, challenge, key});
}

bool is_possible_challenge(field const& modulo, bytes_view challenge) {
  if (challenge.size() < min_challenge || challenge.size() > sizeof(dh_value)) return false;
  auto const n = to_number(challenge);
  return !BN_is_zero(n.get()) && BN_cmp(n.get(), modulo.prime().get()) < 0;
}

srp_secret salted(bytes_view data, bytes_view salt) { return sha256({salt, data, salt}); }

}  // namespace

srp_secret stretch_password(bytes_view password, bytes_view salt1, bytes_view salt2) {
  auto const first = salted(salted(password, salt1), salt2);
  wiped_bytes<64> const stretched(pbkdf2_sha512(first, salt1, iterations));
  return salted(stretched, salt2);
}

dh_value srp_verifier(dh_group const& group, srp_secret const& secret) {
  return group.power_of_generator(secret);
}

result<srp_proof, protocol_errc> srp_prove(dh_group const& group, bytes_view salt1,
                                           bytes_view salt2, bytes_view challenge,
                                           srp_secret const& secret, dh_group::pair const& own) {
  field const modulo(group);
  if (!is_possible_challenge(modulo, challenge)) return failure{protocol_errc::bad_dh_value};
  auto const shown = padded(challenge);
  auto const u = to_number(sha256({own.public_value, shown}));
  if (BN_is_zero(u.get())) return failure{protocol_errc::bad_dh_value};
  auto const verifier = to_number(srp_verifier(group, secret));
  auto const base = modulo.minus(to_number(shown), modulo.times(multiplier(group), verifier));
  auto const exponent = modulo.sum_of_product(to_number(own.secret), u, to_number(secret));
  auto const shared = modulo.power(base, exponent);
  return srp_proof{.public_value = own.public_value,
                   .check = check_of(group, salt1, salt2, own.public_value, shown, shared)};
}

dh_value srp_challenge(dh_group const& group, dh_value const& verifier, dh_group::pair const& own) {
  field const modulo(group);
  auto const mixed = modulo.times(multiplier(group), to_number(verifier));
  return to_value(modulo.plus(mixed, to_number(own.public_value)));
}

result<sha256_digest, protocol_errc> srp_expected(dh_group const& group, bytes_view salt1,
                                                  bytes_view salt2, dh_value const& verifier,
                                                  dh_group::pair const& own,
                                                  dh_value const& challenge,
                                                  bytes_view public_value) {
  if (!group.in_range(public_value)) return failure{protocol_errc::bad_dh_value};
  field const modulo(group);
  auto const theirs = padded(public_value);
  auto const u = to_number(sha256({theirs, challenge}));
  auto const mixed = modulo.power(to_number(verifier), u);
  auto const base = modulo.times(to_number(theirs), mixed);
  auto const shared = modulo.power(base, to_number(own.secret));
  return check_of(group, salt1, salt2, theirs, challenge, shared);
}

}  // namespace mtp::MTP_ABI::crypto
