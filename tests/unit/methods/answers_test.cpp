// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Queries that a data centre pushes, and what the bot's answers say there.
#include "simulation/client_world.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"

#include <mtp/mtp.hpp>
#include <mtp/testing/world/event.hpp>
#include <mtp/tl/encode.hpp>
#include <mtp/tl/functions/messages.hpp>
#include <mtp/tl/types/ExportedChatInvite.hpp>
#include <mtp/tl/types/InlineBotSwitchPM.hpp>
#include <mtp/tl/types/InlineBotWebView.hpp>
#include <mtp/tl/types/InputBotInlineMessage.hpp>
#include <mtp/tl/types/InputBotInlineResult.hpp>
#include <mtp/tl/types/InputPeer.hpp>
#include <mtp/tl/types/InputUser.hpp>
#include <mtp/tl/types/PaymentRequestedInfo.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/ReplyMarkup.hpp>
#include <mtp/tl/types/ShippingOption.hpp>
#include <mtp/tl/types/Update.hpp>
#include <mtp/tl/types/Updates.hpp>

#include <optional>
#include <utility>

using namespace mtp;
using mtp::test::client_world;

namespace {

constexpr std::int64_t alice = 42;
constexpr std::int64_t test_group = 1000;

void push(client_world& w, tl::Update const& update) {
  w.centre.with_world([&](testing::world& all) {
    auto body = tl::encode(update);
    REQUIRE(body);
    all.box(client_world::bot).announce(testing::any_update{*std::move(body)}, 1'800'000'000);
  });
}

/// What the bot asks of `F`, kept.
template <class F>
void keep(client_world& w, std::optional<F>& into, typename F::response answer) {
  w.centre.on<F>([&into, answer](testing::call&, F const& request) {
    into = request;
    return testing::outcome<typename F::response>(answer);
  });
}

/// Signs in, is told `update`, and does with its event what `act` says.
template <class Event>
void live_with(client_world& w, tl::Update const& update, task<> (*act)(Event)) {
  w.live(w.config(), [&](client& c) -> task<> {
    co_await test::sign_in(c);
    auto updates = c.updates();
    push(w, update);
    auto const got = co_await updates.next();
    auto const event = got ? got->template get_if<Event>() : std::nullopt;
    CHECK(event.has_value());
    if (event) co_await act(*event);
  });
}

task<> say_thanks(callback_query query) { co_await query.answer("Thanks!", {.alert = true}); }
task<> show_one(inline_query query) {
  tl::inputBotInlineResult one;
  one.id = query.query().str();
  one.type = "article";
  one.send_message = tl::inputBotInlineMessageText{.message = "found"};
  tl::list<tl::InputBotInlineResult> results;
  results.push_back(std::move(one));
  co_await query.answer(std::move(results), {.personal = true, .next_offset = "2"});
}
task<> let_pay(pre_checkout_query query) { co_await query.accept(); }
task<> turn_down(pre_checkout_query query) { co_await query.refuse("sold out"); }
task<> approve(join_request request) { co_await request.approve(); }

}  // namespace

TEST_CASE("a bot answers whoever presses its button", "[methods][bots]") {
  client_world w;
  std::optional<tl::messages::setBotCallbackAnswer> seen;
  keep(w, seen, true);
  tl::updateBotCallbackQuery query;
  query.query_id = 9;
  query.user_id = alice;
  query.peer = tl::peerUser{.user_id = alice};
  query.data = tl::bytes("yes");
  live_with<callback_query>(w, query, say_thanks);
  REQUIRE(seen);
  CHECK(seen->query_id == 9);
  CHECK(seen->message == tl::string("Thanks!"));
  CHECK(seen->alert);
  CHECK(!seen->url);
  CHECK(seen->cache_time == 0);
}

TEST_CASE("a bot shows results inline", "[methods][bots]") {
  client_world w;
  std::optional<tl::messages::setInlineBotResults> seen;
  keep(w, seen, true);
  tl::updateBotInlineQuery query;
  query.query_id = 5;
  query.user_id = alice;
  query.query = "cats";
  live_with<inline_query>(w, query, show_one);
  REQUIRE(seen);
  CHECK(seen->query_id == 5);
  REQUIRE(seen->results.size() == 1);
  CHECK(seen->results[0].get_if<tl::inputBotInlineResult>()->id == "cats");
  CHECK(seen->private_);
  CHECK(!seen->gallery);
  CHECK(seen->next_offset == tl::string("2"));
  CHECK(seen->cache_time == 300);
}

TEST_CASE("a bot lets a payment go on, or refuses it", "[methods][bots]") {
  tl::updateBotPrecheckoutQuery query;
  query.query_id = 6;
  query.user_id = alice;
  query.currency = "XTR";
  query.total_amount = 50;
  for (auto const act : {let_pay, turn_down}) {
    client_world w;
    std::optional<tl::messages::setBotPrecheckoutResults> seen;
    keep(w, seen, true);
    live_with<pre_checkout_query>(w, query, act);
    REQUIRE(seen);
    CHECK(seen->query_id == 6);
    CHECK(seen->success == (act == let_pay));
    CHECK(seen->error.has_value() == (act == turn_down));
  }
}

TEST_CASE("a bot lets somebody into a group", "[methods][chats]") {
  client_world w;
  std::optional<tl::messages::hideChatJoinRequest> seen;
  keep(w, seen, tl::Updates(tl::updates_{}));
  tl::updateBotChatInviteRequester query;
  query.peer = tl::peerChat{.chat_id = test_group};
  query.user_id = alice;
  query.invite = tl::chatInvitePublicJoinRequests{};
  live_with<join_request>(w, query, approve);
  REQUIRE(seen);
  CHECK(seen->approved);
  REQUIRE(seen->peer.holds<tl::inputPeerChat>());
  auto const* user = seen->user_id.get_if<tl::inputUser>();
  REQUIRE(user);
  CHECK(user->user_id == alice);
}

TEST_CASE("an answer whose client is gone throws", "[methods][bots]") {
  tl::updateBotCallbackQuery raw;
  raw.peer = tl::peerUser{.user_id = alice};
  update const what(received<tl::Update>::own(raw));
  auto const query = what.get_if<callback_query>();
  REQUIRE(query);
  CHECK_THROWS_AS(test::run(query->answer("too late")), client_closed);
}
