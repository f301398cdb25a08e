// SPDX-License-Identifier: MIT OR Apache-2.0
#include "api_stage.hpp"

#include <support/catch.hpp>

#include <string>

using namespace mtp;
using namespace mtp::testing;
using test::api_client;
using test::api_stage;

// Whoever presses a button waits for the bot.

namespace {

constexpr std::int64_t alice_id = 42;

struct pressing_stage {
  pressing_stage() : bot(s), alice(s) {
    bot.sign_in_bot();
    alice.sign_in("9996621001");
    press.peer = alice.peer_of("echo_bot");
    REQUIRE(bot.call(message()));
    auto const news = alice.take_updates();
    press.msg_id = news.at(0).get_if<tl::updateNewMessage>()->message.get_if<tl::message>()->id;
    press.data = tl::bytes("yes");
  }

  tl::messages::sendMessage message() {
    tl::inlineButtonTypeCallback type;
    type.data = tl::bytes("yes");
    tl::keyboardInlineButton button;
    button.text = "Yes";
    button.type = std::move(type);
    tl::keyboardInlineButtonRow row;
    row.buttons.push_back(std::move(button));
    tl::replyInlineMarkup markup;
    markup.rows.push_back(std::move(row));
    auto q = bot.message(tl::inputPeerUser{.user_id = alice_id}, "Really?");
    q.reply_markup = std::move(markup);
    return q;
  }

  /// The bot's update; the call of Alice waits.
  tl::updateBotCallbackQuery pressed() {
    waiting = alice.ask(encode_object(press));
    auto const news = bot.take_updates();
    REQUIRE(news.size() == 1);
    auto const* query = news[0].get_if<tl::updateBotCallbackQuery>();
    REQUIRE(query);
    return *query;
  }

  tl::messages::setBotCallbackAnswer answer_to(std::int64_t query) {
    tl::messages::setBotCallbackAnswer q;
    q.query_id = query;
    q.alert = true;
    q.message = tl::string("Done");
    return q;
  }

  /// What Alice's call was answered; empty while it waits.
  bytes alices_answer() {
    alice.run();
    for (auto const& e : alice.events) {
      auto const* a = std::get_if<mtproto::session_events::answer>(&e);
      if (a && a->request == waiting) return a->body.to_bytes();
    }
    return {};
  }

  std::string alices_refusal() {
    alice.run();
    for (auto const& e : alice.events) {
      auto const* r = std::get_if<mtproto::session_events::refusal>(&e);
      if (r && r->request == waiting) return r->text;
    }
    return {};
  }

  api_stage s;
  api_client bot;
  api_client alice;
  tl::messages::getBotCallbackAnswer press;
  decltype(std::declval<api_client&>().ask(bytes())) waiting = {};
};

}  // namespace

TEST_CASE("who presses a button gets what the bot answers", "[testing][api][callbacks]") {
  pressing_stage p;
  auto const query = p.pressed();
  CHECK(query.user_id == alice_id);
  CHECK(query.peer.get_if<tl::peerUser>()->user_id == alice_id);
  CHECK(query.data == tl::bytes("yes"));
  CHECK(p.alices_answer().empty());
  CHECK(p.alices_refusal().empty());
  CHECK(p.bot.yes(p.answer_to(query.query_id)));
  auto const body = p.alices_answer();
  REQUIRE_FALSE(body.empty());
  auto const read = tl::decode<tl::messages::BotCallbackAnswer>(bytes_view(body));
  REQUIRE(read);
  CHECK((*read)->alert);
  CHECK((*read)->message == tl::string("Done"));
  CHECK(p.bot.refusal(p.answer_to(query.query_id)) == "400 QUERY_ID_INVALID");
}

TEST_CASE("a bot that is silent for too long is told of", "[testing][api][callbacks]") {
  pressing_stage p;
  p.pressed();
  p.alice.wait(std::chrono::seconds(14));
  CHECK(p.alices_refusal().empty());
  p.alice.wait(std::chrono::seconds(2));
  CHECK(p.alices_refusal() == "BOT_RESPONSE_TIMEOUT");
}

TEST_CASE("only buttons that are there can be pressed, by people", "[testing][api][callbacks]") {
  pressing_stage p;
  auto wrong = p.press;
  wrong.data = tl::bytes("no");
  CHECK(p.alice.refusal(wrong) == "400 DATA_INVALID");
  wrong.data.reset();
  CHECK(p.alice.refusal(wrong) == "400 DATA_INVALID");
  wrong = p.press;
  wrong.msg_id = 99;
  CHECK(p.alice.refusal(wrong) == "400 MESSAGE_ID_INVALID");
  CHECK(p.bot.refusal(p.press) == "400 BOT_METHOD_INVALID");
  CHECK(p.bot.refusal(p.answer_to(77)) == "400 QUERY_ID_INVALID");
  CHECK(p.alice.refusal(p.answer_to(77)) == "400 USER_BOT_REQUIRED");
}
