// SPDX-License-Identifier: MIT OR Apache-2.0
#include "net/login_policy.hpp"

#include "support/catch.hpp"

using namespace mtp;
using net::login_policy;
using remedy = login_policy::remedy;

namespace {

rpc_failure refusal(int code, std::string name) { return {.code = code, .name = std::move(name)}; }

rpc_failure const restart = refusal(500, "AUTH_RESTART");
rpc_failure const lost = refusal(401, "SESSION_REVOKED");
rpc_failure const busy = refusal(500, "INTERNAL");
rpc_failure const flood = {.code = 420, .name = "FLOOD_WAIT", .value = 3};
rpc_failure const bad_token = refusal(400, "ACCESS_TOKEN_EXPIRED");
rpc_failure const password = refusal(401, "SESSION_PASSWORD_NEEDED");
rpc_failure const used_ticket = refusal(400, "AUTH_BYTES_INVALID");

login_policy::situation const bot_at_home{.knows_account = true, .has_token = true};
login_policy::situation const user_at_home{.knows_account = true};
login_policy::situation const elsewhere{.elsewhere = true, .knows_account = true};

}  // namespace

TEST_CASE("a log-in begins anew when the server wants that, twice", "[net][login]") {
  login_policy one;
  for (auto const& other : {lost, busy, flood, bad_token, password}) CHECK(!one.begins_anew(other));
  CHECK(one.begins_anew(restart));
  CHECK(one.begins_anew(restart));
  CHECK(!one.begins_anew(restart));
  CHECK(!one.begins_anew(restart));
}

TEST_CASE("what passes does not make a token bad", "[net][login]") {
  for (auto const& passes : {restart, busy, flood}) CHECK(!login_policy::is_final(passes));
  for (auto const& stays : {bad_token, lost, password}) CHECK(login_policy::is_final(stays));
}

TEST_CASE(
    "a server that denies the login that it has just given is believed, one that knows no "
    "state of updates is no matter",
    "[net][login]") {
  for (auto const& denies : {lost, password, restart}) CHECK(means_no_login(denies));
  for (auto const& other : {busy, flood, refusal(400, "METHOD_INVALID")})
    CHECK(!means_no_login(other));
}

TEST_CASE("a call whose login is lost has a bot sign in again, once if it leads", "[net][login]") {
  login_policy one;
  CHECK(one.on_refused(busy, bot_at_home) == remedy::none);
  CHECK(one.on_refused(lost, user_at_home) == remedy::none);
  CHECK(one.on_refused(lost, bot_at_home) == remedy::sign_in_again);
  one.on_signed_in_again(true);
  CHECK(one.on_refused(lost, bot_at_home) == remedy::none);
}

TEST_CASE("a call waits three times for a login that others lead", "[net][login]") {
  login_policy one;
  for (int i = 0; i < 3; ++i) {
    CHECK(one.on_refused(lost, bot_at_home) == remedy::sign_in_again);
    one.on_signed_in_again(false);
  }
  CHECK(one.on_refused(lost, bot_at_home) == remedy::none);
}

TEST_CASE("a login that is lost elsewhere is brought there once more", "[net][login]") {
  login_policy one;
  CHECK(one.on_refused(lost, elsewhere) == remedy::sign_in_there);
  CHECK(one.on_refused(lost, elsewhere) == remedy::none);
  login_policy stranger;
  CHECK(stranger.on_refused(lost, {.elsewhere = true}) == remedy::none);
  CHECK(stranger.on_refused(lost, {.elsewhere = true, .has_token = true}) == remedy::sign_in_again);
}

TEST_CASE("a call that signs in is not repeated for the login that it makes", "[net][login]") {
  login_policy one(true);
  CHECK(one.on_refused(lost, bot_at_home) == remedy::none);
  CHECK(one.on_refused(lost, elsewhere) == remedy::none);
  CHECK(!one.signs_out(lost, user_at_home));
}

TEST_CASE("a lost login signs out whoever cannot bring it back", "[net][login]") {
  login_policy const one;
  CHECK(one.signs_out(lost, user_at_home));
  CHECK(!one.signs_out(lost, bot_at_home));
  CHECK(!one.signs_out(lost, elsewhere));
  CHECK(!one.signs_out(busy, user_at_home));
}

TEST_CASE("a login takes three tickets at most", "[net][login]") {
  login_policy one;
  CHECK(!one.needs_another_ticket(&lost));
  CHECK(one.needs_another_ticket(&used_ticket));
  CHECK(one.needs_another_ticket(nullptr));
  CHECK(!one.needs_another_ticket(&used_ticket));
  CHECK(!one.needs_another_ticket(nullptr));
}
