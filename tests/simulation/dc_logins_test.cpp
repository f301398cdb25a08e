// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The login in another data centre, with everything that may go wrong on the way.
#include "stage.hpp"

#include <mtp/core/error.hpp>
#include <mtp/tl/functions/help.hpp>
#include <mtp/tl/functions/users.hpp>
#include <mtp/tl/types/InputUser.hpp>
#include <mtp/tl/types/NearestDc.hpp>
#include <mtp/tl/types/User.hpp>
#include <support/catch.hpp>

using namespace mtp;
using namespace std::chrono_literals;
using mtp::test::sim_stage;
using mtp::test::words_of_failure;
using mtp::testing::method_fault;

namespace {

task<> ask_elsewhere(client& who) {
  tl::help::getNearestDc const request;
  auto const answer = co_await who.invoke(request, {.dc = 4, .purpose = link_purpose::download});
  CHECK(answer->this_dc == 4);
}

/// The same for a call that needs a login.
task<> ask_as_somebody(client& who) {
  tl::users::getUsers request;
  request.id.push_back(tl::inputUserSelf{});
  auto const answer = co_await who.invoke(request, {.dc = 4, .purpose = link_purpose::download});
  CHECK(answer->size() == 1);
}

method_fault refused(std::string method, int code, std::string text, int times = 1) {
  return {.method = std::move(method),
          .times = times,
          .refusal = testing::rpc_fault{code, std::move(text)}};
}

constexpr char import[] = "auth.importAuthorization";
constexpr char export_[] = "auth.exportAuthorization";

}  // namespace

TEST_CASE("what a server refuses for now does not end the set-up of a connection", "[dc]") {
  sim_stage s;
  for (char const* method : {"help.getConfig", export_, import}) {
    s.centre.add_fault(refused(method, 420, "FLOOD_WAIT_5"));
    s.centre.add_fault(refused(method, 500, "INTERNAL"));
    s.centre.add_fault(refused(method, -503, "Timeout"));
  }
  s.live([](client& who) -> task<> { co_await ask_elsewhere(who); });
  CHECK(s.centre.calls("help.getConfig") == 4);
  CHECK(s.centre.calls(import) == 4);
}

TEST_CASE("a wait that is longer than the caller wants is told as one", "[dc]") {
  for (char const* method : {"help.getConfig", import}) {
    sim_stage s;
    s.centre.add_fault(refused(method, 420, "FLOOD_WAIT_3000"));
    s.live([](client& who) -> task<> {
      std::chrono::seconds wait(0);
      try {
        co_await ask_elsewhere(who);
      } catch (flood_wait const& e) {
        wait = e.retry_after();
      }
      CHECK(wait == 3000s);
      co_await ask_elsewhere(who);  // the fault is used up
    });
  }
}

TEST_CASE("a ticket that is refused is replaced by another", "[dc]") {
  sim_stage s;
  s.centre.add_fault(refused(import, 400, "AUTH_BYTES_INVALID"));
  s.live([](client& who) -> task<> { co_await ask_elsewhere(who); });
  CHECK(s.centre.calls(export_) == 2);
  CHECK(s.centre.calls(import) == 2);
}

TEST_CASE("a server that refuses every ticket is believed in the end", "[dc]") {
  sim_stage s;
  s.centre.add_fault(refused(import, 400, "AUTH_BYTES_INVALID", -1));
  s.live([](client& who) -> task<> {
    auto const words = co_await words_of_failure(ask_elsewhere(who));
    CHECK(words.find("AUTH_BYTES_INVALID") != std::string::npos);
  });
  CHECK(s.centre.calls(import) < 10);
}

TEST_CASE("a ticket of which nobody knows whether it was used is replaced by another", "[dc]") {
  sim_stage s;
  s.centre.add_fault(
      {.method = import, .disconnect = true, .forget = testing::remembered::session});
  s.live([](client& who) -> task<> { co_await ask_elsewhere(who); });
  CHECK(s.centre.calls(export_) == 2);
  CHECK(s.centre.calls(import) == 2);
}

TEST_CASE("a lost login is brought back on a connection that stays open", "[dc]") {
  sim_stage s;
  auto config = s.config();
  config.connection.pool.idle_timeout = 1ms;
  s.live(std::move(config), [&s](client& who) -> task<> {
    co_await ask_as_somebody(who);
    s.centre.forget(testing::remembered::login, {.dc = 4});
    s.centre.add_fault({.method = export_, .delay = 1s});
    co_await ask_as_somebody(who);
  });
  CHECK(s.centre.calls(import) == 2);
}
