// SPDX-License-Identifier: MIT OR Apache-2.0
// Log-in by QR code: core.telegram.org/api/qr-login
#include "api_stage.hpp"

#include <support/catch.hpp>

#include <algorithm>
#include <string>

using namespace mtp;
using namespace mtp::testing;
using namespace std::chrono_literals;
using test::api_client;
using test::api_stage;

namespace {

/// Alice on her telephone, and a new device that shows a code.
struct two_devices : api_stage {
  two_devices() { telephone.sign_in("9996621001"); }

  received<tl::auth::LoginToken> show() {
    auto out = fresh.call(tl::auth::exportLoginToken{});
    if (!out) throw std::runtime_error(fresh.last_refusal);
    return out;
  }
  bytes token() {
    auto const shown = show();
    auto const text = shown->get_if<tl::auth::loginToken>()->token.view();
    return {text.begin(), text.end()};
  }
  std::string accept(bytes const& text) {
    tl::auth::acceptLoginToken q;
    q.token = tl::bytes(text);
    return telephone.refusal(q);
  }

  /// How often the new device has heard that its code was scanned.
  std::ptrdiff_t heard() {
    fresh.run();
    auto const all = fresh.all<mtproto::session_events::pushed_object>();
    return std::ranges::count_if(all, [](auto const& pushed) {
      auto const read = tl::decode<tl::Updates>(bytes_view(pushed.body));
      auto const* one = read ? (*read)->template get_if<tl::updateShort>() : nullptr;
      return one && one->update.template holds<tl::updateLoginToken>();
    });
  }

  api_client telephone{*this};
  api_client fresh{*this};
};

tl::updates::getState const needs_login{};

}  // namespace

TEST_CASE("a scan is pushed to the device that shows the code, which is let in", "[testing][qr]") {
  two_devices s;
  auto const text = s.token();
  CHECK(s.token() == text);  // as long as it is good
  CHECK(s.heard() == 0);
  CHECK(s.accept(text).empty());
  CHECK(s.heard() == 1);
  auto const shown = s.show();
  CHECK(shown->holds<tl::auth::loginTokenSuccess>());
  CHECK(s.fresh.refusal(needs_login).empty());
  CHECK(s.accept(text) == "400 AUTH_TOKEN_ALREADY_ACCEPTED");
}

TEST_CASE("a device that was away when its code was scanned is let in", "[testing][qr]") {
  two_devices s;
  auto const text = s.token();
  s.fresh.disconnect();
  CHECK(s.accept(text).empty());
  s.fresh.connect();
  auto const shown = s.show();
  CHECK(shown->holds<tl::auth::loginTokenSuccess>());
}

TEST_CASE("a code that is too old lets nobody in", "[testing][qr]") {
  two_devices s;
  auto const old = s.token();
  s.telephone.wait(31s);
  CHECK(s.accept(old) == "400 AUTH_TOKEN_EXPIRED");
  s.fresh.wait(31s);
  auto const next = s.token();
  CHECK(next != old);
  CHECK(s.accept(next).empty());
  CHECK(s.accept(next) == "400 AUTH_TOKEN_ALREADY_ACCEPTED");
  s.fresh.wait(31s);  // nor does one that nobody came back for
  auto const shown = s.show();
  CHECK(shown->holds<tl::auth::loginToken>());
  CHECK(s.fresh.refusal(needs_login) == "401 AUTH_KEY_UNREGISTERED");
}

TEST_CASE("the device is sent to the data centre of who scanned", "[testing][qr]") {
  two_devices s;
  s.population.everybody().find(42)->home_dc = 4;
  CHECK(s.accept(s.token()).empty());
  auto const answer = s.show();
  auto const* away = answer->get_if<tl::auth::loginTokenMigrateTo>();
  REQUIRE(away);
  CHECK(away->dc_id == 4);
  api_client there(s, dc_address{.id = 4});
  tl::auth::importLoginToken q;
  q.token = tl::bytes(away->token.view());
  auto const in = there.call(q);
  REQUIRE(in);
  CHECK(in->holds<tl::auth::loginTokenSuccess>());
  CHECK(there.refusal(needs_login).empty());
  CHECK(there.refusal(q) == "400 AUTH_TOKEN_ALREADY_ACCEPTED");
}

TEST_CASE("a scan does not stand for a password", "[testing][qr]") {
  two_devices s;
  s.population.all_passwords().set(42, "hunter2", "");
  CHECK(s.accept(s.token()).empty());
  CHECK(s.fresh.refusal(tl::auth::exportLoginToken{}) == "401 SESSION_PASSWORD_NEEDED");
  CHECK(s.fresh.refusal(needs_login) == "401 SESSION_PASSWORD_NEEDED");
  REQUIRE(s.fresh.call(tl::account::getPassword{}));
}

TEST_CASE("nobody accepts a code who is not a person and signed in", "[testing][qr]") {
  two_devices s;
  tl::auth::acceptLoginToken q;
  q.token = tl::bytes(s.token());
  api_client stranger(s);
  CHECK(stranger.refusal(q) == "401 AUTH_KEY_UNREGISTERED");
  stranger.sign_in_bot();
  CHECK(stranger.refusal(q) == "400 BOT_METHOD_INVALID");
}
