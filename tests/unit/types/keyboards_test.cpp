// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/core/error.hpp>
#include <mtp/tl/types/ButtonType.hpp>
#include <mtp/tl/types/InlineButtonType.hpp>
#include <mtp/tl/types/InlineQueryPeerType.hpp>
#include <mtp/tl/types/InputUser.hpp>
#include <mtp/tl/types/KeyboardButton.hpp>
#include <mtp/tl/types/KeyboardButtonRow.hpp>
#include <mtp/tl/types/KeyboardButtonStyle.hpp>
#include <mtp/tl/types/KeyboardInlineButton.hpp>
#include <mtp/tl/types/KeyboardInlineButtonRow.hpp>
#include <mtp/tl/types/ReplyMarkup.hpp>
#include <mtp/tl/types/RequestPeerType.hpp>
#include <mtp/types/inline_keyboard.hpp>
#include <mtp/types/keyboard_ref.hpp>
#include <mtp/types/reply_keyboard.hpp>
#include <support/catch.hpp>

#include <functional>
#include <string>

using namespace mtp;

namespace {

/// What an error says that `make` ends with.
std::string refusal_of(std::function<void()> const& make) {
  try {
    make();
  } catch (error const& e) {
    CHECK(e.code() == client_errc::bad_argument);
    return e.what();
  }
  return {};
}

bool says(std::string const& refusal, std::string const& what) {
  return refusal.find(what) != std::string::npos;
}

template <class T>
T const& does(inline_button const& button) {
  auto const* const out = button.does().get_if<T>();
  REQUIRE(out);
  return *out;
}

template <class T>
T const& wish_of(reply_key const& key) {
  auto const* const asks = key.does().get_if<tl::inputButtonTypeRequestPeer>();
  REQUIRE(asks);
  auto const* const out = asks->peer_type.get_if<T>();
  REQUIRE(out);
  return *out;
}

std::vector<inline_button> many(std::size_t count) {
  return std::vector(count, inline_button::callback("x", "y"));
}

}  // namespace

TEST_CASE("each button below a message does what it says", "[types][keyboards]") {
  CHECK(does<tl::inlineButtonTypeCallback>(inline_button::callback("a", "b")).data ==
        tl::bytes(std::string_view("b")));
  CHECK(does<tl::inlineButtonTypeCallback>(inline_button::callback_with_password("a", "b"))
            .requires_password);
  CHECK(does<tl::inlineButtonTypeUrl>(inline_button::url("a", "b")).url == tl::string("b"));
  CHECK(does<tl::inlineButtonTypeWebView>(inline_button::web_app("a", "b")).url == tl::string("b"));
  CHECK(does<tl::inlineButtonTypeCopy>(inline_button::copy("a", "b")).copy_text == tl::string("b"));
  (void)does<tl::inlineButtonTypeGame>(inline_button::game("a"));
  (void)does<tl::inlineButtonTypeBuy>(inline_button::pay("a"));
  (void)does<tl::inlineButtonTypeDisabled>(inline_button::disabled("a"));
  auto const profile = inline_button::profile("a", 5, 6);
  CHECK(does<tl::inputInlineButtonTypeUserProfile>(profile).user_id ==
        tl::InputUser(tl::inputUser{.user_id = 5, .access_hash = 6}));
  auto const log_in = inline_button::log_in("a", "b", {.write_access = true, .forward_text = "c"});
  CHECK(does<tl::inputInlineButtonTypeUrlAuth>(log_in).request_write_access);
  CHECK(does<tl::inputInlineButtonTypeUrlAuth>(log_in).fwd_text == tl::string("c"));
}

TEST_CASE("a query is continued where the button says", "[types][keyboards]") {
  CHECK(does<tl::inlineButtonTypeSwitchInline>(inline_button::switch_inline_here("a", "b"))
            .same_peer);
  auto const anywhere = inline_button::switch_inline("a", "b");
  CHECK(!does<tl::inlineButtonTypeSwitchInline>(anywhere).peer_types);
  using enum query_place;
  auto const places = inline_button::switch_inline(
      "a", "b", {same_bot, people, bots, groups, supergroups, channels});
  auto const& types = *does<tl::inlineButtonTypeSwitchInline>(places).peer_types;
  REQUIRE(types.size() == 6);
  CHECK(types[0].holds<tl::inlineQueryPeerTypeSameBotPM>());
  CHECK(types[1].holds<tl::inlineQueryPeerTypePM>());
  CHECK(types[2].holds<tl::inlineQueryPeerTypeBotPM>());
  CHECK(types[3].holds<tl::inlineQueryPeerTypeChat>());
  CHECK(types[4].holds<tl::inlineQueryPeerTypeMegagroup>());
  CHECK(types[5].holds<tl::inlineQueryPeerTypeBroadcast>());
}

TEST_CASE("each key of a keyboard does what it says", "[types][keyboards]") {
  CHECK(reply_key("a").does().holds<tl::buttonTypeDefault>());
  CHECK(reply_key::phone("a").does().holds<tl::buttonTypeRequestPhone>());
  CHECK(reply_key::location("a").does().holds<tl::buttonTypeRequestGeoLocation>());
  CHECK(reply_key::poll("a", true).does().get_if<tl::buttonTypeRequestPoll>()->quiz == true);
  CHECK(reply_key::web_app("a", "b").does().get_if<tl::buttonTypeSimpleWebView>()->url ==
        tl::string("b"));
  CHECK(wish_of<tl::requestPeerTypeUser>(reply_key::people("a", 1, {.bot = false})).bot == false);
  CHECK(
      wish_of<tl::requestPeerTypeChat>(reply_key::group("a", 1, {.own = true, .bot_member = true}))
          .bot_participant);
  CHECK(wish_of<tl::requestPeerTypeBroadcast>(reply_key::channel("a", 1, {.has_username = true}))
            .has_username == true);
  CHECK(wish_of<tl::requestPeerTypeCreateBot>(reply_key::managed_bot("a", 1, "b")).suggested_name ==
        tl::string("b"));
  auto const told = reply_key::people("a", 7, {}, {.max = 3, .name = true, .photo = true});
  auto const& asks = *told.does().get_if<tl::inputButtonTypeRequestPeer>();
  CHECK(asks.button_id == 7);
  CHECK(asks.max_quantity == 3);
  CHECK(asks.name_requested);
  CHECK(!asks.username_requested);
  CHECK(asks.photo_requested);
}

TEST_CASE("buttons and keys have a color and an icon, and are read again", "[types][keyboards]") {
  for (auto const color :
       {button_color::usual, button_color::primary, button_color::danger, button_color::success}) {
    button_style const style{color, 9};
    inline_keyboard below;
    below.row(inline_button::pay("a").with(style), inline_button::url("b", "c"));
    below.ask_for_reply();
    CHECK(inline_keyboard::of(below.markup()) == below);
    reply_keyboard keys({.once = true, .selective = true, .placeholder = "p"});
    keys.row("a", reply_key::phone("b").with(style)).add("c");
    CHECK(reply_keyboard::of(keys.markup()) == keys);
    CHECK(!reply_keyboard::of(below.markup()));
    CHECK(!inline_keyboard::of(keys.markup()));
  }
  inline_keyboard plain;
  plain.row(inline_button::url("b", "c"));
  auto const markup = plain.markup();
  CHECK(!markup.get_if<tl::replyInlineMarkup>()->rows[0].buttons[0].style);
}

TEST_CASE("a keyboard says which limit was passed", "[types][keyboards]") {
  CHECK(says(refusal_of([] { inline_button::callback("a", std::string(65, 'x')); }),
             "65 bytes of callback data, at most 64"));
  CHECK(refusal_of([] { inline_button::callback("a", std::string(64, 'x')); }).empty());
  CHECK(says(refusal_of([] { inline_button::copy("a", std::string(257, 'x')); }),
             "257 characters to copy, at most 256"));
  CHECK(says(refusal_of([] { inline_button::copy("a", ""); }), "copies nothing"));
  CHECK(says(refusal_of([] { inline_button::url("", "x"); }), "without a text"));
  inline_keyboard keyboard;
  CHECK(says(refusal_of([&] { keyboard.row(many(9)); }), "9 buttons in a row, at most 8"));
  CHECK(says(refusal_of([&] { keyboard.row(many(0)); }), "a row without buttons"));
  keyboard.rows_of(8, many(99));
  CHECK(keyboard.rows().size() == 13);
  CHECK(says(refusal_of([&] { keyboard.row(many(2)); }), "101 buttons in all, at most 100"));
  keyboard.add(inline_button::callback("x", "y"));
  CHECK(says(refusal_of([&] { keyboard.add(inline_button::callback("x", "y")); }),
             "101 buttons in all, at most 100"));
  reply_keyboard keys;
  CHECK(says(refusal_of([&] { keys.row(std::vector<reply_key>(13, reply_key("x"))); }),
             "13 buttons in a row, at most 12"));
  CHECK(says(refusal_of([] { force_reply{.placeholder = std::string(65, 'x')}.markup(); }),
             "65 characters of placeholder, at most 64"));
}

TEST_CASE("a button to pay is the first one", "[types][keyboards]") {
  inline_keyboard keyboard;
  CHECK(
      says(refusal_of([&] { keyboard.row(inline_button::url("a", "b"), inline_button::pay("c")); }),
           "pay or play"));
  keyboard.row(inline_button::pay("c"), inline_button::url("a", "b"));
  CHECK(says(refusal_of([&] { keyboard.row(inline_button::game("c")); }), "pay or play"));
  CHECK(says(refusal_of([&] { keyboard.add(inline_button::game("c")); }), "pay or play"));
}

TEST_CASE("whatever is a keyboard can be referred to", "[types][keyboards]") {
  CHECK(!keyboard_ref());
  CHECK(!keyboard_ref().markup());
  force_reply const asks{.once = true};
  CHECK(keyboard_ref(asks).markup().get_if<tl::replyKeyboardForceReply>()->single_use);
  hide_keyboard const hides{.selective = true};
  CHECK(keyboard_ref(hides).markup().get_if<tl::replyKeyboardHide>()->selective);
  auto const markup = hides.markup();
  CHECK(keyboard_ref(markup).markup() == markup);
}
