// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/crypto/srp.hpp>
#include <mtp/testing/world/login_tokens.hpp>
#include <mtp/testing/world/passwords.hpp>
#include <support/catch.hpp>

#include <string>

using namespace mtp;
using namespace mtp::testing;

namespace {

struct proof {
  bytes public_value = {};
  bytes check = {};
};

/// What somebody sends who believes that the password is `text`.
proof prove(kept_password const& kept, bytes_view challenge, std::string_view text) {
  auto const group = *crypto::dh_group::make(crypto::known_dh_prime(), passwords::generator);
  auto const own = *group.draw(system_random());
  auto const secret = crypto::stretch_password(as_bytes(text), kept.salt1, kept.salt2);
  auto const made = crypto::srp_prove(group, kept.salt1, kept.salt2, challenge, secret, own);
  REQUIRE(made);
  return {.public_value = {made->public_value.begin(), made->public_value.end()},
          .check = {made->check.begin(), made->check.end()}};
}

/// The password of one account, and those who try to prove it.
struct vault {
  passwords all{7};
  login_rules rules{.wrong_passwords = 2, .pause = 50, .challenge_lifetime = 10};

  vault() { all.set(42, "hunter2", "what I do"); }

  std::string enter(std::string_view text, std::int32_t now = 100, std::int32_t delay = 0) {
    auto const asked = all.show(42, system_random(), now);
    REQUIRE(asked);
    auto const made = prove(*all.find(42), asked->server_value, text);
    auto const in = all.check(42, asked->id, made.public_value, made.check, rules, now + delay);
    return in ? "in" : in.error().text;
  }
};

}  // namespace

TEST_CASE("a proof of the right password is accepted, of another one not", "[testing][passwords]") {
  vault v;
  CHECK(v.enter("hunter1") == "PASSWORD_HASH_INVALID");
  CHECK(v.enter("hunter2") == "in");
  CHECK(v.enter("hunter2", 100, 11) == "SRP_ID_INVALID");
  CHECK(v.all.find(42)->hint == "what I do");
}

TEST_CASE("a challenge is good for one proof, for its account", "[testing][passwords]") {
  vault v;
  v.all.set(43, "hunter2", "");
  auto const asked = v.all.show(42, system_random(), 100);
  auto const made = prove(*v.all.find(42), asked->server_value, "hunter2");
  auto const try_as = [&](std::int64_t account) {
    auto const in = v.all.check(account, asked->id, made.public_value, made.check, v.rules, 100);
    return in ? std::string("in") : in.error().text;
  };
  CHECK(try_as(43) == "SRP_ID_INVALID");
  CHECK(try_as(42) == "in");
  CHECK(try_as(42) == "SRP_ID_INVALID");
  CHECK(try_as(44) == "PASSWORD_EMPTY");
}

TEST_CASE("a public value of zero proves nothing", "[testing][passwords]") {
  vault v;
  auto const asked = v.all.show(42, system_random(), 100);
  auto const in = v.all.check(42, asked->id, bytes(256), bytes(32), v.rules, 100);
  CHECK(in.error().text == "SRP_A_INVALID");
}

TEST_CASE("wrong passwords bring a pause", "[testing][passwords]") {
  vault v;
  CHECK(v.enter("1") == "PASSWORD_HASH_INVALID");
  CHECK(v.enter("2") == "PASSWORD_HASH_INVALID");
  CHECK(v.enter("hunter2", 110) == "FLOOD_WAIT_40");
  CHECK(v.enter("hunter2", 150) == "in");
}

TEST_CASE("the same world keeps the same verifier, another one another", "[testing][passwords]") {
  vault const one;
  vault const two;
  passwords other(8);
  other.set(42, "hunter2", "");
  CHECK(one.all.find(42)->verifier == two.all.find(42)->verifier);
  CHECK(one.all.find(42)->verifier != other.find(42)->verifier);
}

TEST_CASE("a new password has the salts of its account", "[testing][passwords]") {
  vault v;
  auto fresh = *v.all.find(42);
  CHECK(v.all.fits(42, fresh));
  CHECK_FALSE(v.all.fits(43, fresh));
  fresh.verifier[0] = 0xff;
  fresh.verifier.resize(255);
  CHECK_FALSE(v.all.fits(42, fresh));
}

TEST_CASE("a recovery needs an address, and its code for an hour", "[testing][passwords]") {
  vault v;
  CHECK(v.all.begin_recovery(42, "777", 100).error().text == "PASSWORD_RECOVERY_NA");
  CHECK(v.all.begin_recovery(43, "777", 100).error().text == "PASSWORD_EMPTY");
  v.all.set_recovery_email(42, "alice@example.org");
  auto const check = [&](std::string_view code, std::int32_t now) {
    auto const right = v.all.check_recovery(42, code, {}, now);
    return right ? std::string("right") : right.error().text;
  };
  CHECK(check("777", 100) == "PASSWORD_RECOVERY_EXPIRED");
  auto const sent = v.all.begin_recovery(42, "777", 100);
  REQUIRE(sent);
  CHECK(*sent == "a***e@example.org");
  CHECK(check("", 100) == "CODE_EMPTY");
  CHECK(check("1", 100) == "CODE_INVALID");
  CHECK(check("777", 100) == "right");
  CHECK(check("777", 3701) == "PASSWORD_RECOVERY_EXPIRED");
  v.all.remove(42);
  CHECK_FALSE(v.all.has(42));
  CHECK(check("777", 101) == "PASSWORD_RECOVERY_EXPIRED");
}

TEST_CASE("a QR code is accepted once, in time, and then taken once", "[testing][qr]") {
  qr_logins all;
  qr_logins::shower const client{.dc = 2, .key = 77};
  auto const shown = all.show(client, system_random(), 30, 100);
  CHECK(all.show(client, system_random(), 30, 110).text == shown.text);
  CHECK(all.take(shown.text, 110).error().text == "AUTH_TOKEN_INVALID");
  CHECK(all.accept(bytes(32), 42, 30, 110).error().text == "AUTH_TOKEN_INVALIDX");
  auto const by = all.accept(shown.text, 42, 30, 120);
  REQUIRE(by);
  CHECK(*by == client);
  CHECK(all.accept(shown.text, 43, 30, 120).error().text == "AUTH_TOKEN_ALREADY_ACCEPTED");
  CHECK(all.accepted(client, 149).user == 42);
  CHECK(all.accepted(client, 150).user == 0);
  CHECK(all.take_scans() == std::vector{client});
  CHECK(all.take_scans().empty());
  CHECK(*all.take(shown.text, 140) == 42);
  CHECK(all.take(shown.text, 140).error().text == "AUTH_TOKEN_ALREADY_ACCEPTED");
  CHECK(all.accepted(client, 140).user == 0);
  auto const next = all.show(client, system_random(), 30, 140);
  CHECK(next.text != shown.text);
  CHECK(all.accept(next.text, 42, 30, 170).error().text == "AUTH_TOKEN_EXPIRED");
}

TEST_CASE("what a log-out gives is good once, for its account", "[testing][world]") {
  logout_tokens all;
  auto const given = all.give(42, system_random());
  CHECK_FALSE(all.take(43, {given}));
  CHECK_FALSE(all.take(42, {bytes(32)}));
  CHECK(all.take(42, {bytes(32), given}));
  CHECK_FALSE(all.take(42, {given}));
}
