// SPDX-License-Identifier: MIT OR Apache-2.0
// A log-in of docs/guide that has to show a token of reCAPTCHA.
#include "support/catch.hpp"

#include <mtp/mtp.hpp>
#include <mtp/testing/data_centre.hpp>

#include <string>
#include <utility>

namespace {

mtp::task<std::string> ask(mtp::sent_code const&) { co_return "12345"; }

mtp::task<std::string> browser_token(std::string key_id, std::string) {
  co_return "human " + key_id;
}

// [recaptcha]
/// Shows a page of reCAPTCHA with that site key, as a browser or its engine does.
mtp::task<std::string> prove_human(mtp::recaptcha_challenge const& what) {
  std::string token = co_await browser_token(what.key_id, what.action);
  co_return token;
}

mtp::client_config with_recaptcha(mtp::client_config config) {
  config.recaptcha = prove_human;
  return config;
}
// [/recaptcha]

}  // namespace

TEST_CASE("the guide's token of reCAPTCHA is shown", "[guide]") {
  mtp::testing::data_centre dc;
  dc.start();
  dc.with_world([](auto& world) {
    world.all_recaptchas().demand(
        {.method = "auth.sendCode", .key_id = "6Lc_1", .token = "human 6Lc_1"});
  });
  auto config = with_recaptcha(mtp::config_for(dc));
  std::string name;
  int const code = mtp::run(std::move(config), [&](mtp::client& client) -> mtp::task<> {
    mtp::user me = co_await client.sign_in("9996621001", ask);
    name = me.first_name();
  });
  CHECK(code == 0);
  CHECK(name == "Alice");
}
