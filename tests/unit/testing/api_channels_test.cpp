// SPDX-License-Identifier: MIT OR Apache-2.0
#include "api_stage.hpp"

#include <support/catch.hpp>

#include <string>
#include <vector>

using namespace mtp;
using namespace mtp::testing;
using test::api_client;
using test::api_stage;

namespace {

constexpr std::int64_t alice_id = 42;
constexpr std::int64_t bot_id = 777000777;
constexpr std::int64_t news_id = 5001;

/// Alice's channel, in which the bot is a member.
struct channel_stage {
  channel_stage() : bot(s), alice(s) {
    bot.sign_in_bot();
    alice.sign_in("9996621001");
    auto& made = s.population.all_channels().create(news_id, "News", alice_id, 1'800'000'000);
    made.members.insert(bot_id);
  }

  channel& news() { return *s.population.all_channels().find(news_id); }
  std::int32_t write(std::string text) {
    auto const sent = s.population.send(alice_id, peer::channel(news_id), std::move(text), 5);
    REQUIRE(sent);
    return sent->id;
  }
  void write_some(int count) {
    for (int i = 1; i <= count; ++i) write(std::to_string(i));
  }
  std::int64_t hash_for(std::int64_t viewer) { return s.population.channel_hash(viewer, news_id); }
  tl::InputChannel for_bot() {
    return tl::inputChannel{.channel_id = news_id, .access_hash = hash_for(bot_id)};
  }
  tl::channels::getMessages wanted(std::vector<std::int32_t> const& ids) {
    tl::channels::getMessages q;
    q.channel = for_bot();
    for (auto const id : ids) q.id.push_back(tl::inputMessageID{.id = id});
    return q;
  }
  tl::updates::getChannelDifference since(std::int32_t pts, std::int32_t limit = 100) {
    tl::updates::getChannelDifference q;
    q.channel = for_bot();
    q.filter = tl::channelMessagesFilterEmpty{};
    q.pts = pts;
    q.limit = limit;
    return q;
  }

  api_stage s;
  api_client bot;
  api_client alice;
};

std::vector<std::string> texts_of(tl::list<tl::Message> const& messages) {
  std::vector<std::string> out;
  for (auto const& one : messages) {
    auto const* text = one.get_if<tl::message>();
    out.push_back(text ? text->message.str() : "-");
  }
  return out;
}

using texts = std::vector<std::string>;

}  // namespace

TEST_CASE("messages of a channel are had by their numbers", "[testing][api][channels]") {
  channel_stage c;
  c.write_some(3);
  c.s.population.remove_posts(news_id, {2}, 6);
  auto const answer = c.bot.call(c.wanted({3, 2, 1, 99}));
  REQUIRE(answer);
  auto const* found = answer->get_if<tl::messages::channelMessages>();
  REQUIRE(found);
  CHECK(texts_of(found->messages) == texts{"3", "-", "1", "-"});
  CHECK(found->pts == c.news().pts);
  CHECK(found->messages[0].get_if<tl::message>()->post);
  CHECK_FALSE(found->messages[0].get_if<tl::message>()->from_id);
  REQUIRE(found->chats.size() == 1);
  auto const* shown = found->chats[0].get_if<tl::channel>();
  REQUIRE(shown);
  CHECK(shown->id == news_id);
  CHECK(shown->access_hash == c.hash_for(bot_id));
}

TEST_CASE("the message that another answers is had by the answer", "[testing][api][channels]") {
  channel_stage c;
  c.write("question");
  auto q = c.alice.message(
      tl::inputPeerChannel{.channel_id = news_id, .access_hash = c.hash_for(alice_id)}, "answer");
  q.reply_to = tl::inputReplyToMessage{.reply_to_msg_id = 1};
  REQUIRE(c.alice.call(q));
  tl::channels::getMessages wanted;
  wanted.channel = c.for_bot();
  wanted.id.push_back(tl::inputMessageReplyTo{.id = 2});
  wanted.id.push_back(tl::inputMessageReplyTo{.id = 1});
  auto const answer = c.bot.call(wanted);
  REQUIRE(answer);
  CHECK(texts_of(answer->get_if<tl::messages::channelMessages>()->messages) ==
        texts{"question", "-"});
}

TEST_CASE("a channel is for its members, unless it has a name", "[testing][api][channels]") {
  channel_stage c;
  c.write("hello");
  auto q = c.wanted({1});
  q.channel = tl::inputChannel{.channel_id = 1, .access_hash = 1};
  CHECK(c.bot.refusal(q) == "400 CHANNEL_INVALID");
  q.channel = tl::inputChannel{.channel_id = news_id, .access_hash = 1};
  CHECK(c.bot.refusal(q) == "400 CHANNEL_INVALID");
  c.news().members.erase(bot_id);
  CHECK(c.bot.refusal(c.wanted({1})) == "400 CHANNEL_PRIVATE");
  CHECK(c.bot.refusal(c.since(1)) == "400 CHANNEL_PRIVATE");
  c.news().username = "the_news";
  CHECK(c.bot.call(c.wanted({1})));
  CHECK(c.bot.refusal(c.wanted({})) == "400 MSG_ID_INVALID");
}

TEST_CASE("members hear of what happens in a channel", "[testing][api][channels]") {
  channel_stage c;
  c.bot.call(c.since(1));
  auto const to = tl::inputPeerChannel{.channel_id = news_id, .access_hash = c.hash_for(alice_id)};
  auto const request = c.alice.message(to, "first");
  REQUIRE(c.alice.call(request));
  REQUIRE(c.alice.call(request));  // repeated, so written once
  auto news = c.bot.take_updates();
  REQUIRE(news.size() == 1);
  auto const* fresh = news[0].get_if<tl::updateNewChannelMessage>();
  REQUIRE(fresh);
  CHECK(fresh->message.get_if<tl::message>()->message == "first");
  CHECK(fresh->pts == 2);
  CHECK(fresh->pts_count == 1);
  CHECK(c.alice.take_updates().empty());  // its author got it as the answer

  REQUIRE(c.s.population.edit_post(news_id, 1, "second", 7));
  c.s.population.remove_posts(news_id, {1}, 8);
  c.write("third");
  c.alice.yes(tl::account::updateStatus{.offline = false});  // whatever is called delivers them
  news = c.bot.take_updates();
  REQUIRE(news.size() == 2);  // the edit is of a message that is gone
  auto const* gone = news[0].get_if<tl::updateDeleteChannelMessages>();
  REQUIRE(gone);
  CHECK(gone->pts == 4);
  CHECK(news[1].get_if<tl::updateNewChannelMessage>()->pts == 5);
  auto const refused = c.bot.message(
      tl::inputPeerChannel{.channel_id = news_id, .access_hash = c.hash_for(bot_id)}, "mine");
  CHECK(c.bot.refusal(refused) == "403 CHAT_WRITE_FORBIDDEN");
}

TEST_CASE("the difference of a channel comes in parts", "[testing][api][channels]") {
  channel_stage c;
  c.write_some(5);
  REQUIRE(c.s.population.edit_post(news_id, 1, "1, edited", 7));
  texts seen;
  std::int32_t pts = 1;
  std::size_t edits = 0;
  for (bool final = false; !final;) {
    auto const answer = c.bot.call(c.since(pts, 2));
    REQUIRE(answer);
    auto const* part = answer->get_if<tl::updates::channelDifference>();
    REQUIRE(part);
    for (auto const& text : texts_of(part->new_messages)) seen.push_back(text);
    edits += part->other_updates.size();
    pts = part->pts;
    final = part->final;
  }
  CHECK(seen == texts{"1, edited", "2", "3", "4", "5"});
  CHECK(edits == 1);
  auto const rest = c.bot.call(c.since(pts));
  REQUIRE(rest);
  CHECK(rest->get_if<tl::updates::channelDifferenceEmpty>());
}

TEST_CASE("who missed more than a channel's log keeps is told where it stands",
          "[testing][api][channels]") {
  channel_stage c;
  c.write_some(1005);
  auto const answer = c.bot.call(c.since(3));
  REQUIRE(answer);
  auto const* part = answer->get_if<tl::updates::channelDifferenceTooLong>();
  REQUIRE(part);
  auto const* dialog = part->dialog.get_if<tl::dialog>();
  CHECK(dialog->pts == c.news().pts);
  CHECK(dialog->top_message == 1005);
  REQUIRE(part->messages.size() == 10);
  CHECK(texts_of(part->messages).back() == "996");
  auto const rest = c.bot.call(c.since(7));
  REQUIRE(rest);
  CHECK(rest->get_if<tl::updates::channelDifference>());
}

TEST_CASE("the history of a channel is read in pages", "[testing][api][channels]") {
  channel_stage c;
  c.write_some(25);
  tl::messages::getHistory q;
  q.peer = tl::inputPeerChannel{.channel_id = news_id, .access_hash = c.hash_for(bot_id)};
  q.limit = 10;
  texts seen;
  while (true) {
    auto const page = c.bot.call(q);
    REQUIRE(page);
    auto const* found = page->get_if<tl::messages::channelMessages>();
    REQUIRE(found);
    CHECK(found->count == 25);
    if (found->messages.empty()) break;
    for (auto const& text : texts_of(found->messages)) seen.push_back(text);
    q.offset_id = found->messages[found->messages.size() - 1].get_if<tl::message>()->id;
  }
  REQUIRE(seen.size() == 25);
  CHECK(seen.front() == "25");
  CHECK(seen.back() == "1");
}
