// SPDX-License-Identifier: MIT OR Apache-2.0
//
// A log-in that the end of the program broke off, and the next start.
#include "log_in_stage.hpp"

#include <mtp/core/timeout.hpp>
#include <mtp/storage/memory_records.hpp>
#include <support/catch.hpp>

#include <asio/error.hpp>

#include <system_error>

using namespace mtp;
using namespace std::chrono_literals;
using namespace mtp::test;
using words = std::vector<std::string>;

namespace {

/// A program whose store outlives it.
struct kept_stage : log_in_stage {
  std::shared_ptr<record_store> records = memory_records();

  explicit kept_stage(std::string_view world = three_people) : log_in_stage(world) {}

  client_config over() const {
    auto out = config(nullptr);
    out.records = records;
    return out;
  }
  /// One start that signs in.
  void start(visitor& who, std::int64_t id = 42) {
    live(over(), [&](client& c) -> task<> {
      auto const me = co_await who.sign_in(c);
      CHECK(me.id() == id);
    });
  }
  /// One that ends by Ctrl-C at that question.
  void break_off(visitor who, std::string_view question) {
    who.before_answer = [&who, question](login::step const&) -> task<> {
      if (who.asked.back() == question) throw std::system_error(asio::error::operation_aborted);
      co_return;
    };
    auto const stopped = [&](client& c) -> task<> { co_await who.sign_in(c); };
    CHECK_THROWS(live(over(), stopped));
    REQUIRE(who.asked.back() == question);
  }
  std::size_t codes_sent() const { return centre.calls("auth.sendCode"); }
};

login::need_identity first_question(kept_stage& s) {
  login::need_identity out;
  s.live(s.over(), [&](client& c) -> task<> {
    login::flow flow;
    auto const step = co_await c.sign_in(flow);
    REQUIRE(std::holds_alternative<login::need_identity>(step));
    out = std::get<login::need_identity>(step);
  });
  return out;
}

}  // namespace

TEST_CASE("a code that was sent before Ctrl-C is typed at the next start", "[login][dc][kept]") {
  kept_stage s;
  s.break_off({}, "code by app");
  s.sim.run_for(20s);
  CHECK(first_question(s).begun == "+9996621001");
  visitor again;
  s.start(again);
  CHECK(again.asked == words{"identity", "code by app"});
  auto const& asked = std::get<login::need_code>(again.last);
  CHECK(asked.earlier);
  CHECK(asked.phone == "+9996621001");
  CHECK(asked.sent.length == 5);
  CHECK(asked.next == code_delivery::sms);
  CHECK(asked.resend_after > 30s);
  CHECK(asked.resend_after <= 40s);
  CHECK(s.codes_sent() == 1);
}

TEST_CASE("a code that was sent in the next way before Ctrl-C is the one that counts",
          "[login][dc][kept]") {
  kept_stage s;
  visitor first;
  first.says["code"] = {login::resend_code{}};
  s.break_off(first, "code by sms");
  visitor again;
  again.says["code"] = {login::code{std::string("11111")}, login::resend_code{}};
  s.start(again);
  CHECK(again.asked ==
        words{"identity", "code by sms", "code by sms: The code is wrong.", "code by call"});
  CHECK_FALSE(std::get<login::need_code>(again.last).earlier);
  CHECK(s.codes_sent() == 1);
}

TEST_CASE("nothing is left of a log-in that came to its end, or was taken back",
          "[login][dc][kept]") {
  kept_stage s;
  visitor alice;
  s.start(alice);
  s.centre.forget(testing::remembered::login);
  CHECK(first_question(s).begun.empty());
  visitor other;
  other.says["code"] = {login::other_number{}};
  other.says["identity"] = {login::phone_number{std::string("+9996621001")}};
  s.break_off(other, "identity");
}

TEST_CASE("a code of another number, or one that is old, is not gone on with",
          "[login][dc][kept]") {
  kept_stage s;
  s.break_off({}, "code by app");
  visitor bob{.phone = "+9996621002"};
  s.start(bob, 43);
  CHECK(bob.asked == words{"identity", "code by app", "password"});
  CHECK_FALSE(std::get<login::need_password>(bob.last).why);
  s.centre.forget(testing::remembered::login);
  s.break_off({}, "code by app");
  s.sim.run_for(301s);
  CHECK(first_question(s).begun.empty());
}

TEST_CASE("a code that the server takes no more is replaced at the next start",
          "[login][dc][kept]") {
  kept_stage s(R"({"log_ins": {"code_lifetime": 60},
    "users": [{"id": 42, "first_name": "Alice", "phone": "+9996621001", "code": "12345"}]})");
  s.break_off({}, "code by app");
  s.sim.run_for(100s);
  visitor again;
  s.start(again);
  CHECK(again.asked == words{"identity", "code by app",
                             "code by app: The code came too late; a new one was sent."});
  CHECK(s.codes_sent() == 2);
}

TEST_CASE("a person of another data centre goes on there with the code", "[login][dc][kept]") {
  kept_stage s;
  s.break_off({.phone = "+9996621003"}, "code by app");
  auto const before = s.codes_sent();
  visitor again{.phone = "+9996621003"};
  s.start(again, 44);
  CHECK(again.asked == words{"identity", "code by app"});
  CHECK(s.codes_sent() == before);
}

TEST_CASE("whoever names the number at once goes on with its code", "[login][dc][kept]") {
  kept_stage s;
  s.break_off({}, "code by app");
  s.live(s.over(), [&](client& c) -> task<> {
    login::flow flow;
    flow.answer(login::phone_number{std::string("+999 662 1001")});
    auto const step = co_await c.sign_in(flow);
    REQUIRE(std::holds_alternative<login::need_code>(step));
    CHECK(std::get<login::need_code>(step).earlier);
    flow.answer(login::code{std::string("12345")});
    auto const last = co_await c.sign_in(flow);
    CHECK(std::holds_alternative<login::done>(last));
  });
  CHECK(s.codes_sent() == 1);
}

TEST_CASE("a log-out that is broken off anywhere has happened, or the login goes on",
          "[login][dc][cut]") {
  bool const line_breaks = GENERATE(false, true);  // before the server hears of it
  int stayed = 0;
  int left = 0;
  bool ended = false;
  auto const pace = line_breaks ? 20ms : 1ms;
  for (auto after = 0ms; !ended && after < 400ms; after += pace) {
    CAPTURE(after.count(), line_breaks);
    kept_stage s;
    if (line_breaks)
      s.centre.script({{.method = "auth.logOut", .disconnect = true, .ignore = true}});
    s.live(s.over(), [&](client& c) -> task<> {
      visitor alice;
      co_await alice.sign_in(c);
      auto const world = s.sim.surroundings();
      try {
        auto leaving = with_timeout(*world, c.auth().sign_out(), after);
        co_await std::move(leaving);
        ended = true;
      } catch (error const& cut) {
        CHECK(cut.code() == client_errc::timed_out);
      }
      bool in = true;
      try {
        co_await c.get_me();
      } catch (auth_required const&) {
        in = false;
      }
      CHECK(in == (s.place_of(42) != 0));
      ++(in ? stayed : left);
      visitor again;
      auto const me = co_await again.sign_in(c);
      CHECK(me.id() == 42);
      CHECK(again.asked.empty() == in);
      co_await c.get_me();
    });
    visitor later;
    s.start(later);
    CHECK(later.asked.empty());
  }
  CHECK((line_breaks ? stayed : left) > 0);
  CHECK(ended != line_breaks);  // a call that nobody answers is waited for
}

TEST_CASE("a client says what its store holds", "[client][dc]") {
  kept_stage s;
  s.live(s.over(), [&](client& c) -> task<> {
    visitor alice;
    co_await alice.sign_in(c);
    auto const held = co_await c.measure_store();
    CHECK(held.of(record_space::identity).records == 1);
    CHECK(held.of(record_space::auth_keys).records == 1);
    CHECK(held.of(record_space::auth_keys).bytes > 256);
    CHECK(held.of(record_space::values).records == 0);
    CHECK(held.all().records >= 2);
  });
  s.live([](client& c) -> task<> {
    try {
      co_await c.measure_store();
      FAIL("a session_store has no records");
    } catch (error const& none) {
      CHECK(none.code() == client_errc::bad_argument);
    }
  });
}
