// SPDX-License-Identifier: MIT OR Apache-2.0
#include "api_stage.hpp"

#include <support/catch.hpp>

using namespace mtp;
using namespace mtp::testing;
using test::api_client;
using test::api_stage;

namespace {

template <class T>
T const* find(tl::Updates const& updates) {
  for (auto const& one : updates.get_if<tl::updates_>()->updates) {
    if (auto const* found = one.get_if<T>()) return found;
  }
  return nullptr;
}

/// A bot and a person who are signed in and have said hello.
struct conversation {
  conversation() : bot(s), alice(s) {
    bot.sign_in_bot();
    alice.sign_in("9996621001");
    to_bot = alice.peer_of("echo_bot");
    to_alice = bot.peer_of("alice");
  }
  api_stage s;
  api_client bot;
  api_client alice;
  tl::InputPeer to_bot;
  tl::InputPeer to_alice;
};

}  // namespace

TEST_CASE("a message is answered to its author and pushed to the other", "[testing][api]") {
  conversation c;
  auto const request = c.alice.message(c.to_bot, "hello");
  auto const sent = c.alice.call(request);
  REQUIRE(sent);
  auto const* id = find<tl::updateMessageID>(*sent);
  auto const* own = find<tl::updateNewMessage>(*sent);
  REQUIRE(id);
  REQUIRE(own);
  CHECK(id->random_id == request.random_id);
  CHECK(own->message.get_if<tl::message>()->id == id->id);
  CHECK(own->message.get_if<tl::message>()->out);
  CHECK(own->pts_count == 1);
  CHECK(c.alice.take_updates().empty());

  auto const pushed = c.bot.take_updates();
  REQUIRE(pushed.size() == 1);
  auto const* theirs = pushed[0].get_if<tl::updateNewMessage>();
  REQUIRE(theirs);
  CHECK(theirs->message.get_if<tl::message>()->message == "hello");
  CHECK_FALSE(theirs->message.get_if<tl::message>()->out);
  CHECK(theirs->message.get_if<tl::message>()->peer_id.get_if<tl::peerUser>()->user_id == 42);
}

TEST_CASE("a repeated call does not send twice", "[testing][api]") {
  conversation c;
  auto const request = c.alice.message(c.to_bot, "once");
  auto const first = c.alice.call(request);
  auto const second = c.alice.call(request);
  REQUIRE(second);
  CHECK(find<tl::updateMessageID>(*first)->id == find<tl::updateMessageID>(*second)->id);
  CHECK(find<tl::updateNewMessage>(*first)->pts == find<tl::updateNewMessage>(*second)->pts);
  CHECK(c.bot.take_updates().size() == 1);
}

TEST_CASE("history is read in pages until it is empty", "[testing][api]") {
  conversation c;
  for (int i = 1; i <= 25; ++i) c.alice.call(c.alice.message(c.to_bot, std::to_string(i)));
  tl::messages::getHistory q;
  q.peer = c.to_bot;
  q.limit = 10;
  std::vector<std::string> texts;
  while (true) {
    auto const page = c.alice.call(q);
    auto const* slice = page->get_if<tl::messages::messagesSlice>();
    REQUIRE(slice);
    CHECK(slice->count == 25);
    if (slice->messages.empty()) break;
    for (auto const& one : slice->messages) {
      texts.push_back(one.get_if<tl::message>()->message.str());
      q.offset_id = one.get_if<tl::message>()->id;
    }
    CHECK(slice->users.size() == 2);
  }
  REQUIRE(texts.size() == 25);
  CHECK(texts.front() == "25");
  CHECK(texts.back() == "1");
}

TEST_CASE("offsets of a history move its window", "[testing][api]") {
  conversation c;
  for (int i = 1; i <= 9; ++i) c.alice.call(c.alice.message(c.to_bot, std::to_string(i)));
  auto const page = [&](std::int32_t offset_id, std::int32_t add, std::int32_t limit,
                        std::int32_t max_id = 0, std::int32_t min_id = 0) {
    tl::messages::getHistory q;
    q.peer = c.to_bot;
    q.offset_id = offset_id;
    q.add_offset = add;
    q.limit = limit;
    q.max_id = max_id;
    q.min_id = min_id;
    std::string out;
    auto const answer = c.alice.call(q);
    auto const add_all = [&](auto const& list) {
      for (auto const& one : list) out += one.template get_if<tl::message>()->message.str();
    };
    if (auto const* slice = answer->get_if<tl::messages::messagesSlice>()) add_all(slice->messages);
    if (auto const* whole = answer->get_if<tl::messages::messages>()) add_all(whole->messages);
    return out;
  };
  CHECK(page(0, 0, 3) == "987");
  CHECK(page(5, 0, 3) == "432");
  CHECK(page(5, -2, 3) == "654");
  CHECK(page(5, -100, 3) == "");
  CHECK(page(5, 1, 3) == "321");
  CHECK(page(0, 0, 100) == "987654321");
  CHECK(page(0, 0, 100, 6, 3) == "54");
  CHECK(page(0, 0, 0) == "");
  CHECK(page(0, INT32_MIN, INT32_MAX) == "");
}

TEST_CASE("a difference tells what was missed, in slices", "[testing][api]") {
  conversation c;
  auto const before = c.bot.call(tl::updates::getState{});
  for (int i = 1; i <= 5; ++i) c.alice.call(c.alice.message(c.to_bot, std::to_string(i)));
  tl::updates::getDifference q;
  q.pts = before->pts;
  q.pts_limit = 2;
  std::string texts;
  for (int i = 0; i < 2; ++i) {
    auto const answer = c.bot.call(q);
    auto const* slice = answer->get_if<tl::updates::differenceSlice>();
    REQUIRE(slice);
    for (auto const& one : slice->new_messages) texts += one.get_if<tl::message>()->message.str();
    q.pts = slice->intermediate_state.pts;
  }
  auto const last = c.bot.call(q);
  auto const* whole = last->get_if<tl::updates::difference>();
  REQUIRE(whole);
  for (auto const& one : whole->new_messages) texts += one.get_if<tl::message>()->message.str();
  CHECK(texts == "12345");
  CHECK(whole->state.pts == before->pts + 5);
  q.pts = whole->state.pts;
  auto const nothing = c.bot.call(q);
  CHECK(nothing->get_if<tl::updates::differenceEmpty>());
  q.pts += 1000;
  auto const reset = c.bot.call(q);
  CHECK(reset->get_if<tl::updates::difference>()->state.pts == before->pts + 5);
  q.pts = 0;
  CHECK(c.bot.refusal(q) == "400 PERSISTENT_TIMESTAMP_EMPTY");
}

TEST_CASE("edits, deletions, readings and typing reach the other side", "[testing][api]") {
  conversation c;
  c.alice.call(c.alice.message(c.to_bot, "one"));
  c.bot.take_updates();
  tl::messages::editMessage edit;
  edit.peer = c.to_bot;
  edit.id = 1;
  edit.message = tl::string("two");
  REQUIRE(c.alice.call(edit));
  auto updates = c.bot.take_updates();
  REQUIRE(updates.size() == 1);
  CHECK(updates[0].get_if<tl::updateEditMessage>()->message.get_if<tl::message>()->message ==
        "two");

  tl::messages::readHistory read;
  read.peer = c.to_alice;
  read.max_id = 1;
  auto const was_read = c.bot.call(read);
  CHECK(was_read->pts_count == 1);
  updates = c.alice.take_updates();
  REQUIRE(updates.size() == 1);
  CHECK(updates[0].get_if<tl::updateReadHistoryOutbox>()->max_id == 1);

  tl::messages::setTyping typing;
  typing.peer = c.to_alice;
  typing.action = tl::sendMessageTypingAction{};
  CHECK(c.bot.yes(typing));
  updates = c.alice.take_updates();
  REQUIRE(updates.size() == 1);
  CHECK(updates[0].get_if<tl::updateUserTyping>()->user_id == 777000777);

  tl::messages::deleteMessages remove;
  remove.revoke = true;
  remove.id = {1};
  auto const was_removed = c.alice.call(remove);
  CHECK(was_removed->pts_count == 1);
  updates = c.bot.take_updates();
  REQUIRE(updates.size() == 1);
  CHECK(updates[0].get_if<tl::updateDeleteMessages>()->messages.size() == 1);
}

TEST_CASE("a group is founded, joined, named and left", "[testing][api]") {
  conversation c;
  tl::messages::createChat create;
  create.title = "Friends";
  auto const* bot_peer = c.to_bot.get_if<tl::inputPeerUser>();
  create.users = {tl::InputUser(
      tl::inputUser{.user_id = bot_peer->user_id, .access_hash = bot_peer->access_hash})};
  auto const made = c.alice.call(create);
  REQUIRE(made);
  auto const* chat = made->updates.get_if<tl::updates_>()->chats[0].get_if<tl::chat>();
  REQUIRE(chat);
  CHECK(chat->title == "Friends");
  CHECK(c.bot.take_updates().size() == 1);

  tl::InputPeer const room = tl::inputPeerChat{.chat_id = chat->id};
  REQUIRE(c.alice.call(c.alice.message(room, "hi all")));
  auto const heard = c.bot.take_updates();
  REQUIRE(heard.size() == 1);
  auto const* message = heard[0].get_if<tl::updateNewMessage>()->message.get_if<tl::message>();
  CHECK(message->peer_id.get_if<tl::peerChat>()->chat_id == chat->id);
  CHECK(message->from_id.get_if<tl::peerUser>()->user_id == 42);

  tl::messages::getFullChat full;
  full.chat_id = chat->id;
  auto const details = c.bot.call(full);
  REQUIRE(details);
  CHECK(details->users.size() == 2);

  tl::messages::deleteChatUser leave;
  leave.chat_id = chat->id;
  leave.user_id = tl::inputUserSelf{};
  REQUIRE(c.bot.call(leave));
  CHECK(c.bot.refusal(c.bot.message(room, "gone")) == "403 CHAT_WRITE_FORBIDDEN");
}

TEST_CASE("who was removed is told so, and is no member any more", "[testing][api]") {
  conversation c;
  tl::messages::createChat make;
  make.title = "Friends";
  make.users = {tl::InputUser(tl::inputUser{.user_id = 777000777})};
  REQUIRE(c.alice.call(make));
  auto const chat = c.s.population.all_groups().all().rbegin()->first;
  c.bot.take_updates();
  tl::messages::deleteChatUser removal;
  removal.chat_id = chat;
  removal.user_id = tl::inputUser{.user_id = 777000777};
  auto const answer = c.alice.call(removal);
  REQUIRE(answer);
  std::vector<std::int64_t> members;
  for (auto const& one : answer->get_if<tl::updates_>()->updates) {
    auto const* told = one.get_if<tl::updateChatParticipants>();
    if (!told) continue;
    for (auto const& who : told->participants.get_if<tl::chatParticipants>()->participants)
      members.push_back(who.holds<tl::chatParticipantCreator>()
                            ? who.get_if<tl::chatParticipantCreator>()->user_id
                            : 0);
  }
  CHECK(members == std::vector<std::int64_t>{42});
  auto const heard = c.bot.take_updates();
  REQUIRE(heard.size() == 1);
  CHECK(heard[0].holds<tl::updateNewMessage>());
}

TEST_CASE("dialogs are listed, newest first, with their messages", "[testing][api]") {
  conversation c;
  c.alice.call(c.alice.message(c.to_bot, "to the bot"));
  c.alice.now = c.alice.now.after(std::chrono::seconds(5));
  c.alice.call(c.alice.message(tl::inputPeerSelf{}, "to myself"));
  tl::messages::getDialogs q;
  q.offset_peer = tl::inputPeerEmpty{};
  q.limit = 100;
  auto const answer = c.alice.call(q);
  auto const* all = answer->get_if<tl::messages::dialogs>();
  REQUIRE(all);
  REQUIRE(all->dialogs.size() == 2);
  CHECK(all->messages.size() == 2);
  CHECK(all->messages[0].get_if<tl::message>()->message == "to myself");
  q.limit = 1;
  auto const first = c.alice.call(q);
  auto const* slice = first->get_if<tl::messages::dialogsSlice>();
  REQUIRE(slice);
  CHECK(slice->count == 2);
  q.offset_peer = tl::inputPeerSelf{};
  q.offset_id = 2;
  q.offset_date = slice->messages[0].get_if<tl::message>()->date;
  auto const second = c.alice.call(q);
  REQUIRE(second->get_if<tl::messages::dialogsSlice>());
  CHECK(second->get_if<tl::messages::dialogsSlice>()->messages[0].get_if<tl::message>()->message ==
        "to the bot");
}

TEST_CASE("forwards keep their author, replies their target", "[testing][api]") {
  conversation c;
  c.alice.call(c.alice.message(c.to_bot, "wise words"));
  tl::messages::forwardMessages forward;
  forward.from_peer = c.to_bot;
  forward.to_peer = tl::inputPeerSelf{};
  forward.id = {1};
  forward.random_id = {77};
  auto const done = c.alice.call(forward);
  REQUIRE(done);
  auto const* copy = find<tl::updateNewMessage>(*done)->message.get_if<tl::message>();
  CHECK(copy->fwd_from->from_id.get_if<tl::peerUser>()->user_id == 42);

  auto reply = c.bot.message(c.to_alice, "indeed");
  tl::inputReplyToMessage to;
  to.reply_to_msg_id = 1;
  reply.reply_to = std::move(to);
  REQUIRE(c.bot.call(reply));
  auto const updates = c.alice.take_updates();
  REQUIRE(updates.size() == 1);
  auto const* message = updates[0].get_if<tl::updateNewMessage>()->message.get_if<tl::message>();
  CHECK(message->reply_to.get_if<tl::messageReplyHeader>()->reply_to_msg_id == 1);
}

TEST_CASE("a wrong access hash is refused", "[testing][api]") {
  conversation c;
  auto const wrong = tl::inputPeerUser{.user_id = 43, .access_hash = 12345};
  CHECK(c.alice.refusal(c.alice.message(wrong, "x")) == "400 PEER_ID_INVALID");
  auto const nobody = tl::inputPeerUser{.user_id = 999, .access_hash = 0};
  CHECK(c.alice.refusal(c.alice.message(nobody, "x")) == "400 PEER_ID_INVALID");
  auto const zero = tl::inputPeerUser{.user_id = 42, .access_hash = 0};
  CHECK(c.bot.refusal(c.bot.message(zero, "x")).empty());
}
