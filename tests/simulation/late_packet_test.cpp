// SPDX-License-Identifier: MIT OR Apache-2.0
// A packet that is still on its way over a connection that was left behind arrives at the data
// centre after the client asked about its calls, and repeated them, over another connection.
#include "ready_client.hpp"

#include <mtp/client/client.hpp>
#include <mtp/core/error.hpp>
#include <mtp/core/task_scope.hpp>
#include <mtp/mtproto/server_session.hpp>
#include <mtp/testing/data_centre.hpp>
#include <mtp/testing/simulation.hpp>
#include <mtp/tl/functions/account.hpp>
#include <support/catch.hpp>

using namespace mtp;
using namespace mtp::test;
using namespace std::chrono_literals;
using testing::network_fault;
using testing::planned_fault;

namespace {

/// A call that may not be repeated, written just before the session ends, in a packet that is
/// delayed for longer than its connection lives.
class late_packet {
 public:
  /// The delay begins with the write that carries byte `after` to the data centre.
  late_packet(std::uint64_t after, std::int32_t rejection)
      : sim_(after), centre_(ready_centre(sim_)), rejection_(rejection) {
    sim_.network().to_server.delay = sim_.network().to_client.delay = 100ms;
    sim_.network().faults = [after](std::size_t number, auto const&) {
      planned_fault const late{
          .what = network_fault::delay, .to_client = false, .after = after, .span = 90s};
      return number == 0 ? std::vector{late} : std::vector<planned_fault>();
    };
    centre_.on<tl::account::setAuthorizationTTL>(
        [this](testing::call&, tl::account::setAuthorizationTTL const&) -> testing::outcome<bool> {
          ++executed;
          return true;
        });
    centre_.start(sim_.get_executor());
  }

  void run() { sim_.run(live(), 1h); }

  int executed = 0;
  bool answered = false;
  bool unknown = false;
  bool was_late() const { return sim_.connections() > 1; }

 private:
  task<> live() {
    client_config config = ready_client(sim_, centre_, 777000777);
    client who(sim_.get_executor(), std::move(config));
    auto const start = [&](task_scope& scope) {
      scope.spawn(who.run());
      scope.spawn(ask(who, scope));
    };
    co_await task_scope::run(sim_.get_executor(), start);
  }

  task<> ask(client& who, task_scope& all) {
    tl::account::checkUsername harmless;
    harmless.username = "anybody";
    co_await who.invoke(harmless);
    centre_.break_packets(0, {.reject_next = rejection_});
    auto const start = [&](task_scope& scope) {
      scope.spawn(reject_this(who));
      scope.spawn(ask_once(who));
    };
    co_await task_scope::run(sim_.get_executor(), start);
    co_await sim_.sleep(3min);  // whatever is late arrives
    who.close();
    all.cancel();
  }

  task<> reject_this(client& who) {
    tl::account::checkUsername harmless;
    harmless.username = "somebody";
    co_await who.invoke(harmless);
  }

  task<> ask_once(client& who) {
    co_await sim_.sleep(150ms);  // the rejection is on its way
    tl::account::setAuthorizationTTL once;
    once.authorization_ttl_days = 7;
    try {
      co_await who.invoke(once);
      answered = true;
    } catch (error const& e) {
      unknown = e.code() == client_errc::outcome_unknown;
    }
  }

  testing::simulation sim_;
  testing::data_centre centre_;
  std::int32_t rejection_;
};

}  // namespace

TEST_CASE("a packet of a connection that was left runs no call twice", "[simulation][late]") {
  auto const rejection = GENERATE(32, 64, 18);
  int delayed = 0;
  int known = 0;
  for (std::uint64_t after = 300; after < 1500; after += 40) {
    late_packet one(after, rejection);
    one.run();
    INFO("byte " << after);
    CHECK(one.executed <= 1);
    CHECK(one.answered + one.unknown == 1);
    if (one.answered) CHECK(one.executed == 1);
    delayed += one.was_late();
    known += one.was_late() && one.answered;
  }
  CHECK(delayed > 0);
  CHECK(known > 0);
}
