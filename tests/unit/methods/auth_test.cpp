// SPDX-License-Identifier: MIT OR Apache-2.0
#include "support/catch.hpp"
#include "support/client_stage.hpp"

#include <set>

using namespace mtp;
using namespace mtp::test;

TEST_CASE("a bot signs in and knows who it is", "[client]") {
  play([](client_stage& s) -> task<> {
    co_await live(s, [&](client& c) -> task<> {
      std::string const token(scripted_api::token);
      user const me = co_await c.sign_in_bot(token);
      CHECK(me.id() == scripted_api::bot_id);
      CHECK(me.is_bot());
      CHECK(me.username() == "echo_bot");
      user const again = co_await c.get_me();
      CHECK(again.id() == me.id());
      CHECK(s.api.init_connections == 1);
    });
  });
}

TEST_CASE("a wrong token is an error of the server that does not show the token", "[client]") {
  play([](client_stage& s) -> task<> {
    co_await live(s, [](client& c) -> task<> {
      auto const failed = co_await failure_of(c.sign_in_bot("777000777:wrong"));
      auto const info = describe_exception(failed);
      REQUIRE(info.refusal);
      CHECK(info.refusal->name == "ACCESS_TOKEN_INVALID");
      CHECK(info.text.find("wrong") == std::string::npos);
    });
  });
}

TEST_CASE("a session of one bot refuses the token of another", "[client]") {
  play([](client_stage& s) -> task<> {
    co_await live(s, log_in);
    co_await live(s, [](client& c) -> task<> {
      auto const failed = co_await failure_of(c.sign_in_bot("5:other"));
      CHECK(code_of(failed) == client_errc::bad_config);
    });
  });
}

TEST_CASE("every way of delivering a code has a name of its own", "[methods][auth]") {
  std::set<std::string_view> names;
  for (auto const how : {code_delivery::unknown, code_delivery::app, code_delivery::sms,
                         code_delivery::call, code_delivery::email, code_delivery::fragment})
    names.insert(name_of(how));
  CHECK(names.size() == 6);
}
