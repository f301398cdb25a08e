// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What an urgent call waits for behind a slow uplink that is full of long ones.
#include "client_world.hpp"

#include <mtp/tl/functions/account.hpp>
#include <mtp/tl/functions/upload.hpp>
#include <support/catch.hpp>

#include <algorithm>

using namespace mtp;
using namespace mtp::test;
using namespace std::chrono_literals;

namespace {

constexpr int long_calls = 80;
constexpr std::size_t part_size = 512 * 1024;
constexpr std::uint64_t rate = 400'000;
constexpr auto one_way = 50ms;
constexpr auto round_trip = 2 * one_way;
/// The part itself, and a little for its headers.
constexpr auto one_packet = std::chrono::milliseconds(1000 * (part_size + 2000) / rate);

struct uplink {
  client_world w;
  std::uint64_t bytes = 0;
  int parts = 0;
  duration slowest = {};

  uplink() {
    w.sim.network().to_server = {.rate = rate, .delay = one_way};
    w.sim.network().to_client.delay = one_way;
    w.centre.on<tl::upload::saveFilePart>(
        [this](testing::call&, tl::upload::saveFilePart const& f) -> testing::outcome<bool> {
          ++parts;
          bytes += f.bytes.size();
          return true;
        });
  }

  task<> send_part(client& who, int number) {
    tl::upload::saveFilePart request;
    request.file_id = 1;
    request.file_part = number;
    request.bytes = tl::bytes(mtp::bytes(part_size, static_cast<std::uint8_t>(number)));
    invoke_options const options{.priority = call_priority::bulk};
    co_await who.invoke(request, options);
  }

  /// Small calls at odd moments, as long as the long ones go on.
  task<> ask_meanwhile(client& who) {
    tl::account::checkUsername request;
    request.username = "somebody";
    invoke_options const options{.priority = call_priority::interactive};
    while (parts < long_calls - 2) {
      co_await w.sim.sleep(1700ms);
      auto const began = w.sim.now().steady;
      co_await who.invoke(request, options);
      slowest = std::max(slowest, w.sim.now().steady - began);
    }
  }
};

}  // namespace

TEST_CASE("parts that leave slowly arrive once", "[simulation][uplink]") {
  auto const slow = GENERATE(std::uint64_t{5'000}, std::uint64_t{2'500});
  CAPTURE(slow);
  constexpr int slow_parts = 3;
  uplink u;
  u.w.sim.network().to_server.rate = slow;
  std::size_t before = 0;
  std::size_t after = 0;
  auto config = u.w.config();
  config.connection.initial_timeout = 5min;
  u.w.live(std::move(config), [&](client& who) -> task<> {
    co_await sign_in(who);
    before = u.w.sim.connections();
    auto const start = [&](task_scope& scope) {
      for (int i = 0; i < slow_parts; ++i) scope.spawn(u.send_part(who, i));
    };
    co_await task_scope::run(u.w.sim.get_executor(), start);
    after = u.w.sim.connections();
  });
  CHECK(u.parts == slow_parts);
  CHECK(after == before);  // the connection did not break
}

TEST_CASE("behind eighty long calls a small one waits two round trips and one packet",
          "[simulation][uplink]") {
  uplink u;
  std::size_t connections = 0;
  u.w.live(u.w.config(), [&](client& who) -> task<> {
    co_await sign_in(who);
    connections = u.w.sim.connections();
    auto const start = [&](task_scope& scope) {
      for (int i = 0; i < long_calls; ++i) scope.spawn(u.send_part(who, i));
      scope.spawn(u.ask_meanwhile(who));
    };
    co_await task_scope::run(u.w.sim.get_executor(), start);
  });
  CHECK(u.slowest <= 2 * round_trip + one_packet);
  CHECK(u.parts == long_calls);  // none was executed twice
  CHECK(u.bytes == long_calls * part_size);
  CHECK(u.w.sim.connections() == connections);  // nor did the connection break
}
