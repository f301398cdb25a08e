// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What a message says of itself, as it comes from the wire.
#include <mtp/tl/types/Message.hpp>

#include "support/catch.hpp"

#include <mtp/tl/decode.hpp>
#include <mtp/tl/encode.hpp>
#include <mtp/tl/types/Document.hpp>
#include <mtp/tl/types/MessageEntity.hpp>
#include <mtp/tl/types/MessageFwdHeader.hpp>
#include <mtp/tl/types/MessageMedia.hpp>
#include <mtp/tl/types/MessageReactions.hpp>
#include <mtp/tl/types/MessageReplies.hpp>
#include <mtp/tl/types/MessageReplyHeader.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/Photo.hpp>
#include <mtp/tl/types/Reaction.hpp>
#include <mtp/tl/types/ReactionCount.hpp>
#include <mtp/tl/types/ReplyMarkup.hpp>
#include <mtp/tl/types/RestrictionReason.hpp>
#include <mtp/types/message.hpp>

#include <string>
#include <utility>

using namespace mtp;

namespace {

tl::message plain(std::string_view text = "hello") {
  tl::message out;
  out.id = 7;
  out.peer_id = tl::peerChannel{.channel_id = 9};
  out.message = text;
  return out;
}

/// Written into bytes and read from them.
message from_wire(tl::message one) {
  auto const body = tl::encode(tl::Message(std::move(one)));
  REQUIRE(body);
  auto const whole = tl::decode<tl::Message>(slice(*body));
  REQUIRE(whole);
  auto const* const read = (*whole)->get_if<tl::message>();
  REQUIRE(read);
  return message(received<tl::message>(*whole, read), {});
}

message with_header(tl::messageReplyHeader header) {
  auto one = plain();
  one.reply_to = std::move(header);
  return from_wire(std::move(one));
}

message with_media(tl::MessageMedia media) {
  auto one = plain();
  one.media = std::move(media);
  return from_wire(std::move(one));
}

}  // namespace

TEST_CASE("a message that has nothing but its text says so of everything", "[types]") {
  auto const one = from_wire(plain());
  CHECK(one.entities().empty());
  CHECK_FALSE(one.command());
  CHECK_FALSE(one.media());
  CHECK_FALSE(one.has_media());
  CHECK(one.photo() == nullptr);
  CHECK(one.document() == nullptr);
  CHECK_FALSE(one.keyboard());
  CHECK_FALSE(one.album_id());
  CHECK_FALSE(one.is_reply());
  CHECK_FALSE(one.topic());
  CHECK_FALSE(one.reply_header());
  CHECK_FALSE(one.is_forwarded());
  CHECK_FALSE(one.via_bot());
  CHECK(one.signature().empty());
  CHECK_FALSE(one.edited());
  CHECK_FALSE(one.views());
  CHECK_FALSE(one.forwards());
  CHECK_FALSE(one.replies());
  CHECK(one.reactions().empty());
  CHECK(one.reaction_count() == 0);
  CHECK(one.restrictions().empty());
  CHECK_FALSE(one.is_private());
}

TEST_CASE("numbers of a message are those of the wire", "[types]") {
  auto raw = plain();
  raw.peer_id = tl::peerUser{.user_id = 4};
  raw.via_bot_id = 5;
  raw.views = 6;
  raw.forwards = 8;
  raw.edit_date = 1000;
  raw.grouped_id = -3;
  raw.post_author = tl::string("Ann");
  raw.replies = tl::messageReplies{.replies = 11};
  auto const one = from_wire(std::move(raw));
  CHECK(one.is_private());
  CHECK(one.via_bot() == 5);
  CHECK(one.views() == 6);
  CHECK(one.forwards() == 8);
  CHECK(one.edited() == std::chrono::sys_seconds(std::chrono::seconds(1000)));
  CHECK(one.album_id() == -3);
  CHECK(one.signature() == "Ann");
  CHECK(one.replies() == 11);
}

TEST_CASE("each flag of a message is its own", "[types]") {
  struct row {
    bool tl::message::* flag;
    bool (message::*says)() const;
  };
  row const rows[] = {{&tl::message::post, &message::is_post},
                      {&tl::message::mentioned, &message::mentions_us},
                      {&tl::message::silent, &message::is_silent},
                      {&tl::message::pinned, &message::is_pinned},
                      {&tl::message::noforwards, &message::is_protected},
                      {&tl::message::from_scheduled, &message::was_scheduled},
                      {&tl::message::edit_hide, &message::hides_edit},
                      {&tl::message::media_unread, &message::has_unread_content}};
  for (auto const& set : rows) {
    auto raw = plain();
    raw.*(set.flag) = true;
    auto const one = from_wire(std::move(raw));
    for (auto const& asked : rows) CHECK((one.*(asked.says))() == (asked.flag == set.flag));
  }
}

TEST_CASE("an answer in a topic names both, what stands there only the topic", "[types]") {
  auto const answer = with_header({.reply_to_msg_id = 3});
  CHECK(answer.reply_to() == 3);
  CHECK_FALSE(answer.topic());

  auto const in_topic = with_header({.forum_topic = true, .reply_to_msg_id = 3});
  CHECK_FALSE(in_topic.is_reply());
  CHECK(in_topic.topic() == 3);

  auto const both = with_header({.forum_topic = true, .reply_to_msg_id = 5, .reply_to_top_id = 3});
  CHECK(both.reply_to() == 5);
  CHECK(both.topic() == 3);

  auto story = plain();
  story.reply_to = tl::messageReplyStoryHeader{.peer = tl::peerUser{.user_id = 1}, .story_id = 2};
  auto const to_story = from_wire(std::move(story));
  CHECK_FALSE(to_story.is_reply());
  CHECK(to_story.reply_header().holds<tl::messageReplyStoryHeader>());
}

TEST_CASE("photos and files of a message are found, expired ones are null", "[types]") {
  tl::messageMediaPhoto photo;
  photo.photo = tl::photo{.id = 21};
  auto const shows = with_media(std::move(photo));
  REQUIRE(shows.photo());
  CHECK(shows.photo()->id == 21);
  CHECK(shows.document() == nullptr);

  tl::messageMediaDocument file;
  file.document = tl::document{.id = 22};
  auto const carries = with_media(std::move(file));
  REQUIRE(carries.document());
  CHECK(carries.document()->id == 22);
  CHECK(carries.photo() == nullptr);

  auto const expired = with_media(tl::messageMediaPhoto{});
  CHECK(expired.has_media());
  CHECK(expired.photo() == nullptr);
  CHECK_FALSE(with_media(tl::messageMediaEmpty{}).has_media());
}

TEST_CASE("lists and headers of a message are those of the wire", "[types]") {
  auto raw = plain();
  raw.entities = {tl::messageEntityBold{.offset = 0, .length = 2}};
  raw.fwd_from = tl::messageFwdHeader{.from_name = tl::string("Bob"), .date = 1};
  raw.reply_markup = tl::replyKeyboardHide{};
  raw.restriction_reason = {tl::restrictionReason{.platform = "ios", .reason = "porn"}};
  tl::messageReactions reactions;
  reactions.results = {
      tl::reactionCount{.reaction = tl::reactionEmoji{.emoticon = "a"}, .count = 2},
      tl::reactionCount{.reaction = tl::reactionPaid{}, .count = 2147483647}};
  raw.reactions = std::move(reactions);
  auto const one = from_wire(std::move(raw));
  REQUIRE(one.entities().size() == 1);
  CHECK(one.entities()[0].holds<tl::messageEntityBold>());
  REQUIRE(one.is_forwarded());
  CHECK(*one.forward_header()->from_name == "Bob");
  CHECK(one.keyboard().holds<tl::replyKeyboardHide>());
  REQUIRE(one.restrictions().size() == 1);
  CHECK(one.restrictions()[0].platform == "ios");
  CHECK(one.reactions().size() == 2);
  CHECK(one.reaction_count() == 2147483649);
}

TEST_CASE("the command of a message is read from its text", "[types]") {
  auto const one = from_wire(plain("/start@my_bot \n now  please"));
  auto const command = one.command();
  REQUIRE(command);
  CHECK(command->name == "start");
  CHECK(command->bot == "my_bot");
  CHECK(command->arguments == "now  please");

  auto const bare = from_wire(plain("/help"));
  REQUIRE(bare.command());
  CHECK(bare.command()->name == "help");
  CHECK(bare.command()->bot.empty());
  CHECK(bare.command()->arguments.empty());

  for (auto const* text : {"", "/", "/@bot", "/start@", "/a/b", "say /start", "/caf\xc3\xa9"})
    CHECK_FALSE(from_wire(plain(text)).command());
}
