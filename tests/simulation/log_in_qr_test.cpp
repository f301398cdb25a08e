// SPDX-License-Identifier: MIT OR Apache-2.0
//
// One client shows a QR code, another one scans it: https://core.telegram.org/api/qr-login
#include "log_in_stage.hpp"

#include <mtp/core/error.hpp>
#include <mtp/tl/functions/auth.hpp>
#include <mtp/tl/types/Authorization.hpp>
#include <mtp/tl/types/auth/LoginToken.hpp>
#include <support/catch.hpp>

#include <sessions/base64.hpp>

using namespace mtp;
using namespace std::chrono_literals;
using test::log_in_stage;
using test::three_people;
using test::visitor;
using words = std::vector<std::string>;

namespace {

constexpr std::string_view scheme = "tg://login?token=";

bytes token_in(std::string_view url) {
  REQUIRE(url.starts_with(scheme));
  url.remove_prefix(scheme.size());
  auto const text = sessions::decode_base64(url, sessions::alphabet::url);
  REQUIRE(text);
  return text->reveal();
}

/// What the device is told that scans the code; empty when it is accepted.
task<std::string> scan(client& device, std::string const& url) {
  tl::auth::acceptLoginToken request;
  request.token = tl::bytes(token_in(url));
  std::string refused;
  try {
    co_await device.invoke(request);
  } catch (rpc_error const& e) {
    refused = e.failure().name;
  }
  co_return refused;
}

/// A device on which somebody is signed in, and a new one that shows a code.
struct two_devices : log_in_stage {
  two_devices() : log_in_stage(three_people) {}

  std::string phone = "+9996621001";
  visitor owner = {};
  visitor guest = {};
  std::function<task<>(client& old, std::string const& url)>
      on_code;  ///< with each code that is shown
  std::function<task<>()> meanwhile = []() -> task<> { co_return; };

  /// The new device signs in while the old one runs.
  void live_both(std::int64_t account) {
    live([&](client& old) -> task<> {
      owner.phone = phone;
      co_await owner.sign_in(old);
      guest.says["identity"] = {login::by_qr{}};
      guest.before_answer = [&](login::step const& what) -> task<> {
        auto const* shown = std::get_if<login::need_scan>(&what);
        if (!shown) co_return;
        co_await on_code(old, shown->url);
      };
      program const body = [&](client& fresh) -> task<> {
        auto const me = co_await guest.sign_in(fresh);
        CHECK(me.id() == account);
        auto const again = co_await fresh.get_me();
        CHECK(again.id() == account);
      };
      auto const start = [&](task_scope& scope) {
        scope.spawn(life(*this, config(), body));
        scope.spawn(meanwhile());
      };
      co_await task_scope::run(sim.get_executor(), start);
    });
  }
  void scan_at_once() {
    on_code = [](client& old, std::string const& url) -> task<> {
      auto const refused = co_await scan(old, url);
      CHECK(refused.empty());
    };
  }
};

}  // namespace

TEST_CASE("a device that is signed in lets another one in by its QR code", "[login][dc][qr]") {
  two_devices s;
  s.scan_at_once();
  auto const began = s.sim.now().steady;
  s.live_both(42);
  CHECK(s.guest.asked == words{"identity", "scan"});
  CHECK(s.centre.calls("auth.exportLoginToken") == 2);
  CHECK(s.sim.now().steady - began < 20s);  // long before the code would have been renewed
}

TEST_CASE("a QR code that nobody scans is replaced, and worth nothing then", "[login][dc][qr]") {
  two_devices s;
  std::vector<std::string> shown;
  s.on_code = [&](client& old, std::string const& url) -> task<> {
    shown.push_back(url);
    if (shown.size() < 3) co_return;
    auto const late = co_await scan(old, shown[0]);
    CHECK((late == "AUTH_TOKEN_EXPIRED" || late == "AUTH_TOKEN_INVALIDX"));
    auto const good = co_await scan(old, shown[2]);
    CHECK(good.empty());
    auto const twice = co_await scan(old, shown[2]);
    CHECK(twice == "AUTH_TOKEN_ALREADY_ACCEPTED");
  };
  s.live_both(42);
  CHECK(s.guest.asked == words{"identity", "scan", "scan", "scan"});
  CHECK(shown[0] != shown[1]);
  CHECK(shown[1] != shown[2]);
}

TEST_CASE("an account that scans is followed to its data centre", "[login][dc][qr]") {
  two_devices s;
  s.phone = "+9996621003";
  s.scan_at_once();
  s.live_both(44);
  CHECK(s.centre.calls("auth.importLoginToken") == 1);
  for (auto const& key : s.centre.keys())
    if (key.account == 44) CHECK(key.dc == 4);
}

TEST_CASE("the password of the account that scans is asked for", "[login][dc][qr]") {
  two_devices s;
  s.phone = "+9996621002";
  s.scan_at_once();
  s.guest.says["password"] = {login::password{std::string("hunter1")}};
  s.live_both(43);
  CHECK(s.guest.asked == words{"identity", "scan", "password", "password: The password is wrong."});
}

TEST_CASE("a scan is noticed although its announcement is lost", "[login][dc][qr]") {
  two_devices s;
  s.on_code = [&](client&, std::string const& url) -> task<> {
    s.centre.with_world([&](testing::world& in) {
      auto const token = token_in(url);
      auto const accepted = in.qr_sign_ins().accept(token, 42, 30, s.now());
      CHECK(accepted);
      in.qr_sign_ins().take_scans();  // nobody is told
    });
    co_return;
  };
  s.live_both(42);
}

TEST_CASE("who shows a QR code may sign in by number instead", "[login][dc][qr]") {
  log_in_stage s(three_people);
  visitor alice;
  alice.says["identity"] = {login::by_qr{}};
  alice.says["scan"] = {login::phone_number{std::string("+9996621001")}};
  s.live([&](client& c) -> task<> { co_await alice.sign_in(c); });
  CHECK(alice.asked == words{"identity", "scan", "code by app"});
  CHECK(s.place_of(42) == 2);
}

TEST_CASE("a code by which somebody else has signed in is replaced where it is shown",
          "[login][qr][dc]") {
  two_devices s;
  s.phone = "+9996621003";
  std::vector<std::string> urls;
  s.on_code = [&](client& old, std::string const& url) -> task<> {
    // Of the first one the device that shows it hears late that it may go and take the login.
    if (urls.empty()) s.centre.add_fault({.method = "auth.exportLoginToken", .delay = 5s});
    urls.push_back(url);
    auto const refused = co_await scan(old, url);
    CHECK(refused.empty());
  };
  bool stolen = false;
  log_in_stage::program const steal = [&](client& thief) -> task<> {
    tl::auth::importLoginToken request;
    request.token = tl::bytes(token_in(urls.front()));
    auto const in = co_await thief.invoke(request, {.dc = 4});
    stolen = in->holds<tl::auth::loginTokenSuccess>();
  };
  s.meanwhile = [&]() -> task<> {
    while (urls.empty()) co_await s.sim.sleep(100ms);
    co_await s.sim.sleep(1s);
    auto life_of_a_thief = log_in_stage::life(s, s.config(), steal);
    co_await std::move(life_of_a_thief);
  };
  s.live_both(44);
  CHECK(stolen);
  CHECK(s.guest.asked ==
        words{"identity", "scan", "scan: Somebody else has used the QR code; here is a new one."});
  REQUIRE(urls.size() == 2);
  CHECK(urls[0] != urls[1]);
}
