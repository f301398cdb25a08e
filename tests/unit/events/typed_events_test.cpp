// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What events say of updates that came as bytes.
#include "support/catch.hpp"

#include <mtp/events/all.hpp>
#include <mtp/tl/decode.hpp>
#include <mtp/tl/encode.hpp>
#include <mtp/tl/types/ChannelParticipant.hpp>
#include <mtp/tl/types/ChatBannedRights.hpp>
#include <mtp/tl/types/ChatParticipant.hpp>
#include <mtp/tl/types/ExportedChatInvite.hpp>
#include <mtp/tl/types/InputBotInlineMessageID.hpp>
#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/MessageAction.hpp>
#include <mtp/tl/types/MessageReactions.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/Reaction.hpp>
#include <mtp/tl/types/ReactionCount.hpp>
#include <mtp/tl/types/SendMessageAction.hpp>
#include <mtp/tl/types/Update.hpp>
#include <mtp/tl/types/UserStatus.hpp>

#include <utility>
#include <vector>

using namespace mtp;

namespace {

constexpr peer_id alice{peer_kind::user, 42};
constexpr peer_id room{peer_kind::channel, 7};
tl::Peer const alice_tl = tl::peerUser{.user_id = 42};
tl::Peer const room_tl = tl::peerChannel{.channel_id = 7};

/// The event of an update that goes over the wire on its way.
template <class Event>
Event over_the_wire(tl::Update const& sent) {
  auto body = tl::encode(sent);
  REQUIRE(body);
  auto raw = tl::decode<tl::Update>(*std::move(body));
  REQUIRE(raw);
  update const what(*std::move(raw), {}, 1);
  auto event = what.get_if<Event>();
  REQUIRE(event);
  return *std::move(event);
}

tl::updateChannelParticipant a_change() {
  tl::updateChannelParticipant out;
  out.channel_id = 7;
  out.date = 100;
  out.actor_id = 5;
  out.user_id = 42;
  return out;
}

}  // namespace

TEST_CASE("a callback query says who pressed what, where", "[events]") {
  tl::updateBotCallbackQuery raw;
  raw.query_id = 9;
  raw.user_id = 42;
  raw.peer = room_tl;
  raw.msg_id = 3;
  raw.chat_instance = 11;
  raw.data = tl::bytes("yes");
  auto const query = over_the_wire<callback_query>(raw);
  CHECK(query.id() == 9);
  CHECK(query.sender() == alice);
  CHECK(query.chat() == room);
  CHECK(query.message_id() == 3);
  CHECK(!query.inline_message_id());
  CHECK(query.data() == "yes");
  CHECK(query.game().empty());
  CHECK(query.chat_instance() == 11);
}

TEST_CASE("a callback query of an inline message has no chat but a name of its message",
          "[events]") {
  tl::updateInlineBotCallbackQuery raw;
  raw.query_id = 9;
  raw.user_id = 42;
  raw.msg_id = tl::inputBotInlineMessageID{.dc_id = 2, .id = 1, .access_hash = 6};
  raw.game_short_name = tl::string("chess");
  auto const query = over_the_wire<callback_query>(raw);
  CHECK(!query.chat());
  CHECK(!query.message_id());
  REQUIRE(query.inline_message_id());
  CHECK(*query.inline_message_id()->dc_id() == 2);
  CHECK(query.data().empty());
  CHECK(query.game() == "chess");
}

TEST_CASE("an edited message says whether it is shown as edited", "[events]") {
  tl::message text{.id = 7, .peer_id = alice_tl, .date = 1, .message = "hello"};
  for (bool const quiet : {false, true}) {
    text.edit_hide = quiet;
    auto const edit =
        over_the_wire<edited_message>(tl::updateEditMessage{.message = text, .pts = 1});
    CHECK(edit.text() == "hello");
    CHECK(edit.quiet() == quiet);
  }
}

TEST_CASE("deleted messages name their chat where the server does", "[events]") {
  auto const here = over_the_wire<deleted_messages>(
      tl::updateDeleteChannelMessages{.channel_id = 7, .messages = {1, 2}});
  CHECK(here.chat() == room);
  CHECK(here.ids().size() == 2);
  auto const somewhere = over_the_wire<deleted_messages>(tl::updateDeleteMessages{.messages = {3}});
  CHECK(!somewhere.chat());
  CHECK(somewhere.ids().front() == 3);
}

TEST_CASE("somebody joins a channel by a link", "[events]") {
  auto raw = a_change();
  raw.new_participant = tl::channelParticipant{.user_id = 42, .date = 100};
  tl::chatInviteExported link;
  link.link = "https://t.me/+abc";
  raw.invite = link;
  auto const change = over_the_wire<member_change>(raw);
  CHECK(change.chat() == room);
  CHECK(change.user() == alice);
  CHECK(change.actor() == peer_id{peer_kind::user, 5});
  CHECK(change.before() == member_status::none);
  CHECK(change.now() == member_status::member);
  CHECK(change.joined());
  CHECK(!change.left());
  CHECK(change.invite_link() == "https://t.me/+abc");
  CHECK(!change.by_request());
}

TEST_CASE("who is thrown out is banned, who is only held back stays", "[events]") {
  auto raw = a_change();
  raw.prev_participant = tl::channelParticipant{.user_id = 42, .date = 100};
  tl::channelParticipantBanned ban;
  ban.peer = alice_tl;
  raw.new_participant = ban;
  auto const held_back = over_the_wire<member_change>(raw);
  CHECK(held_back.now() == member_status::restricted);
  CHECK(!held_back.left());
  CHECK(!held_back.key());
  ban.left = true;
  ban.banned_rights.view_messages = true;
  raw.new_participant = ban;
  auto const thrown_out = over_the_wire<member_change>(raw);
  CHECK(thrown_out.now() == member_status::banned);
  CHECK(thrown_out.left());
}

TEST_CASE("a join that comes as two updates has one key", "[events]") {
  tl::updateChatParticipantAdd added;
  added.chat_id = 1000;
  added.user_id = 42;
  added.inviter_id = 5;
  auto const change = over_the_wire<member_change>(added);
  tl::messageService service;
  service.id = 8;
  service.peer_id = tl::peerChat{.chat_id = 1000};
  service.from_id = tl::peerUser{.user_id = 5};
  service.action = tl::messageActionChatAddUser{.users = {42}};
  auto const told = over_the_wire<service_message>(tl::updateNewMessage{.message = service});
  REQUIRE(change.key());
  CHECK(told.keys() == std::vector{*change.key()});
  CHECK(change.joined());
  CHECK(change.actor() == told.sender());

  tl::updateChatParticipantDelete removed{.chat_id = 1000, .user_id = 42};
  auto const gone = over_the_wire<member_change>(removed);
  service.action = tl::messageActionChatDeleteUser{.user_id = 42};
  auto const told_gone = over_the_wire<service_message>(tl::updateNewMessage{.message = service});
  REQUIRE(gone.key());
  CHECK(told_gone.keys() == std::vector{*gone.key()});
  CHECK(*gone.key() != *change.key());
}

TEST_CASE("reactions of our own are told in their order, or not at all", "[events]") {
  tl::updateMessageReactions raw;
  raw.peer = room_tl;
  raw.msg_id = 3;
  tl::reactionCount one{.reaction = tl::reactionEmoji{.emoticon = "a"}, .count = 2};
  one.chosen_order = 1;
  tl::reactionCount two{.reaction = tl::reactionEmoji{.emoticon = "b"}, .count = 2};
  two.chosen_order = 0;
  tl::reactionCount other{.reaction = tl::reactionPaid{}, .count = 2};
  raw.reactions.results = {one, other, two};
  auto const whole = over_the_wire<message_reactions>(raw);
  REQUIRE(whole.chosen());
  CHECK(*whole.chosen() == std::vector<tl::Reaction>{two.reaction, one.reaction});
  raw.reactions.min = true;
  CHECK(!over_the_wire<message_reactions>(raw).chosen());
}

TEST_CASE("somebody types in a private chat, a group, a secret chat", "[events]") {
  auto const here = over_the_wire<typing>(
      tl::updateUserTyping{.user_id = 42, .action = tl::sendMessageTypingAction{}});
  CHECK(here.sender() == alice);
  CHECK(here.chat() == alice);
  CHECK(!here.stopped());
  auto const there = over_the_wire<typing>(tl::updateChatUserTyping{
      .chat_id = 1000, .from_id = alice_tl, .action = tl::sendMessageCancelAction{}});
  CHECK(there.sender() == alice);
  CHECK(there.chat() == peer_id{peer_kind::chat, 1000});
  CHECK(there.stopped());
  auto const secret = over_the_wire<typing>(tl::updateEncryptedChatTyping{.chat_id = 4});
  CHECK(!secret.chat());
  CHECK(secret.secret_chat() == 4);
  CHECK(!secret.action());
}

TEST_CASE("reading is told in both directions, of chats and of topics", "[events]") {
  tl::updateReadHistoryInbox inbox;
  inbox.peer = alice_tl;
  inbox.max_id = 5;
  inbox.still_unread_count = 2;
  auto const ours = over_the_wire<history_read>(inbox);
  CHECK(ours.chat() == alice);
  CHECK(!ours.outgoing());
  CHECK(ours.up_to() == 5);
  CHECK(ours.still_unread() == 2);
  auto const theirs = over_the_wire<history_read>(
      tl::updateReadChannelDiscussionOutbox{.channel_id = 7, .top_msg_id = 2, .read_max_id = 9});
  CHECK(theirs.chat() == room);
  CHECK(theirs.outgoing());
  CHECK(theirs.up_to() == 9);
  CHECK(theirs.thread() == 2);
  CHECK(!theirs.still_unread());
}
