// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What strangers say about keys, and what becomes of calls meanwhile.
#include "client_world.hpp"
#include "counted_call.hpp"

#include <mtp/core/error.hpp>
#include <support/catch.hpp>

using namespace mtp;
using namespace mtp::test;
using namespace std::chrono_literals;

namespace {

std::vector<std::int64_t> permanent_keys(client_world& w) {
  std::vector<std::int64_t> out;
  for (auto const& one : w.centre.keys())
    if (!one.temporary) out.push_back(one.id);
  return out;
}

}  // namespace

TEST_CASE("a stranger's 404 moves no call to another session", "[simulation][key]") {
  client_world w;
  counted ttl(w);
  auto config = w.config();
  config.connection.keys.pfs = GENERATE(pfs_mode::off, pfs_mode::on);
  int const strangers = config.connection.keys.pfs == pfs_mode::on ? 2 : 6;
  auto body = [&](client& who) -> task<> {
    co_await sign_in(who);
    co_await w.sim.sleep(2min);
    hold_answer(w);
    auto talk = [&](task_scope& scope) {
      scope.spawn(counted::ask(who));
      scope.spawn([](client_world& in, int times) -> task<> {
        for (int i = 0; i < times; ++i) {
          co_await in.sim.sleep(30s);
          in.centre.inject_error(-404);
        }
        co_await in.sim.sleep(2min);
        in.centre.release_answers();
      }(w, strangers));
    };
    co_await task_scope::run(w.sim.get_executor(), talk);
  };
  w.live(std::move(config), body);
  CHECK(ttl.runs == 1);
  CHECK(permanent_keys(w).size() == 1);
}

TEST_CASE("a stranger who denies the key again and again moves no call either",
          "[simulation][key]") {
  client_world w;
  counted ttl(w);
  auto body = [&](client& who) -> task<> {
    co_await sign_in(who);
    co_await w.sim.sleep(2min);
    hold_answer(w);
    auto talk = [&](task_scope& scope) {
      scope.spawn(counted::ask(who));
      scope.spawn([](client_world& in) -> task<> {
        co_await in.sim.sleep(1s);
        in.centre.deny_keys({}, 6);  // packets under the key
        in.centre.drop_connections();
        co_await in.sim.sleep(4min);
        in.centre.release_answers();
      }(w));
    };
    co_await task_scope::run(w.sim.get_executor(), talk);
  };
  w.live(w.config(), body);
  CHECK(ttl.runs == 1);
  CHECK(permanent_keys(w).size() == 1);
}

TEST_CASE("a doubt about the key at the start takes no longer than the first connection may",
          "[simulation][key]") {
  client_world w;
  w.live(w.config(), [](client& who) -> task<> { co_await sign_in(who); });
  w.centre.deny_keys({}, -1);
  auto config = w.config();
  config.connection.keys.doubt_delay = 4s;
  config.connection.keys.max_doubt_delay = 1h;
  auto const began = w.sim.now().steady;
  std::error_code why;
  try {
    w.live(std::move(config), [&](client&) -> task<> { co_await w.sim.sleep(2h); });
  } catch (error const& e) {
    why = e.code();
  }
  CHECK(why == protocol_errc::unknown_key);
  CHECK(w.sim.now().steady - began <= 10s);
  CHECK(permanent_keys(w).size() == 1);
}
