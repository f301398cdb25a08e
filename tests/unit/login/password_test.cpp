// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/login/password.hpp>

#include <mtp/crypto/srp.hpp>
#include <mtp/login/step.hpp>
#include <support/catch.hpp>
#include <support/seeded_random.hpp>

#include <set>

using namespace mtp;
using namespace mtp::login;

namespace {

bytes to_bytes(bytes_view from) { return {from.begin(), from.end()}; }

/// A server that knows the password, and what it shows.
struct server {
  test::seeded_random random{1};
  crypto::dh_group group = *crypto::dh_group::make(crypto::known_dh_prime(), 3);
  bytes salt1 = bytes(40, 1);
  bytes salt2 = bytes(16, 2);
  crypto::dh_value verifier =
      crypto::srp_verifier(group, crypto::stretch_password(as_bytes("hunter2"), salt1, salt2));
  crypto::dh_group::pair own = *group.draw(random);
  crypto::dh_value shown = crypto::srp_challenge(group, verifier, own);

  password_challenge challenge() const {
    return {.id = 9,
            .salt1 = salt1,
            .salt2 = salt2,
            .generator = 3,
            .prime = to_bytes(group.prime()),
            .server_value = to_bytes(shown)};
  }
  bool accepts(password_proof const& proof) const {
    auto const expected =
        crypto::srp_expected(group, salt1, salt2, verifier, own, shown, proof.public_value);
    return expected && to_bytes(*expected) == proof.check;
  }
};

protocol_errc error_of(server& s, password_challenge const& challenge) {
  auto const proof = prove_password(challenge, "hunter2", s.random);
  REQUIRE_FALSE(proof);
  return proof.error();
}

}  // namespace

TEST_CASE("a server accepts the proof of the right password only", "[login][password]") {
  server s;
  auto const right = prove_password(s.challenge(), "hunter2", s.random);
  REQUIRE(right);
  CHECK(right->id == 9);
  CHECK(s.accepts(*right));
  auto const wrong = prove_password(s.challenge(), "hunter3", s.random);
  REQUIRE(wrong);
  CHECK_FALSE(s.accepts(*wrong));
}

TEST_CASE("a server that could learn the password is not answered", "[login][password]") {
  server s;
  auto challenge = s.challenge();
  challenge.generator = 2;
  CHECK(error_of(s, challenge) == protocol_errc::bad_dh_generator);
  challenge = s.challenge();
  challenge.prime.back() ^= 2;
  CHECK(error_of(s, challenge) == protocol_errc::bad_dh_prime);
  challenge.prime.clear();
  CHECK(error_of(s, challenge) == protocol_errc::bad_dh_prime);
  challenge = s.challenge();
  challenge.server_value = bytes(256);
  CHECK(error_of(s, challenge) == protocol_errc::bad_dh_value);
}

TEST_CASE("every complaint is a sentence of its own for a person", "[login]") {
  std::set<std::string> sentences;
  for (int i = 1; i <= static_cast<int>(reason::firebase_refused); ++i) {
    auto const words = words_of({.what = static_cast<reason>(i)});
    CHECK(words.ends_with('.'));
    sentences.insert(words);
  }
  CHECK(sentences.size() + 1 ==
        static_cast<std::size_t>(reason::firebase_refused));  // two codes are wrong
  CHECK(words_of({.what = reason::too_many_attempts, .retry_after = std::chrono::seconds(7)}) ==
        "The server wants a pause. Try again in 7 seconds.");
  CHECK(words_of({}).empty());
}
