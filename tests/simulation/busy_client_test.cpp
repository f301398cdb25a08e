// SPDX-License-Identifier: MIT OR Apache-2.0
#include "ready_client.hpp"

#include <mtp/client/client.hpp>
#include <mtp/core/environment.hpp>
#include <mtp/core/task_scope.hpp>
#include <mtp/testing/data_centre.hpp>
#include <mtp/testing/simulation.hpp>
#include <mtp/tl/functions/account.hpp>
#include <support/catch.hpp>

#include <deque>

using namespace mtp;
using namespace mtp::test;
using namespace std::chrono_literals;

namespace {

constexpr int idle_clients = 200;
constexpr int makes_key = 20;  ///< one in so many has no key yet
constexpr auto way = 50ms;
constexpr std::int64_t bot = 777000777;  ///< of the data centre's own world

/// One client that calls without a pause, and many that connect meanwhile and then do nothing.
class crowd {
 public:
  crowd() : centre_(ready_centre(sim_)) {
    sim_.network().to_server.delay = sim_.network().to_client.delay = way;
    centre_.on<tl::account::checkUsername>(
        [](testing::call&, tl::account::checkUsername const&) -> testing::outcome<bool> {
          return true;
        });
    centre_.start(sim_.get_executor());
  }

  void run() { sim_.run(live(), 1h); }

  std::vector<duration> took;
  std::size_t connections = 0;

 private:
  task<> live() {
    auto const strand = sim_.get_executor();
    client busy(strand, ready_client(sim_, centre_, bot));
    auto const start = [&](task_scope& scope) {
      scope.spawn(busy.run());
      scope.spawn(work(busy, scope));
    };
    co_await task_scope::run(strand, start);
  }

  task<> work(client& busy, task_scope& all) {
    co_await call(busy);  // connects
    took.clear();
    for (int i = 0; i < idle_clients; ++i) {
      auto const account = i % makes_key == 0 ? 0 : bot;
      idle_.emplace_back(sim_.get_executor(), ready_client(sim_, centre_, account));
      all.spawn(begin_later(idle_.back(), i * 25ms));
    }
    for (int i = 0; i < 100; ++i) co_await call(busy);
    connections = centre_.connections();
    for (auto& one : idle_) one.close();
    busy.close();
    all.cancel();
  }

  task<> begin_later(client& one, duration wait) {
    co_await sim_.sleep(wait);
    co_await one.run();
  }

  task<> call(client& who) {
    tl::account::checkUsername request;
    request.username = "anybody";
    auto const began = sim_.now().steady;
    co_await who.invoke(request);
    took.push_back(sim_.now().steady - began);
  }

  testing::simulation sim_{1};
  testing::data_centre centre_;
  std::deque<client> idle_;
};

}  // namespace

TEST_CASE("two hundred clients that start do not hold up a busy one", "[simulation][busy]") {
  crowd all;
  all.run();
  REQUIRE(all.took.size() == 100);
  for (auto const each : all.took) CHECK(each == 2 * way);
  CHECK(all.connections == idle_clients + 1);
}
