// SPDX-License-Identifier: MIT OR Apache-2.0
//
// A whole client that missed more than a difference of its data centre holds.
#include "client_world.hpp"

#include <mtp/events/all.hpp>
#include <mtp/tl/functions/messages.hpp>
#include <mtp/updates/backfill_options.hpp>
#include <support/catch.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

using namespace mtp;
using namespace std::chrono_literals;
using mtp::test::client_world;

namespace {

constexpr std::int64_t alice = 42;  // of the data centre's own world

/// What a bot was told, in order.
struct told {
  std::vector<std::string> texts = {};
  int fetched = 0;  ///< of these
  std::vector<updates_lost> losses = {};

  void take(update const& what) {
    if (auto const gone = what.get_if<updates_lost>()) return losses.push_back(*gone);
    auto const message = what.get_if<new_message>();
    if (!message) return;
    texts.push_back(message->text().str());
    fetched += what.origin() == origin::backfill;
  }
};

struct absent_world : client_world {
  std::int32_t today() const {
    auto const since = std::chrono::floor<std::chrono::seconds>(sim.now().wall.time_since_epoch());
    return static_cast<std::int32_t>(since.count());
  }
  /// Alice writes "m<first>" to "m<last>", of which the server tells the last ten by itself.
  void alice_writes(int first, int last) {
    centre.with_world([&](testing::world& all) {
      for (int i = first; i <= last; ++i)
        (void)all.send(alice, testing::peer::user(bot), "m" + std::to_string(i), today());
      all.box(bot).limit_log(10);
    });
  }
  /// One life of the bot, until `enough` messages and losses were handled.
  told listen(client_config how, std::size_t enough) {
    told out;
    live(std::move(how), [&](client& who) -> task<> {
      co_await test::sign_in(who);
      auto updates = who.updates();
      while (out.texts.size() + out.losses.size() < enough) {
        auto const next = co_await updates.next();
        out.take(*next);
        co_await next->ack();
      }
    });
    return out;
  }
  /// The bot has seen the first message, and missed those up to `last`.
  void miss(int last) {
    auto meet = listen_while_alice_writes();
    REQUIRE(meet.texts == std::vector<std::string>{"m1"});
    alice_writes(2, last);
  }

 private:
  told listen_while_alice_writes() {
    told out;
    live(config(), [&](client& who) -> task<> {
      co_await test::sign_in(who);
      auto updates = who.updates();
      alice_writes(1, 1);
      auto const first = co_await updates.next();
      out.take(*first);
      co_await first->ack();
    });
    return out;
  }
};

std::vector<std::string> messages(int first, int last) {
  std::vector<std::string> out;
  for (int i = first; i <= last; ++i) out.push_back("m" + std::to_string(i));
  return out;
}

}  // namespace

TEST_CASE("a client that missed more than a difference holds fetches the messages", "[too_long]") {
  absent_world w;
  w.miss(250);
  auto const got = w.listen(w.config(), 250);
  CHECK(got.texts == messages(2, 250));
  CHECK(got.fetched == 249);
  REQUIRE(got.losses.size() == 1);
  CHECK(got.losses[0].reason() == updates::loss_reason::changes_untold);
  CHECK(!got.losses[0].chat());
  w.alice_writes(251, 251);
  auto const after = w.listen(w.config(), 1);
  CHECK(after.texts == messages(251, 251));
  CHECK(after.fetched == 0);
}

TEST_CASE("a client that fetches nothing says what is lost", "[too_long]") {
  absent_world w;
  w.miss(250);
  auto config = w.config();
  config.backfill.max_messages = 0;
  auto const got = w.listen(std::move(config), 1);
  CHECK(got.texts.empty());
  REQUIRE(got.losses.size() == 1);
  CHECK(got.losses[0].reason() == updates::loss_reason::too_long);
}

TEST_CASE("a client killed while it fetches a history goes on with it", "[too_long]") {
  absent_world w;
  w.miss(120);
  auto texts = w.listen(w.config(), 40).texts;
  auto const rest = w.listen(w.config(), 120 - 40);
  texts.insert(texts.end(), rest.texts.begin(), rest.texts.end());
  CHECK(texts == messages(2, 120));
  CHECK(rest.losses.size() == 1);
}
