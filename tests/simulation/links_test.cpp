// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Whole links: an account that moves, lost bindings, floods, servers that cannot bind, renewal,
// addresses for media.
#include "client_world.hpp"
#include "counted_call.hpp"

#include <mtp/core/as_result.hpp>
#include <mtp/core/error.hpp>
#include <mtp/tl/functions/account.hpp>
#include <mtp/tl/functions/help.hpp>
#include <mtp/tl/types/Config.hpp>
#include <support/catch.hpp>

#include <algorithm>
#include <set>

using namespace mtp;
using namespace mtp::test;
using namespace std::chrono_literals;

namespace {

task<> ask_again(client& who, link_purpose purpose = link_purpose::main) {
  tl::account::checkUsername request;
  request.username = "somebody";
  invoke_options const options{.purpose = purpose};
  co_await who.invoke(request, options);
}

void serve_names(client_world& w) {
  w.centre.on<tl::account::checkUsername>(
      [](testing::call&, tl::account::checkUsername const&) -> testing::outcome<bool> {
        return true;
      });
}

void refuse(client_world& w, char const* method, testing::rpc_fault with, int times) {
  testing::method_fault fault;
  fault.method = method;
  fault.refusal = std::move(with);
  fault.times = times;
  w.centre.add_fault(fault);
}

task<std::error_code> code_of(task<> work) {
  std::error_code out;
  try {
    co_await std::move(work);
  } catch (std::exception const&) {
    out = describe_exception(std::current_exception()).code;
  }
  co_return out;
}

client_config with_pfs(client_world const& w) {
  auto out = w.config();
  out.connection.keys.pfs = pfs_mode::on;
  return out;
}

/// An account that is told to move while a call that may not run twice is under way.
task<> move_meanwhile(client_world& w, client& who, std::error_code& held) {
  auto ask = [](client& by, std::error_code& out) -> task<> {
    auto work = counted::ask(by);
    out = co_await code_of(std::move(work));
  };
  auto move = [](client_world& in, client& by) -> task<> {
    co_await in.sim.sleep(1s);
    refuse(in, "account.checkUsername", {303, "USER_MIGRATE_4"}, 1);
    co_await ask_again(by);
  };
  auto const start = [&](task_scope& scope) {
    scope.spawn(ask(who, held));
    scope.spawn(move(w, who));
  };
  co_await task_scope::run(w.sim.get_executor(), start);
}

}  // namespace

TEST_CASE("an account that moves runs no call twice", "[simulation][link]") {
  client_world w({{.id = 2, .host = "10.0.0.2"}, {.id = 4, .host = "10.0.0.4"}});
  serve_names(w);
  counted ttl(w);
  std::error_code held;
  auto config = w.config();
  config.first_dc = 2;
  w.live(std::move(config), [&](client& who) -> task<> {
    co_await sign_in(who);
    hold_answer(w);
    co_await move_meanwhile(w, who, held);
    w.centre.release_answers();
    co_await ask_again(who);
  });
  CHECK(held == client_errc::outcome_unknown);
  CHECK(ttl.runs == 1);
}

TEST_CASE("where the account moves to, calls go by its own link from then on",
          "[simulation][link]") {
  client_world w({{.id = 2, .host = "10.0.0.2"}, {.id = 4, .host = "10.0.0.4"}});
  serve_names(w);
  std::vector<int> answered_by;
  std::vector<std::size_t> connections;
  auto config = w.config();
  config.first_dc = 2;
  auto const ask_at = [&](client& who, int dc) -> task<> {
    tl::help::getConfig const request;
    auto const answer = co_await who.invoke(request, {.dc = dc});
    answered_by.push_back(answer->this_dc);
    connections.push_back(w.sim.connections());
  };
  w.live(std::move(config), [&](client& who) -> task<> {
    co_await sign_in(who);
    co_await ask_at(who, 4);
    refuse(w, "account.checkUsername", {303, "USER_MIGRATE_4"}, 1);
    co_await ask_again(who);
    for (int const dc : {0, 4, 2, 0, 4}) co_await ask_at(who, dc);
  });
  CHECK(answered_by == std::vector{4, 4, 4, 2, 4, 4});
  CHECK(connections[1] == connections[0] + 1);  // the account's own link
  CHECK(connections[2] == connections[1]);      // which now carries what is for data centre 4
  CHECK(connections[3] == connections[2] + 1);  // the former home is one among others
  CHECK(connections[5] == connections[3]);
}

TEST_CASE("a temporary key whose binding is lost is replaced, and the refused call runs once",
          "[simulation][link][pfs]") {
  client_world w;
  counted ttl(w);
  w.live(with_pfs(w), [&](client& who) -> task<> {
    co_await sign_in(who);
    CHECK(w.centre.forget(testing::remembered::binding) > 0);
    co_await counted::ask(who);
  });
  CHECK(ttl.runs == 1);
  CHECK(w.centre.calls("auth.bindTempAuthKey") == 2);
}

TEST_CASE("a flood is waited out, and calls under way go on", "[simulation][link]") {
  client_world w;
  counted ttl(w);
  std::set<client_status> seen;
  w.live(w.config(), [&](client& who) -> task<> {
    co_await sign_in(who);
    hold_answer(w);
    auto meanwhile = [](client_world& in, client& by, std::set<client_status>& out) -> task<> {
      co_await in.sim.sleep(20s);
      auto const before = in.sim.connections();
      in.centre.inject_error(-429);
      co_await in.sim.sleep(500ms);
      out.insert(by.status());
      CHECK(in.sim.connections() == before);  // a second at least
      co_await in.sim.sleep(1min);
      out.insert(by.status());
      CHECK(in.sim.connections() == before + 1);
      in.centre.release_answers();
    };
    auto const start = [&](task_scope& scope) {
      scope.spawn(counted::ask(who));
      scope.spawn(meanwhile(w, who, seen));
    };
    co_await task_scope::run(w.sim.get_executor(), start);
  });
  CHECK(ttl.runs == 1);
  CHECK(seen == std::set{client_status::suspended, client_status::ready});
}

TEST_CASE("forward secrecy that a server cannot give ends the client with an error",
          "[simulation][link][pfs]") {
  client_world w;
  refuse(w, "auth.bindTempAuthKey", {400, "METHOD_INVALID"}, -1);
  std::error_code why;
  auto const began = w.sim.now().steady;
  try {
    w.live(with_pfs(w), [&](client&) -> task<> { co_await w.sim.sleep(1h); });
  } catch (error const& e) {
    why = e.code();
  }
  CHECK(why == client_errc::bad_config);
  CHECK(w.sim.now().steady - began < 10s);
}

TEST_CASE("a temporary key is renewed without a call that waits for it",
          "[simulation][link][pfs]") {
  client_world w;
  serve_names(w);
  w.sim.network().to_server.delay = w.sim.network().to_client.delay = 50ms;
  auto config = with_pfs(w);
  config.connection.keys.temporary_lifetime = 10min;
  config.connection.keys.renew_before = 5min;
  duration slowest = {};
  w.live(std::move(config), [&](client& who) -> task<> {
    co_await sign_in(who);
    for (auto const end = w.sim.now().steady + 1h; w.sim.now().steady < end;) {
      auto const began = w.sim.now().steady;
      co_await ask_again(who);
      slowest = std::max(slowest, w.sim.now().steady - began);
      co_await w.sim.sleep(10ms);
    }
  });
  CHECK(w.centre.calls("auth.bindTempAuthKey") >= 10);
  CHECK(slowest <= 400ms);  // a new connection; a key exchange alone takes three round trips
}

TEST_CASE("a binding that is cut off is finished over the next connection",
          "[simulation][link][pfs]") {
  client_world w;
  testing::method_fault fault;
  fault.method = "auth.bindTempAuthKey";
  fault.lose_answer = GENERATE(false, true);
  fault.disconnect = true;
  w.centre.add_fault(fault);
  w.live(with_pfs(w), [](client& who) -> task<> { co_await sign_in(who); });
  CHECK(w.centre.keys().size() == 2);  // no second temporary key was needed
}

TEST_CASE("transfers go to an address for media, and other calls do not", "[simulation][link]") {
  testing::dc_place media{.id = 2, .host = "10.0.0.3"};
  media.options.media_only = true;
  client_world w({{.id = 2, .host = "10.0.0.2"}, media});
  serve_names(w);
  std::vector<std::string> connected;
  w.sim.network().faults = [&](std::size_t, asio::ip::tcp::endpoint const& to) {
    connected.push_back(to.address().to_string());
    return std::vector<testing::planned_fault>();
  };
  w.live(w.config(), [](client& who) -> task<> {
    co_await sign_in(who);
    co_await ask_again(who);
    co_await ask_again(who, link_purpose::upload);
  });
  CHECK(connected == std::vector<std::string>{"10.0.0.2", "10.0.0.3"});
}

TEST_CASE("calls over every link end with their client as closed", "[simulation][link]") {
  for (auto after = 0ms; after < 300ms; after += 7ms) {
    client_world w({{.id = 2, .host = "10.0.0.2"}, {.id = 4, .host = "10.0.0.4"}});
    serve_names(w);
    auto config = w.config();
    config.first_dc = 2;
    std::vector<std::error_code> ends;
    auto const ask_on = [&](client& who, link_purpose purpose) -> task<> {
      for (std::error_code end; !end; ends.push_back(end))
        end = co_await code_of(ask_again(who, purpose));
    };
    w.live(std::move(config), [&](client& who) -> task<> {
      co_await sign_in(who);
      auto const close = [&]() -> task<> {
        co_await w.sim.sleep(after);
        who.close();
      };
      auto const start = [&](task_scope& scope) {
        scope.spawn(ask_on(who, link_purpose::upload));
        scope.spawn(ask_on(who, link_purpose::main));
        scope.spawn(close());
      };
      co_await task_scope::run(w.sim.get_executor(), start);
    });
    CHECK(std::ranges::count(ends, make_error_code(client_errc::closed)) == 2);
    std::erase_if(ends, [](auto why) { return !why || why == client_errc::closed; });
    CHECK(ends.empty());
  }
}
