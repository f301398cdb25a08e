// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The example with two buttons: what a person sees who writes, and who presses one.
#include "simulation/client_world.hpp"
#include "support/catch.hpp"

#include <mtp/mtp.hpp>
#include <mtp/testing/world/event.hpp>
#include <mtp/tl/encode.hpp>
#include <mtp/tl/functions/messages.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/Update.hpp>

#include <cstdlib>
#include <optional>
#include <string>

// g++ warns of lambdas in a source that another one includes.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wsubobject-linkage"
#endif
#define main buttons_main
#include "../../../examples/07_buttons.cpp"
#undef main

using namespace mtp;
using namespace std::chrono_literals;
using mtp::test::client_world;

namespace {

constexpr std::int64_t customer = 42;
constexpr std::int32_t today = 1'800'000'000;

struct tea_room : client_world {
  std::optional<tl::messages::setBotCallbackAnswer> answered = {};

  tea_room() {
    ::setenv("BOT_TOKEN", std::string(token).c_str(), 1);
    centre.on<tl::messages::setBotCallbackAnswer>(
        [this](testing::call&, tl::messages::setBotCallbackAnswer const& request) {
          answered = request;
          return testing::outcome<bool>(true);
        });
  }
  void customer_writes() {
    centre.with_world([&](testing::world& all) {
      auto const sent = all.send(customer, testing::peer::user(bot), "hello", today);
      CHECK(sent);
    });
  }
  void customer_presses(std::string const& data) {
    tl::updateBotCallbackQuery query;
    query.query_id = 9;
    query.user_id = customer;
    query.peer = tl::peerUser{.user_id = customer};
    query.data = tl::bytes(data);
    auto body = tl::encode(tl::Update(query));
    REQUIRE(body);
    centre.with_world([&](testing::world& all) {
      all.box(bot).announce(testing::any_update{*std::move(body)}, today);
    });
  }
  testing::message_content newest() {
    testing::message_content out;
    centre.with_world(
        [&](testing::world& all) { out = *all.box(customer).messages().rbegin()->second.content; });
    return out;
  }
};

}  // namespace

TEST_CASE("the example's buttons are shown, and whoever presses one is answered", "[examples]") {
  tea_room room;
  room.live(room.config(), [&](client& c) -> task<> {
    task_scope scope(c.get_executor());
    scope.spawn(serve(c));
    co_await room.sim.sleep(5s);
    room.customer_writes();
    co_await room.sim.sleep(5s);
    auto const asked = room.newest();
    CHECK(asked.text == "Tea or coffee?");
    CHECK(!asked.markup.empty());
    room.customer_presses(orders.pack({.what = drink::coffee, .cups = 2}));
    co_await room.sim.sleep(5s);
    REQUIRE(room.answered);
    CHECK(room.answered->message == tl::string("2 coffee, please!"));
    room.customer_presses("tea");
    co_await room.sim.sleep(5s);
    CHECK(room.answered->message == tl::string("That button is of an older version of me."));
    scope.cancel();
    (void)co_await as_result(scope.join());
  });
}
