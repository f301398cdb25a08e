// SPDX-License-Identifier: MIT OR Apache-2.0
#include "api_stage.hpp"

#include <support/catch.hpp>

#include <set>

using namespace mtp;
using namespace mtp::testing;
using test::api_client;
using test::api_stage;

// Clients look up everybody whom a message names in the list that came with it.

namespace {

using ids = std::set<std::int64_t>;

constexpr std::int64_t alice_id = 42;
constexpr std::int64_t bob_id = 43;
constexpr std::int64_t bot_id = 777000777;

template <class Lists>
ids users_of(Lists const& lists) {
  ids out;
  for (auto const& one : lists.users) {
    auto const* user = one.template get_if<tl::user>();
    out.insert(user ? user->id : 0);  // nobody
  }
  return out;
}

/// Alice founds a group with Bob and the bot.
struct group_stage {
  group_stage() : bot(s), alice(s) {
    bot.sign_in_bot();
    alice.sign_in("9996621001");
    auto const before = bot.call(tl::updates::getState{});
    state = before->pts;
    tl::messages::createChat create;
    create.title = "Friends";
    create.users = {tl::InputUser(tl::inputUser{.user_id = bot_id}),
                    tl::InputUser(tl::inputUser{.user_id = bob_id})};
    auto const made = alice.call(create);
    chat = made->updates.get_if<tl::updates_>()->chats[0].get_if<tl::chat>()->id;
    bot.run();
    bot.events.clear();
  }

  /// The one update that was pushed to the bot, with its lists.
  tl::updates_ pushed() {
    bot.run();
    auto const all = bot.all<mtproto::session_events::pushed_object>();
    REQUIRE(all.size() == 1);
    auto const read = tl::decode<tl::Updates>(bytes_view(all[0].body));
    REQUIRE(read);
    return *(*read)->get_if<tl::updates_>();
  }
  ids pushed_users() { return users_of(pushed()); }

  tl::InputPeer room() const { return tl::inputPeerChat{.chat_id = chat}; }

  api_stage s;
  api_client bot;
  api_client alice;
  std::int64_t chat = 0;
  std::int32_t state = 0;
};

}  // namespace

TEST_CASE("who was put out of a group is listed wherever that is told", "[testing][api]") {
  group_stage g;
  tl::messages::deleteChatUser removal;
  removal.chat_id = g.chat;
  removal.user_id = tl::inputUser{.user_id = bob_id};
  auto const answer = g.alice.call(removal);
  REQUIRE(answer);
  CHECK(users_of(*answer->get_if<tl::updates_>()) == ids{alice_id, bob_id, bot_id});
  CHECK(g.pushed_users() == ids{alice_id, bob_id});

  tl::messages::getHistory history;
  history.peer = g.room();
  history.limit = 1;
  auto const page = g.bot.call(history);
  REQUIRE(page);
  CHECK(users_of(*page->get_if<tl::messages::messagesSlice>()) == ids{alice_id, bob_id});

  tl::messages::search search;
  search.peer = g.room();
  search.filter = tl::inputMessagesFilterEmpty{};
  search.limit = 1;
  auto const found = g.bot.call(search);
  REQUIRE(found);
  CHECK(users_of(*found->get_if<tl::messages::messagesSlice>()) == ids{alice_id, bob_id});

  tl::messages::getMessages one;
  one.id = {tl::InputMessage(tl::inputMessageID{.id = 2})};
  auto const got = g.bot.call(one);
  REQUIRE(got);
  CHECK(users_of(*got->get_if<tl::messages::messages>()) == ids{alice_id, bob_id});

  tl::updates::getDifference missed;
  missed.pts = g.state + 1;
  auto const news = g.bot.call(missed);
  REQUIRE(news);
  CHECK(users_of(*news->get_if<tl::updates::difference>()) == ids{alice_id, bob_id});
}

TEST_CASE("who founded a group together is listed with the news of it", "[testing][api]") {
  group_stage g;
  tl::messages::getHistory history;
  history.peer = g.room();
  history.limit = 1;
  auto const page = g.bot.call(history);
  REQUIRE(page);
  CHECK(users_of(*page->get_if<tl::messages::messages>()) == ids{alice_id, bob_id, bot_id});
}

TEST_CASE("who is named by a message's media is listed", "[testing][api]") {
  group_stage g;
  tl::inputMediaContact card;
  card.phone_number = "9996621002";
  card.first_name = "Bob";
  tl::messages::sendMedia q;
  q.peer = g.room();
  q.media = std::move(card);
  q.random_id = 5;
  REQUIRE(g.alice.call(q));
  CHECK(g.pushed_users() == ids{alice_id, bob_id});
}

TEST_CASE("who is named by an update that a test made up is listed, strangers are not",
          "[testing][api]") {
  group_stage g;
  auto const told = [&](std::int64_t user) {
    tl::updateUserName update;
    update.user_id = user;
    g.s.population.box(bot_id).announce(any_update{encode_object(tl::Update(update))},
                                        1'800'000'000);
    g.bot.events.clear();
    g.s.core.deliver_events(g.bot.now);
    return g.pushed_users();
  };
  CHECK(told(bob_id) == ids{bob_id});
  CHECK(told(999) == ids{});
}

namespace {

tl::MessageEntity mention_of(std::int64_t user, std::int32_t offset) {
  tl::inputMessageEntityMentionName out;
  out.offset = offset;
  out.length = 1;
  out.user_id = tl::inputUser{.user_id = user};
  return out;
}

tl::MessageEntity bold() {
  tl::messageEntityBold out;
  out.length = 1;
  return out;
}

/// What readers are to see of mention_of().
tl::MessageEntity seen_mention(std::int64_t user, std::int32_t offset) {
  tl::messageEntityMentionName out;
  out.offset = offset;
  out.length = 1;
  out.user_id = user;
  return out;
}

using entities = tl::list<tl::MessageEntity>;

/// Of the one message that an update brings.
entities entities_in(tl::updates_ const& news) {
  auto const& update = news.updates[0];
  auto const* added = update.get_if<tl::updateNewMessage>();
  auto const* edited = update.get_if<tl::updateEditMessage>();
  auto const& message = added ? added->message : edited->message;
  return message.get_if<tl::message>()->entities.value_or(entities{});
}

}  // namespace

TEST_CASE("a mention by name arrives with the user's number, and the user", "[testing][api]") {
  group_stage g;
  auto q = g.alice.message(g.room(), "abc");
  q.entities = entities{mention_of(bob_id, 0), mention_of(999, 1), bold()};
  REQUIRE(g.alice.call(q));
  auto const news = g.pushed();
  CHECK(entities_in(news) == entities{seen_mention(bob_id, 0), bold()});
  CHECK(users_of(news) == ids{alice_id, bob_id});
}

TEST_CASE("a mention by name in an edit and in an album", "[testing][api]") {
  group_stage g;
  auto q = g.alice.message(g.room(), "abc");
  REQUIRE(g.alice.call(q));
  g.bot.take_updates();
  tl::messages::editMessage edit;
  edit.peer = g.room();
  edit.id = 2;
  edit.message = tl::string("abc");
  edit.entities = entities{mention_of(bob_id, 2)};
  REQUIRE(g.alice.call(edit));
  CHECK(entities_in(g.pushed()) == entities{seen_mention(bob_id, 2)});

  g.bot.take_updates();
  tl::inputMediaContact card;
  card.phone_number = "1";
  tl::inputSingleMedia item;
  item.media = std::move(card);
  item.random_id = 5;
  item.message = "abc";
  item.entities = entities{mention_of(bob_id, 1)};
  tl::messages::sendMultiMedia album;
  album.peer = g.room();
  album.multi_media = {std::move(item)};
  REQUIRE(g.alice.call(album));
  CHECK(entities_in(g.pushed()) == entities{seen_mention(bob_id, 1)});
}

TEST_CASE("a message of which no mention is left has no entities", "[testing][api]") {
  group_stage g;
  auto q = g.alice.message(g.room(), "abc");
  q.entities = entities{mention_of(999, 1)};
  REQUIRE(g.alice.call(q));
  auto const news = g.pushed();
  auto const& message = news.updates[0].get_if<tl::updateNewMessage>()->message;
  CHECK_FALSE(message.get_if<tl::message>()->entities);
}
