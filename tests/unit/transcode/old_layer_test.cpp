// SPDX-License-Identifier: MIT OR Apache-2.0
#include "compose.hpp"

// A client of layer 158 and a server of ours, on real definitions of both.

namespace {

using namespace mtp::test;

struct old_client {
  document_ptr const theirs = make_schema(read_test_file("support/schemas/layer_158_part.tl"));
  document_ptr const ours = mtp::testing::own_schema();
  transcoder const up{theirs, ours};
  transcoder const down{ours, theirs};

  bytes old(std::string_view name, named_fields fields = {}) const {
    return compose(theirs, name, std::move(fields));
  }
  bytes now(std::string_view name, named_fields fields = {}) const {
    return compose(ours, name, std::move(fields));
  }
};

old_client const& at() {
  static old_client const one;
  return one;
}

std::string shown(mtp::result<bytes, transcode_error> const& done) { return two_layers::hex(done); }

TEST_CASE("the old definitions carry the ids of their time", "[transcode][old]") {
  for (auto const& one :
       mtp::tl::schema::parse(read_test_file("support/schemas/layer_158_part.tl"),
                              {.unknown_type = mtp::tl::schema::severity::warning})
           .problems) {
    INFO(one.text());
    CHECK(one.what == mtp::tl::schema::problem::unknown_type);
  }
}

TEST_CASE("the first call of an old client arrives whole", "[transcode][old]") {
  auto const first = [](auto const& make) {
    bytes const config = make("help.getConfig", named_fields{});
    bytes const init = make("initConnection", named_fields{{"api_id", i32(6)},
                                                           {"device_model", text("PC")},
                                                           {"system_version", text("12")},
                                                           {"app_version", text("1")},
                                                           {"system_lang_code", text("en")},
                                                           {"lang_pack", text("")},
                                                           {"lang_code", text("en")},
                                                           {"query", config}});
    return make("invokeWithLayer", named_fields{{"layer", i32(158)}, {"query", init}});
  };
  bytes const theirs = first([](auto name, auto fields) { return at().old(name, fields); });
  bytes const ours = first([](auto name, auto fields) { return at().now(name, fields); });
  CHECK(shown(at().up.call(theirs)) == hex(ours));
}

TEST_CASE("input users and peers are the same in both layers", "[transcode][old]") {
  bytes const user = at().old("inputUser", {{"user_id", i64(7)}, {"access_hash", i64(-8)}});
  CHECK(shown(at().up.value(user)) == hex(user));
  bytes const call = at().old("users.getUsers", {{"id", list({user, at().old("inputUserSelf")})}});
  CHECK(shown(at().up.call(call)) == hex(call));
}

TEST_CASE("an old message is sent, with the reply as it is told now", "[transcode][old]") {
  bytes const peer = at().old("inputPeerUser", {{"user_id", i64(7)}, {"access_hash", i64(8)}});
  bytes const theirs = at().old("messages.sendMessage", {{"silent", flag()},
                                                         {"peer", peer},
                                                         {"reply_to_msg_id", i32(5)},
                                                         {"top_msg_id", i32(4)},
                                                         {"message", text("hello")},
                                                         {"random_id", i64(99)}});
  bytes const reply =
      at().now("inputReplyToMessage", {{"reply_to_msg_id", i32(5)}, {"top_msg_id", i32(4)}});
  bytes const ours = at().now("messages.sendMessage", {{"silent", flag()},
                                                       {"peer", peer},
                                                       {"reply_to", reply},
                                                       {"message", text("hello")},
                                                       {"random_id", i64(99)}});
  CHECK(shown(at().up.call(theirs)) == hex(ours));
}

TEST_CASE("a user of today is a user of then, without what is new", "[transcode][old]") {
  named_fields fields{{"self", flag()},
                      {"bot", flag()},
                      {"bot_info_version", i32(3)},
                      {"premium", flag()},
                      {"bot_can_edit", flag()},
                      {"id", i64(1LL << 40)},
                      {"access_hash", i64(8)},
                      {"first_name", text("Bot")},
                      {"username", text("bot")}};
  bytes const then = at().old("user", fields);
  fields["bot_active_users"] = i32(100);
  fields["close_friend"] = flag();
  fields["color"] = at().now("peerColor", {{"color", i32(1)}});
  CHECK(shown(at().down.value(at().now("user", fields))) == hex(then));
  CHECK(shown(at().down.answer("users.getUsers", list({at().now("user", fields)}))) ==
        hex(list({then})));
}

TEST_CASE("a channel of today is a channel of then", "[transcode][old]") {
  named_fields fields{{"broadcast", flag()},
                      {"id", i64(5)},
                      {"access_hash", i64(6)},
                      {"title", text("T")},
                      {"photo", at().old("chatPhotoEmpty")},
                      {"date", i32(1)},
                      {"participants_count", i32(2)}};
  bytes const then = at().old("channel", fields);
  fields["level"] = i32(3);
  fields["signature_profiles"] = flag();
  CHECK(shown(at().down.value(at().now("channel", fields))) == hex(then));
}

named_fields plain_message() {
  return {{"out", flag()},
          {"id", i32(1)},
          {"peer_id", at().old("peerUser", {{"user_id", i64(7)}})},
          {"date", i32(2)},
          {"message", text("text")},
          {"views", i32(3)},
          {"forwards", i32(4)}};
}

TEST_CASE("a message of today is a message of then, with the entities that both know",
          "[transcode][old]") {
  named_fields fields = plain_message();
  bytes const bold = at().old("messageEntityBold", {{"offset", i32(0)}, {"length", i32(4)}});
  fields["entities"] = list({bold});
  bytes const then = at().old("message", fields);
  bytes const ton = at().now("messageEntityTonAddress", {{"offset", i32(0)}, {"length", i32(1)}});
  fields["entities"] = list({ton, bold, ton});
  fields["effect"] = i64(9);
  fields["saved_peer_id"] = at().now("peerUser", {{"user_id", i64(7)}});
  fields["media"] = at().now(
      "messageMediaToDo",
      {{"todo",
        at().now("todoList", {{"title", at().now("textWithEntities",
                                                 {{"text", text("t")}, {"entities", list({})}})},
                              {"list", list({})}})}});
  CHECK(shown(at().down.value(at().now("message", fields))) == hex(then));
  CHECK(shown(at().up.value(then)).starts_with("d3b90076"));
}

TEST_CASE("updates that an old client cannot know are left out", "[transcode][old]") {
  auto const update = [](auto const& make, bytes const& message) {
    return make("updateNewMessage",
                named_fields{{"message", message}, {"pts", i32(1)}, {"pts_count", i32(1)}});
  };
  auto const then = [](auto name, auto fields) { return at().old(name, fields); };
  auto const now = [](auto name, auto fields) { return at().now(name, fields); };
  auto const box = [](std::vector<bytes> updates) {
    return named_fields{{"updates", list(updates)},
                        {"users", list({})},
                        {"chats", list({})},
                        {"date", i32(1)},
                        {"seq", i32(0)}};
  };
  bytes const unknown = at().now("updateWalletGaslessInfo", {{"left", i32(1)},
                                                             {"reset_at", i32(2)},
                                                             {"min_amount", i64(3)},
                                                             {"relayer_address", text("r")}});
  bytes const sent =
      at().now("updates", box({unknown, update(now, at().now("message", plain_message()))}));
  bytes const wanted =
      at().old("updates", box({update(then, at().old("message", plain_message()))}));
  CHECK(shown(at().down.value(sent)) == hex(wanted));
  auto const alone = at().down.value(unknown);
  REQUIRE_FALSE(alone);
  CHECK(alone.error().name == "updateWalletGaslessInfo");
}

TEST_CASE("the texts of a poll become plain, and rich again", "[transcode][old]") {
  auto const rich = [](std::string_view words) {
    return at().now("textWithEntities", {{"text", text(words)}, {"entities", list({})}});
  };
  bytes const answer = at().now("pollAnswer", {{"text", rich("yes")}, {"option", text("1")}});
  bytes const now = at().now("poll", {{"id", i64(1)},
                                      {"quiz", flag()},
                                      {"question", rich("Why?")},
                                      {"answers", list({answer})},
                                      {"hash", i64(0)}});
  bytes const old_answer = at().old("pollAnswer", {{"text", text("yes")}, {"option", text("1")}});
  bytes const then = at().old("poll", {{"id", i64(1)},
                                       {"quiz", flag()},
                                       {"question", text("Why?")},
                                       {"answers", list({old_answer})}});
  CHECK(shown(at().down.value(now)) == hex(then));
  CHECK(shown(at().up.value(then)) == hex(now));
}

TEST_CASE("each keyboard keeps the buttons that may stand in it", "[transcode][old]") {
  bytes const button = at().old("keyboardButton", {{"text", text("push")}});
  bytes const call_back =
      at().old("keyboardButtonCallback", {{"text", text("call")}, {"data", text("x")}});
  bytes const row = at().old("keyboardButtonRow", {{"buttons", list({button, call_back})}});
  bytes const new_button =
      at().now("keyboardButton", {{"text", text("push")}, {"type", at().now("buttonTypeDefault")}});
  bytes const new_row = at().now("keyboardButtonRow", {{"buttons", list({new_button})}});
  bytes const type = at().now("inlineButtonTypeCallback", {{"data", text("x")}});
  bytes const inline_button =
      at().now("keyboardInlineButton", {{"text", text("call")}, {"type", type}});
  bytes const inline_row =
      at().now("keyboardInlineButtonRow", {{"buttons", list({inline_button})}});
  bytes const keyboard =
      at().old("replyKeyboardMarkup", {{"resize", flag()}, {"rows", list({row})}});
  CHECK(shown(at().up.value(keyboard)) ==
        hex(at().now("replyKeyboardMarkup", {{"resize", flag()}, {"rows", list({new_row})}})));
  CHECK(shown(at().up.value(at().old("replyInlineMarkup", {{"rows", list({row})}}))) ==
        hex(at().now("replyInlineMarkup", {{"rows", list({inline_row})}})));
}

TEST_CASE("the configuration is the same in both layers", "[transcode][old]") {
  bytes const option = at().now(
      "dcOption",
      {{"static", flag()}, {"id", i32(2)}, {"ip_address", text("127.0.0.1")}, {"port", i32(443)}});
  named_fields fields{{"date", i32(1)},
                      {"expires", i32(2)},
                      {"test_mode", writer(nullptr).no()},
                      {"this_dc", i32(2)},
                      {"dc_options", list({option})},
                      {"lang_pack_version", i32(1)},
                      {"base_lang_pack_version", i32(1)},
                      {"suggested_lang_code", text("en")}};
  for (auto const& field : at().ours->find_constructor("config")->fields) {
    bool const is_text = field.type.kind == mtp::tl::schema::type_kind::string;
    if (!field.when && !field.is_flag_word())
      fields.try_emplace(field.name, is_text ? text("t.me") : i32(77));
  }
  CHECK(shown(at().down.answer("help.getConfig", at().now("config", fields))) ==
        hex(at().old("config", fields)));
}

TEST_CASE("messages of a history that an old client cannot know become empty or are left out",
          "[transcode][old]") {
  bytes const service =
      at().now("messageService", {{"id", i32(3)},
                                  {"peer_id", at().now("peerUser", {{"user_id", i64(7)}})},
                                  {"date", i32(1)},
                                  {"action", at().now("messageActionPinMessage")}});
  bytes const answer = at().now(
      "messages.messages", {{"messages", list({service, at().now("message", plain_message())})},
                            {"topics", list({})},
                            {"chats", list({})},
                            {"users", list({})}});
  bytes const wanted =
      at().old("messages.messages", {{"messages", list({at().old("message", plain_message())})},
                                     {"chats", list({})},
                                     {"users", list({})}});
  CHECK(shown(at().down.answer("messages.getHistory", answer)) == hex(wanted));
  bytes const update =
      at().now("updateNewMessage", {{"message", service}, {"pts", i32(1)}, {"pts_count", i32(1)}});
  bytes const empty = at().old(
      "messageEmpty", {{"id", i32(3)}, {"peer_id", at().old("peerUser", {{"user_id", i64(7)}})}});
  CHECK(shown(at().down.value(update)) ==
        hex(at().old("updateNewMessage",
                     {{"message", empty}, {"pts", i32(1)}, {"pts_count", i32(1)}})));
}

}  // namespace
