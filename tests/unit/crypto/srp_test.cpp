// SPDX-License-Identifier: MIT OR Apache-2.0
#include <support/vectors/srp.hpp>

#include <mtp/crypto/srp.hpp>
#include <support/catch.hpp>
#include <support/hex.hpp>
#include <support/seeded_random.hpp>

#include <algorithm>

using namespace mtp;
using namespace mtp::test;
using crypto::dh_group;
using crypto::dh_value;

namespace {

dh_group known_group() { return std::move(*dh_group::make(crypto::known_dh_prime(), 3)); }

dh_value value_of(std::string_view hex) {
  auto const raw = from_hex(hex);
  dh_value out = {};
  std::copy(raw.begin(), raw.end(), out.end() - std::ssize(raw));
  return out;
}

dh_group::pair pair_of(dh_group const& group, std::string_view secret) {
  return {.secret = value_of(secret), .public_value = group.power_of_generator(from_hex(secret))};
}

/// A password, what a server keeps of it, and both sides' secrets.
struct round_trip {
  dh_group group = known_group();
  bytes salt1 = bytes(40, 1);
  bytes salt2 = bytes(16, 2);
  crypto::srp_secret secret = crypto::stretch_password(as_bytes("hunter2"), salt1, salt2);
  dh_value verifier = crypto::srp_verifier(group, secret);
  seeded_random random{7};
  dh_group::pair server = *group.draw(random);
  dh_group::pair client = *group.draw(random);
  dh_value challenge = crypto::srp_challenge(group, verifier, server);

  auto prove(bytes_view shown) {
    return crypto::srp_prove(group, salt1, salt2, shown, secret, client);
  }
  auto expected(bytes_view public_value) {
    return crypto::srp_expected(group, salt1, salt2, verifier, server, challenge, public_value);
  }
};

}  // namespace

TEST_CASE("passwords are proved as other implementations prove them", "[crypto][srp]") {
  auto const group = known_group();
  for (auto const& one : vectors::srp_all) {
    CAPTURE(one.source);
    auto const salt1 = from_hex(one.salt1);
    auto const salt2 = from_hex(one.salt2);
    auto const secret = crypto::stretch_password(as_bytes(one.password), salt1, salt2);
    auto const proof = crypto::srp_prove(group, salt1, salt2, from_hex(one.challenge), secret,
                                         pair_of(group, one.a));
    REQUIRE(proof);
    CHECK(proof->public_value == value_of(one.public_value));
    CHECK(to_hex(proof->check) == one.check);
  }
}

TEST_CASE("new passwords are kept as other implementations keep them", "[crypto][srp]") {
  auto const group = known_group();
  for (auto const& one : vectors::srp_verifiers_all) {
    CAPTURE(one.source);
    auto const secret =
        crypto::stretch_password(as_bytes(one.password), from_hex(one.salt1), from_hex(one.salt2));
    CHECK(crypto::srp_verifier(group, secret) == value_of(one.verifier));
  }
}

TEST_CASE("a server with a known secret shows and expects the known values", "[crypto][srp]") {
  auto const group = known_group();
  auto const at = std::ranges::find(vectors::srp_all, std::string_view("srp-round-trip-server"),
                                    &vectors::srp_case::source);
  REQUIRE(at != std::ranges::end(vectors::srp_all));
  auto const own = pair_of(group, vectors::srp_server_secret);
  auto const verifier = value_of(vectors::srp_server_verifier);
  auto const challenge = crypto::srp_challenge(group, verifier, own);
  CHECK(challenge == value_of(at->challenge));
  auto const expected = crypto::srp_expected(group, from_hex(at->salt1), from_hex(at->salt2),
                                             verifier, own, challenge, value_of(at->public_value));
  REQUIRE(expected);
  CHECK(to_hex(*expected) == at->check);
}

TEST_CASE("both sides agree on the right password and on no other", "[crypto][srp]") {
  round_trip s;
  auto const proof = s.prove(s.challenge);
  REQUIRE(proof);
  auto const expected = s.expected(proof->public_value);
  REQUIRE(expected);
  CHECK(*expected == proof->check);
  s.secret = crypto::stretch_password(as_bytes("hunter3"), s.salt1, s.salt2);
  auto const wrong = s.prove(s.challenge);
  REQUIRE(wrong);
  CHECK_FALSE(*s.expected(wrong->public_value) == wrong->check);
}

TEST_CASE("a challenge that would give the password away is refused", "[crypto][srp]") {
  round_trip s;
  auto const is_refused = [&](bytes_view shown) {
    auto const proof = s.prove(shown);
    return !proof && proof.error() == protocol_errc::bad_dh_value;
  };
  CHECK(is_refused(bytes(256)));        // zero
  CHECK(is_refused(s.group.prime()));   // the prime
  CHECK(is_refused(bytes(256, 0xff)));  // beyond it
  CHECK(is_refused(bytes(247, 1)));     // too short
  CHECK(is_refused(bytes(257, 0)));     // too long
  CHECK(is_refused({}));
  bytes last(s.group.prime().begin(), s.group.prime().end());
  --last.back();
  CHECK_FALSE(is_refused(last));
  CHECK_FALSE(is_refused(bytes(248, 1)));
}

TEST_CASE("a server refuses public values at the ends of the group", "[crypto][srp]") {
  round_trip s;
  CHECK_FALSE(s.expected(bytes(256)));
  CHECK_FALSE(s.expected(bytes{1}));
  CHECK_FALSE(s.expected(s.group.prime()));
  CHECK_FALSE(s.expected(bytes(257, 1)));
}
