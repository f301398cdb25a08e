// SPDX-License-Identifier: MIT OR Apache-2.0
#include "api_stage.hpp"

#include <support/catch.hpp>

using namespace mtp;
using namespace mtp::testing;
using test::api_client;
using test::api_stage;

// What a bot sends as an input button arrives as the button that readers know.

namespace {

constexpr std::int64_t alice_id = 42;

struct keyboard_stage {
  keyboard_stage() : bot(s), alice(s) {
    bot.sign_in_bot();
    alice.sign_in("9996621001");
  }

  tl::messages::sendMessage message(tl::ReplyMarkup markup) {
    auto q = bot.message(tl::inputPeerUser{.user_id = alice_id}, "choose");
    q.reply_markup = std::move(markup);
    return q;
  }

  /// The keyboard of the one message that Alice gets, new or edited.
  tl::ReplyMarkup seen() {
    auto const news = alice.take_updates();
    REQUIRE(news.size() == 1);
    auto const* added = news[0].get_if<tl::updateNewMessage>();
    auto const* edited = news[0].get_if<tl::updateEditMessage>();
    auto const& message = added ? added->message : edited->message;
    return message.get_if<tl::message>()->reply_markup;
  }

  api_stage s;
  api_client bot;
  api_client alice;
};

tl::ReplyMarkup under_the_message(std::vector<tl::InlineButtonType> types) {
  tl::keyboardInlineButtonRow row;
  for (auto& type : types) {
    tl::keyboardInlineButton button;
    button.text = "a";
    button.type = std::move(type);
    row.buttons.push_back(std::move(button));
  }
  tl::replyInlineMarkup out;
  out.rows.push_back(std::move(row));
  return out;
}

tl::ReplyMarkup beside_the_keyboard(tl::ButtonType type) {
  tl::keyboardButton button;
  button.text = "a";
  button.type = std::move(type);
  tl::keyboardButtonRow row;
  row.buttons.push_back(std::move(button));
  tl::replyKeyboardMarkup out;
  out.resize = true;
  out.rows.push_back(std::move(row));
  return out;
}

tl::InlineButtonType profile_of(std::int64_t user) {
  tl::inputInlineButtonTypeUserProfile out;
  out.user_id = tl::inputUser{.user_id = user};
  return out;
}

tl::InlineButtonType log_in(std::string const& url) {
  tl::inputInlineButtonTypeUrlAuth out;
  out.request_write_access = true;
  out.fwd_text = tl::string("b");
  out.url = tl::string(url);
  out.bot = tl::inputUserSelf{};
  return out;
}

tl::InlineButtonType seen_log_in(std::string const& url, std::int32_t number) {
  tl::inlineButtonTypeUrlAuth out;
  out.fwd_text = tl::string("b");
  out.url = tl::string(url);
  out.button_id = number;
  return out;
}

tl::InlineButtonType link() {
  tl::inlineButtonTypeUrl out;
  out.url = "https://example.org";
  return out;
}

}  // namespace

TEST_CASE("buttons under a message arrive as readers know them", "[testing][api][keyboards]") {
  keyboard_stage k;
  auto const sent = under_the_message({profile_of(43), log_in("x"), link(), log_in("y")});
  auto const wanted = under_the_message({tl::inlineButtonTypeUserProfile{.user_id = 43},
                                         seen_log_in("x", 0), link(), seen_log_in("y", 1)});
  REQUIRE(k.bot.call(k.message(sent)));
  CHECK(k.seen() == wanted);
}

TEST_CASE("an edited keyboard arrives as readers know it", "[testing][api][keyboards]") {
  keyboard_stage k;
  REQUIRE(k.bot.call(k.message(under_the_message({link()}))));
  k.alice.take_updates();
  tl::messages::editMessage edit;
  edit.peer = tl::inputPeerUser{.user_id = alice_id};
  edit.id = 1;
  edit.reply_markup = under_the_message({profile_of(43)});
  REQUIRE(k.bot.call(edit));
  CHECK(k.seen() == under_the_message({tl::inlineButtonTypeUserProfile{.user_id = 43}}));
  edit.reply_markup = under_the_message({profile_of(999)});
  CHECK(k.bot.refusal(edit) == "400 BUTTON_USER_INVALID");
}

TEST_CASE("the profile of nobody is no button", "[testing][api][keyboards]") {
  keyboard_stage k;
  CHECK(k.bot.refusal(k.message(under_the_message({profile_of(999)}))) ==
        "400 BUTTON_USER_INVALID");
}

TEST_CASE("a key that asks for a peer arrives as readers know it", "[testing][api][keyboards]") {
  keyboard_stage k;
  tl::inputButtonTypeRequestPeer asks;
  asks.username_requested = true;
  asks.button_id = 7;
  asks.peer_type = tl::requestPeerTypeUser{};
  asks.max_quantity = 3;
  tl::buttonTypeRequestPeer wanted;
  wanted.button_id = 7;
  wanted.peer_type = tl::requestPeerTypeUser{};
  wanted.max_quantity = 3;
  REQUIRE(k.bot.call(k.message(beside_the_keyboard(std::move(asks)))));
  CHECK(k.seen() == beside_the_keyboard(std::move(wanted)));
}
