// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Messages about a conversation, as they come over the wire.
#include <mtp/events/service_message.hpp>

#include "../api/random_value.hpp"
#include "events/service_kind.hpp"
#include "read_events.hpp"
#include "support/catch.hpp"

#include <mtp/events/update.hpp>
#include <mtp/tl/decode.hpp>
#include <mtp/tl/encode.hpp>
#include <mtp/tl/types/InputGroupCall.hpp>
#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/MessageAction.hpp>
#include <mtp/tl/types/MessageReplyHeader.hpp>
#include <mtp/tl/types/PaymentCharge.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/PhoneCallDiscardReason.hpp>
#include <mtp/tl/types/Photo.hpp>
#include <mtp/tl/types/RequestedPeer.hpp>
#include <mtp/tl/types/Update.hpp>

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

using namespace mtp;
using namespace std::chrono_literals;

namespace {

tl::messageService a_service(tl::MessageAction action) {
  tl::messageService out;
  out.id = 8;
  out.date = 100;
  out.peer_id = tl::peerChannel{.channel_id = 7};
  out.from_id = tl::peerUser{.user_id = 5};
  out.action = std::move(action);
  return out;
}

service_message told(tl::messageService service) {
  auto body = tl::encode(tl::Update(tl::updateNewMessage{.message = std::move(service)}));
  REQUIRE(body);
  auto raw = tl::decode<tl::Update>(*std::move(body));
  REQUIRE(raw);
  update const what(*std::move(raw), {}, 1);
  REQUIRE(what.holds<service_message>());
  return service_message(what);
}
service_message told(tl::MessageAction action) { return told(a_service(std::move(action))); }

bool is_of_action(std::uint32_t id) {
  auto const& ids = tl::MessageAction::constructor_ids;
  return std::ranges::find(ids, id) != std::end(ids);
}

}  // namespace

TEST_CASE("every action of the schema has one kind, and that can be read", "[events]") {
  auto const& names = tl::codec::names_of_api;
  test::value_writer random(names, 20261129);
  std::set<std::uint32_t> seen;
  std::set<service_kind> kinds;
  for (auto const& of : names.definitions) {
    if (!is_of_action(of.id)) continue;
    seen.insert(of.id);
    for (int round = 0; round < 12; ++round) {
      auto const action = tl::decode<tl::MessageAction>(random.write(of, round % 6).data);
      REQUIRE(action);
      auto const event = told(**action);
      kinds.insert(event.kind());
      update const what(event.raw(), {}, 1);
      CHECK(test::read_typed(what) == 1);
      bool const is_empty = event.action().holds<tl::messageActionEmpty>();
      CHECK((event.kind() == service_kind::other) == is_empty);
    }
  }
  CHECK(seen.size() == std::size(tl::MessageAction::constructor_ids));
  CHECK(kinds.size() > 60);
}

TEST_CASE("each row of the table of actions stands at its constructor", "[events]") {
  auto const rows = detail::all_service_rows();
  REQUIRE(rows.size() == std::size(tl::MessageAction::constructor_ids));
  for (std::size_t at = 0; at < rows.size(); ++at)
    CHECK(static_cast<std::size_t>(rows[at].of) == at + 1);
  CHECK(detail::kind_of(tl::MessageAction()) == service_kind::other);
  CHECK(detail::kind_of(tl::messageActionPinMessage{}) == service_kind::message_pinned);
  CHECK(detail::kind_of(tl::messageActionWebViewDataSentMe{}) == service_kind::web_app_data);
}

TEST_CASE("members are added by somebody, or come back by themselves", "[events]") {
  auto const added = told(tl::messageActionChatAddUser{.users = {42, 43}});
  CHECK(added.kind() == service_kind::members_added);
  CHECK(added.joined() == std::vector<std::int64_t>{42, 43});
  CHECK(added.inviter() == 5);
  auto const back = told(tl::messageActionChatAddUser{.users = {5}});
  CHECK(back.joined() == std::vector<std::int64_t>{5});
  CHECK(!back.inviter());
}

TEST_CASE("who follows a link, a request or a community has joined", "[events]") {
  auto const by_link = told(tl::messageActionChatJoinedByLink{.inviter_id = 9});
  CHECK(by_link.joined() == std::vector<std::int64_t>{5});
  CHECK(by_link.inviter() == 9);
  for (tl::MessageAction const& action :
       {tl::MessageAction(tl::messageActionChatJoinedByRequest{}),
        tl::MessageAction(tl::messageActionChatJoinedViaCommunity{.community_id = 3})}) {
    auto const other = told(action);
    CHECK(other.joined() == std::vector<std::int64_t>{5});
    CHECK(!other.inviter());
    CHECK(other.keys().size() == 1);
  }
}

TEST_CASE("what is pinned, paid or played is named where it is one of this chat", "[events]") {
  auto service = a_service(tl::messageActionPinMessage{});
  tl::messageReplyHeader header;
  header.reply_to_msg_id = 3;
  service.reply_to = header;
  CHECK(told(service).kind() == service_kind::message_pinned);
  CHECK(told(service).about() == 3);
  header.reply_to_peer_id = tl::peerUser{.user_id = 1};
  service.reply_to = header;
  CHECK(!told(service).about());
}

TEST_CASE("titles, photos, topics and life spans are told as they are now", "[events]") {
  CHECK(told(tl::messageActionChatEditTitle{.title = "New"}).title() == "New");
  auto const photo = told(tl::messageActionChatEditPhoto{.photo = tl::photo{.id = 6}});
  REQUIRE(photo.photo());
  CHECK(photo.photo()->id == 6);
  CHECK(!told(tl::messageActionChatEditPhoto{.photo = tl::photoEmpty{.id = 6}}).photo());
  CHECK(told(tl::messageActionSetMessagesTTL{.period = 60}).lifetime() == 60s);
  CHECK(!told(tl::messageActionPinMessage{}).lifetime());
  auto const made = told(tl::messageActionTopicCreate{.title = "News", .icon_color = 255});
  REQUIRE(made.topic());
  CHECK(made.topic()->title == "News");
  CHECK(made.topic()->colour == 255);
  auto const closed = told(tl::messageActionTopicEdit{.closed = true});
  REQUIRE(closed.topic());
  CHECK(!closed.topic()->title);
  CHECK(closed.topic()->closed == true);
}

TEST_CASE("a group that became a supergroup names the other side", "[events]") {
  auto const left = told(tl::messageActionChatMigrateTo{.channel_id = 77});
  CHECK(left.migrated_to() == peer_id{peer_kind::channel, 77});
  CHECK(!left.migrated_from());
  auto const come = told(tl::messageActionChannelMigrateFrom{.title = "Us", .chat_id = 6});
  CHECK(come.migrated_from() == peer_id{peer_kind::chat, 6});
  CHECK(come.title() == "Us");
}

TEST_CASE("calls are missed, over, going on or planned", "[events]") {
  tl::messageActionPhoneCall call{.video = true, .call_id = 4};
  call.reason = tl::phoneCallDiscardReasonMissed{};
  auto const missed = told(call);
  REQUIRE(missed.call());
  CHECK(missed.call()->missed);
  CHECK(missed.call()->video);
  CHECK(!missed.call()->duration);
  tl::InputGroupCall const group = tl::inputGroupCall{.id = 12, .access_hash = 1};
  auto const begun = told(tl::messageActionGroupCall{.call = group});
  REQUIRE(begun.call());
  CHECK(begun.call()->id == 12);
  CHECK(begun.call()->goes_on);
  auto const over = told(tl::messageActionGroupCall{.call = group, .duration = 30});
  CHECK(over.call()->duration == 30s);
  CHECK(!over.call()->goes_on);
  auto const planned =
      told(tl::messageActionGroupCallScheduled{.call = group, .schedule_date = 500});
  CHECK(planned.call()->begins == std::chrono::sys_seconds(500s));
  CHECK(!planned.call()->goes_on);
  CHECK(!told(tl::messageActionPinMessage{}).call());
}

TEST_CASE("a payment has its sum, its payload and its charge", "[events]") {
  tl::messageActionPaymentSentMe paid{.currency = "EUR", .total_amount = 250, .payload = "order 1"};
  paid.charge = {.id = "c", .provider_charge_id = "p"};
  paid.recurring_init = true;
  auto const event = told(paid);
  auto const payment = event.payment();
  REQUIRE(payment);
  CHECK(payment->currency == "EUR");
  CHECK(payment->amount == 250);
  CHECK(payment->payload == "order 1");
  CHECK(payment->charge == "c");
  CHECK(payment->provider_charge == "p");
  CHECK(payment->recurring);
  auto const stars = told(tl::messageActionGiftStars{.currency = "USD", .amount = 99, .stars = 50});
  CHECK(stars.stars() == 50);
  CHECK(stars.payment()->amount == 99);
  CHECK(!told(tl::messageActionPinMessage{}).payment());
  CHECK(!told(tl::messageActionPinMessage{}).stars());
}

TEST_CASE("bots are told whom they were given, what a web app sent, who scored", "[events]") {
  tl::messageActionRequestedPeer given{.button_id = 3};
  given.peers = {tl::peerUser{.user_id = 1}, tl::peerChat{.chat_id = 2}};
  auto const shared = told(given).shared();
  REQUIRE(shared);
  CHECK(shared->button == 3);
  CHECK(shared->peers == std::vector<peer_id>{{peer_kind::user, 1}, {peer_kind::chat, 2}});
  tl::messageActionRequestedPeerSentMe ours{.button_id = 3};
  ours.peers = {tl::requestedPeerChannel{.channel_id = 4}, tl::requestedPeerUser{.user_id = 5}};
  CHECK(told(ours).shared()->peers ==
        std::vector<peer_id>{{peer_kind::channel, 4}, {peer_kind::user, 5}});
  auto const sent = told(tl::messageActionWebViewDataSentMe{.text = "Open", .data = "{}"});
  CHECK(sent.text() == "Open");
  CHECK(sent.data() == "{}");
  auto const score = told(tl::messageActionGameScore{.game_id = 8, .score = 100}).score();
  REQUIRE(score);
  CHECK(score->game == 8);
  CHECK(score->points == 100);
}
