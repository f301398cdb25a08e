// SPDX-License-Identifier: MIT OR Apache-2.0
#include "compose.hpp"

#include <testing/transcode/id_finder.hpp>

// Whose numbers stand in a value.

namespace {

using namespace mtp::test;
using mtp::testing::transcoding::id_finder;
using numbers = std::vector<std::int64_t>;

bytes now(std::string_view name, named_fields fields = {}) {
  return compose(mtp::testing::own_schema(), name, std::move(fields));
}

id_finder const& finder() {
  static id_finder const one(mtp::testing::own_schema());
  return one;
}

bytes user(std::int64_t id) { return now("peerUser", {{"user_id", i64(id)}}); }

TEST_CASE("the users of a service message are found", "[transcode][ids]") {
  auto const several = [](std::string_view name, named_fields more = {}) {
    more["users"] = list({i64(7), i64(8)});
    return finder().in(now(name, std::move(more))).users;
  };
  auto const one = [](std::string_view name, std::string_view field) {
    return finder().in(now(name, {{std::string(field), i64(9)}})).users;
  };
  CHECK(several("messageActionChatAddUser") == numbers{7, 8});
  CHECK(several("messageActionChatCreate", {{"title", text("a")}}) == numbers{7, 8});
  CHECK(one("messageActionChatDeleteUser", "user_id") == numbers{9});
  CHECK(one("messageActionChatJoinedByLink", "inviter_id") == numbers{9});
  CHECK(one("messageActionChangeCreator", "new_creator_id") == numbers{9});
  CHECK(finder()
            .in(now("messageActionRequestedPeer",
                    {{"button_id", i32(1)}, {"peers", list({user(5), user(6)})}}))
            .users == numbers{5, 6});
}

TEST_CASE("numbers that are nobody's are not taken for somebody's", "[transcode][ids]") {
  auto const score =
      finder().in(now("messageActionGameScore", {{"game_id", i64(7)}, {"score", i32(1)}}));
  CHECK(score.users.empty());
  CHECK(score.chats.empty());
}

TEST_CASE("users and chats are found however deep they stand", "[transcode][ids]") {
  bytes const origin = now("messageFwdHeader", {{"from_id", user(3)}, {"date", i32(1)}});
  bytes const chat = now("peerChat", {{"chat_id", i64(100)}});
  bytes const mention = now("messageEntityMentionName",
                            {{"offset", i32(0)}, {"length", i32(1)}, {"user_id", i64(4)}});
  bytes const message = now("message", {{"from_id", user(1)},
                                        {"peer_id", chat},
                                        {"fwd_from", origin},
                                        {"via_bot_id", i64(2)},
                                        {"id", i32(1)},
                                        {"date", i32(1)},
                                        {"message", text("x")},
                                        {"entities", list({mention})}});
  auto const named = finder().in(
      now("updateNewMessage", {{"message", message}, {"pts", i32(1)}, {"pts_count", i32(1)}}));
  CHECK(named.users == numbers{1, 3, 2, 4});
  CHECK(named.chats == numbers{100});
}

TEST_CASE("in a list too; what cannot be read ends it", "[transcode][ids]") {
  bytes const both = list({user(1), user(2)});
  CHECK(finder().in(both).users == numbers{1, 2});
  CHECK(finder().in(mtp::bytes_view(both).first(both.size() - 1)).users == numbers{1});
  CHECK(finder().in({}).users.empty());
}

}  // namespace
