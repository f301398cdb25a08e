// SPDX-License-Identifier: MIT OR Apache-2.0
// A client that signs in at a server of a few lines, over a real connection.
#include "door.hpp"

using namespace mtp;
using namespace mtp::test;

TEST_CASE("a client signs in by code and password, after a wrong one each", "[login][driver]") {
  play_on<door_stage>([](door_stage& s) -> task<> {
    s.door.password = "hunter2";
    person alice{.mistakes = 1};
    co_await live(s, [&](client& c) -> task<> { co_await enter(c, alice); });
    CHECK(alice.questions == 5);
    co_await live(s, [&](client& c) -> task<> { co_await enter(c, alice); });
    CHECK(alice.questions == 5);  // the session knows who it is
  });
}

TEST_CASE("a lost answer to any request of a log-in costs no question", "[login][driver]") {
  for (auto const method :
       {tl::auth::sendCode::tl_id, tl::auth::signIn::tl_id, tl::account::getPassword::tl_id,
        tl::auth::checkPassword::tl_id, tl::users::getUsers::tl_id}) {
    CAPTURE(method);
    play_on<door_stage>([&](door_stage& s) -> task<> {
      s.door.password = "hunter2";
      s.door.losing = method;
      person alice;
      co_await live(s, [&](client& c) -> task<> { co_await enter(c, alice); });
      CHECK(alice.questions == 3);
    });
  }
}

TEST_CASE("a log-in that was broken off goes on with the same flow", "[login][driver]") {
  for (auto const method : {tl::auth::sendCode::tl_id, tl::auth::signIn::tl_id}) {
    CAPTURE(method);
    play_on<door_stage>([&](door_stage& s) -> task<> {
      co_await live(s, [&](client& c) -> task<> {
        login::flow flow;
        flow.answer(login::phone_number{std::string("+100")});
        if (method == tl::auth::signIn::tl_id) {
          co_await c.sign_in(flow);
          flow.answer(login::code{std::string("12345")});
        }
        s.door.silent = method;
        auto going = with_timeout(c.sign_in(flow), std::chrono::milliseconds(300));
        auto const failed = co_await failure_of(std::move(going));
        CHECK(code_of(failed) == client_errc::timed_out);
        s.door.silent = 0;
        auto step = co_await c.sign_in(flow);
        if (std::holds_alternative<login::need_code>(step)) {
          flow.answer(login::code{std::string("12345")});
          step = co_await c.sign_in(flow);
        }
        CHECK(std::holds_alternative<login::done>(step));
      });
    });
  }
}

TEST_CASE("a scan is heard of at once", "[login][driver][qr]") {
  play_on<door_stage>([](door_stage& s) -> task<> {
    co_await live(s, [&](client& c) -> task<> {
      login::flow flow;
      flow.answer(login::by_qr{});
      auto step = co_await c.sign_in(flow);
      CHECK(std::get<login::need_scan>(step).url == "tg://login?token=dG9rZW4");
      s.door.scanned = true;
      bytes const news = test::to_bytes(
          tl::Updates(tl::updateShort{.update = tl::updateLoginToken{}, .date = 1'700'000'000}));
      s.server.push(news);
      auto waiting = with_timeout(c.sign_in(flow), std::chrono::seconds(20));
      step = co_await std::move(waiting);
      CHECK(std::holds_alternative<login::done>(step));
    });
    CHECK(s.door.asked[tl::auth::exportLoginToken::tl_id] == 2);
  });
}

TEST_CASE("who signs out signs in again without a code", "[login][driver]") {
  play_on<door_stage>([](door_stage& s) -> task<> {
    person alice;
    co_await live(s, [&](client& c) -> task<> {
      co_await enter(c, alice);
      co_await c.auth().sign_out();
      co_await c.auth().sign_out();  // again is no mistake
      auto const failed = co_await failure_of(c.get_me());
      CHECK(describe_exception(failed).refusal);
    });
    CHECK(alice.questions == 2);
    co_await live(s, [&](client& c) -> task<> { co_await enter(c, alice); });
    CHECK(alice.questions == 3);  // the number alone
  });
}

TEST_CASE("whoever waits for a scan hears that the client was closed", "[login][driver][qr]") {
  play_on<door_stage>([](door_stage& s) -> task<> {
    std::exception_ptr failed;
    co_await live(s, [&](client& c) -> task<> {
      login::flow flow;
      flow.answer(login::by_qr{});
      co_await c.sign_in(flow);
      task_scope scope(s.executor);
      scope.spawn([](client& of, login::flow& one, std::exception_ptr& out) -> task<> {
        auto waiting = with_timeout(of.sign_in(one), std::chrono::seconds(20));
        out = co_await failure_of(std::move(waiting));
      }(c, flow, failed));
      co_await test::pause(std::chrono::milliseconds(50));
      c.close();
      co_await scope.join();
    });
    CHECK(code_of(failed) == client_errc::closed);
  });
}
