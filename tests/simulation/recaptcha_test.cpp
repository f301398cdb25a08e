// SPDX-License-Identifier: MIT OR Apache-2.0
//
// A data centre wants tokens of reCAPTCHA: https://core.telegram.org/method/invokeWithReCaptcha
#include "log_in_stage.hpp"

#include <mtp/core/recaptcha_needed.hpp>
#include <mtp/core/timeout.hpp>
#include <mtp/tl/functions/help.hpp>
#include <mtp/tl/types/NearestDc.hpp>
#include <support/catch.hpp>

using namespace mtp;
using namespace std::chrono_literals;
using test::log_in_stage;
using test::visitor;
using words = std::vector<std::string>;

namespace {

constexpr std::string_view people = R"({
  "recaptcha": [
    {"method": "auth.sendCode", "action": "signup", "key_id": "6Lc_4_x", "token": "human"},
    {"method": "help.getNearestDc", "action": "look", "key_id": "6Lc_5", "token": "human"}
  ],
  "users": [
    {"id": 42, "first_name": "Alice", "phone": "+9996621001", "code": "12345"},
    {"id": 44, "first_name": "Far", "phone": "+9996621003", "code": "12345", "home_dc": 4}
  ]
})";

/// Makes tokens, after so many that no server takes; what it was asked for.
struct prover {
  int mistakes = 0;
  std::vector<recaptcha_challenge> asked = {};

  task<std::string> make(recaptcha_challenge const& what) {
    asked.push_back(what);
    auto const number = std::to_string(asked.size());
    co_return mistakes-- > 0 ? "robot" + number : "human" + number;
  }
  recaptcha_prompt hook() {
    return [this](recaptcha_challenge const& what) { return make(what); };
  }
};

struct proving_stage : log_in_stage {
  proving_stage() : log_in_stage(people) {}
  prover person = {};

  client_config proving() {
    auto out = config();
    out.recaptcha = person.hook();
    return out;
  }
};

/// What a call is refused with when nobody has a token that the server takes.
task<std::optional<recaptcha_challenge>> wanted_by(client& c, invoke_options options = {}) {
  tl::help::getNearestDc const request;
  try {
    co_await c.invoke(request, options);
  } catch (recaptcha_needed const& e) {
    co_return recaptcha_of(e.failure());
  }
  co_return std::nullopt;
}

}  // namespace

TEST_CASE("a log-in shows a token of reCAPTCHA when the server wants one",
          "[login][dc][recaptcha]") {
  proving_stage s;
  visitor alice;
  s.live(s.proving(), [&](client& c) -> task<> {
    auto const me = co_await alice.sign_in(c);
    CHECK(me.id() == 42);
  });
  CHECK(alice.asked == words{"identity", "code by app"});
  REQUIRE(s.person.asked.size() == 1);
  auto const& asked = s.person.asked.front();
  CHECK(asked.action == "signup");
  CHECK(asked.key_id == "6Lc_4_x");
  CHECK(asked.method == "auth.sendCode");
  CHECK(asked.refused == 0);
  CHECK(s.centre.calls("auth.sendCode") == 2);
}

TEST_CASE("another token is made when the server does not take the first",
          "[login][dc][recaptcha]") {
  proving_stage s;
  s.person.mistakes = 2;
  visitor alice;
  s.live(s.proving(), [&](client& c) -> task<> { co_await alice.sign_in(c); });
  REQUIRE(s.person.asked.size() == 3);
  CHECK(s.person.asked[2].refused == 2);
}

TEST_CASE("a log-in whose tokens are all refused goes on with the same flow",
          "[login][dc][recaptcha]") {
  proving_stage s;
  s.person.mistakes = 3;
  s.live(s.proving(), [&](client& c) -> task<> {
    login::flow flow;
    flow.answer(login::phone_number{std::string("+9996621001")});
    bool refused = false;
    try {
      co_await c.sign_in(flow);
    } catch (recaptcha_needed const&) {
      refused = true;
    }
    CHECK(refused);
    CHECK(s.person.asked.size() == 3);
    CHECK(std::holds_alternative<login::need_identity>(flow.now()));
    flow.answer(login::phone_number{std::string("+9996621001")});
    auto const step = co_await c.sign_in(flow);
    CHECK(std::holds_alternative<login::need_code>(step));
  });
}

TEST_CASE("who is sent to another data centre shows a token there too", "[login][dc][recaptcha]") {
  proving_stage s;
  visitor far{.phone = "+9996621003"};
  s.live(s.proving(), [&](client& c) -> task<> { co_await far.sign_in(c); });
  CHECK(far.asked == words{"identity", "code by app"});
  CHECK(s.place_of(44) == 4);
  CHECK(s.person.asked.size() == 2);  // each token is good once
}

TEST_CASE("a raw call shows a token within its other wrappers", "[dc][recaptcha]") {
  proving_stage s;
  s.person.mistakes = 1;
  std::vector<invoke_options> const ways{
      {}, {.without_updates = true}, {.dc = 4, .without_updates = true}};
  s.live(s.proving(), [&](client& c) -> task<> {
    for (auto const& options : ways) {
      tl::help::getNearestDc const request;
      auto const near = co_await c.invoke(request, options);
      CHECK(near->this_dc == (options.dc == 4 ? 4 : 2));
    }
  });
  CHECK(s.person.asked.size() == 4);
  CHECK(s.person.asked.front().action == "look");
}

TEST_CASE("without a program that makes tokens the refusal says what to set", "[dc][recaptcha]") {
  proving_stage s;
  s.live([&](client& c) -> task<> {
    auto const wanted = co_await wanted_by(c);
    REQUIRE(wanted);
    CHECK(wanted->key_id == "6Lc_5");
    std::string said;
    visitor alice;
    try {
      co_await alice.sign_in(c);
    } catch (recaptcha_needed const& e) {
      said = e.what();
    }
    CHECK(said.find("auth.sendCode: RECAPTCHA_CHECK_signup__6Lc_4_x") != std::string::npos);
    CHECK(said.find("client_config::recaptcha") != std::string::npos);
  });
}

TEST_CASE("what the maker of tokens throws the call throws", "[dc][recaptcha]") {
  proving_stage s;
  auto config = s.config();
  config.recaptcha = [](recaptcha_challenge const&) -> task<std::string> {
    throw std::runtime_error("the browser is gone");
    co_return "";
  };
  s.live(config, [&](client& c) -> task<> {
    std::string said;
    tl::help::getNearestDc const request;
    try {
      co_await c.invoke(request);
    } catch (std::runtime_error const& e) {
      said = e.what();
    }
    CHECK(said == "the browser is gone");
    visitor alice;
    said.clear();
    try {
      co_await alice.sign_in(c);
    } catch (std::runtime_error const& e) {
      said = e.what();
    }
    CHECK(said == "the browser is gone");
  });
}

TEST_CASE("a call that is cancelled cancels the maker of its token", "[dc][recaptcha]") {
  proving_stage s;
  bool ended = false;
  auto config = s.config();
  config.recaptcha = [&](recaptcha_challenge const&) -> task<std::string> {
    struct note {
      bool& to;
      ~note() { to = true; }
    } const at_end{ended};
    co_await s.sim.sleep(1h);
    co_return "human";
  };
  s.live(config, [&](client& c) -> task<> {
    auto const began = s.sim.now().steady;
    std::error_code why;
    tl::help::getNearestDc const request;
    try {
      co_await c.invoke(request, {.timeout = 20s});
    } catch (error const& e) {
      why = e.code();
    }
    CHECK(why == client_errc::timed_out);
    CHECK(ended);
    CHECK(s.sim.now().steady - began < 60s);
    login::flow flow;
    flow.answer(login::phone_number{std::string("+9996621001")});
    ended = false;
    auto going = with_timeout(*s.sim.surroundings(), c.sign_in(flow), 20s);
    why.clear();
    try {
      co_await std::move(going);
    } catch (error const& e) {
      why = e.code();
    }
    CHECK(why == client_errc::timed_out);
    CHECK(ended);
  });
}

TEST_CASE("a call whose client is closed while its token is made is not made again",
          "[dc][recaptcha]") {
  proving_stage s;
  client* who = nullptr;
  auto config = s.config();
  config.recaptcha = [&](recaptcha_challenge const&) -> task<std::string> {
    who->close();
    co_await s.sim.sleep(1s);
    co_return "human";
  };
  bool closed = false;
  s.live(config, [&](client& c) -> task<> {
    who = &c;
    tl::help::getNearestDc const request;
    try {
      co_await c.invoke(request);
    } catch (client_closed const&) {
      closed = true;
    }
  });
  CHECK(closed);
  CHECK(s.centre.calls("help.getNearestDc") == 1);
}
