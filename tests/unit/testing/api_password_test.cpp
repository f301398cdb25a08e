// SPDX-License-Identifier: MIT OR Apache-2.0
// The second step of a log-in: core.telegram.org/api/srp
#include "api_stage.hpp"

#include <mtp/crypto/srp.hpp>
#include <support/catch.hpp>

#include <string>

using namespace mtp;
using namespace mtp::testing;
using test::api_client;
using test::api_stage;

namespace {

using algorithm = tl::passwordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow;

crypto::dh_group const& srp_group() {
  static auto const made = *crypto::dh_group::make(crypto::known_dh_prime(), 3);
  return made;
}

/// Alice, who has a password and has typed her code.
struct locked : api_stage {
  locked() {
    population.all_passwords().set(42, "hunter2", "what I do");
    population.all_passwords().set_recovery_email(42, "alice@example.org");
    enter();
  }

  void enter() {
    try {
      client.sign_in("9996621001");
    } catch (std::runtime_error const&) {
      CHECK(client.last_refusal == "401 SESSION_PASSWORD_NEEDED");
    }
  }

  received<tl::account::Password> ask() {
    auto out = client.call(tl::account::getPassword{});
    if (!out) throw std::runtime_error(client.last_refusal);
    return out;
  }

  static tl::auth::checkPassword proof(tl::account::password const& asked, std::string_view text) {
    auto const* how = asked.current_algo.get_if<algorithm>();
    REQUIRE(how);
    auto const secret =
        crypto::stretch_password(as_bytes(text), how->salt1.view(), how->salt2.view());
    auto const own = *srp_group().draw(system_random());
    auto const made = crypto::srp_prove(srp_group(), how->salt1.view(), how->salt2.view(),
                                        asked.srp_B->view(), secret, own);
    REQUIRE(made);
    tl::inputCheckPasswordSRP out;
    out.srp_id = *asked.srp_id;
    out.A = tl::bytes(bytes_view(made->public_value));
    out.M1 = tl::bytes(bytes_view(made->check));
    tl::auth::checkPassword q;
    q.password = std::move(out);
    return q;
  }

  std::string enter_with(std::string_view text) {
    auto const asked = ask();
    return client.refusal(proof(*asked, text));
  }

  api_client client{*this};
};

tl::updates::getState const needs_login{};

}  // namespace

TEST_CASE("a code alone signs nobody in who has a password", "[testing][password]") {
  locked s;
  CHECK(s.client.refusal(needs_login) == "401 SESSION_PASSWORD_NEEDED");
  api_client stranger(s);
  CHECK(stranger.refusal(tl::account::getPassword{}) == "401 AUTH_KEY_UNREGISTERED");
  CHECK(stranger.refusal(tl::auth::requestPasswordRecovery{}) == "401 AUTH_KEY_UNREGISTERED");
  CHECK(s.keys.keys_of(42).empty());
}

TEST_CASE("a password is proved, and nothing else lets its person in", "[testing][password]") {
  locked s;
  auto const asked = s.ask();
  CHECK(asked->has_password);
  CHECK(asked->has_recovery);
  CHECK(asked->hint->view() == "what I do");
  CHECK(s.enter_with("hunter1") == "400 PASSWORD_HASH_INVALID");
  tl::auth::checkPassword nothing;
  nothing.password = tl::inputCheckPasswordEmpty{};
  CHECK(s.client.refusal(nothing) == "400 PASSWORD_HASH_INVALID");
  auto const again = s.ask();
  auto const good = locked::proof(*again, "hunter2");
  CHECK(s.client.refusal(good).empty());
  CHECK(s.client.refusal(needs_login).empty());
  CHECK(s.client.refusal(good) == "400 SRP_ID_INVALID");
}

TEST_CASE("guesses at a password bring a wait", "[testing][password]") {
  locked s;
  s.population.options().log_ins.wrong_passwords = 2;
  CHECK(s.enter_with("1") == "400 PASSWORD_HASH_INVALID");
  CHECK(s.enter_with("2") == "400 PASSWORD_HASH_INVALID");
  CHECK(s.enter_with("hunter2") == "420 FLOOD_WAIT_60");
}

TEST_CASE("a password is recovered by its code", "[testing][password]") {
  locked s;
  auto const sent = s.client.call(tl::auth::requestPasswordRecovery{});
  REQUIRE(sent);
  CHECK(sent->email_pattern.view() == "a***e@example.org");
  tl::auth::checkRecoveryPassword check;
  check.code = "1";
  CHECK(s.client.refusal(check) == "400 CODE_INVALID");
  check.code = "12345";
  CHECK(s.client.yes(check));
  tl::auth::recoverPassword q;
  q.code = "12345";
  CHECK(s.client.refusal(q).empty());
  CHECK(s.client.refusal(needs_login).empty());
  auto const asked = s.ask();
  CHECK_FALSE(asked->has_password);
}

TEST_CASE("a recovery may set a new password", "[testing][password]") {
  locked s;
  REQUIRE(s.client.call(tl::auth::requestPasswordRecovery{}));
  auto const asked = s.ask();
  auto how = *asked->new_algo.get_if<algorithm>();
  bytes salt(how.salt1.view().begin(), how.salt1.view().end());
  bytes const salt2(how.salt2.view().begin(), how.salt2.view().end());
  salt.resize(salt.size() + 32, 5);
  auto const secret = crypto::stretch_password(as_bytes("hunter3"), salt, salt2);
  tl::account::passwordInputSettings fresh;
  how.salt1 = tl::bytes(salt);
  fresh.new_algo = how;
  fresh.new_password_hash = tl::bytes(bytes_view(crypto::srp_verifier(srp_group(), secret)));
  fresh.hint = tl::string("the next one");
  tl::auth::recoverPassword q;
  q.code = "12345";
  q.new_settings = fresh;
  CHECK(s.client.refusal(q).empty());
  s.client.call(tl::auth::logOut{});
  s.enter();
  auto const changed = s.ask();
  CHECK(changed->hint->view() == "the next one");
  CHECK(s.enter_with("hunter2") == "400 PASSWORD_HASH_INVALID");
  CHECK(s.enter_with("hunter3").empty());
}

TEST_CASE("new settings with the salts of others are refused", "[testing][password]") {
  locked s;
  REQUIRE(s.client.call(tl::auth::requestPasswordRecovery{}));
  algorithm how;
  how.g = 3;
  how.p = tl::bytes(bytes_view(crypto::known_dh_prime()));
  tl::account::passwordInputSettings fresh;
  fresh.new_algo = how;
  fresh.new_password_hash = tl::bytes(bytes(256, 7));
  fresh.hint = tl::string("");
  tl::auth::recoverPassword q;
  q.code = "12345";
  q.new_settings = fresh;
  CHECK(s.client.refusal(q) == "400 NEW_SALT_INVALID");
}

TEST_CASE("who has no password sees the form of a new one", "[testing][password]") {
  locked s;
  api_client bob(s);
  bob.sign_in("9996621002");
  auto const asked = bob.call(tl::account::getPassword{});
  REQUIRE(asked);
  CHECK_FALSE(asked->has_password);
  CHECK_FALSE(asked->srp_id);
  auto const* how = asked->new_algo.get_if<algorithm>();
  REQUIRE(how);
  CHECK(how->salt1.view().size() == 8);
}
