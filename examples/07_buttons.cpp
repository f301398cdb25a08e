// SPDX-License-Identifier: MIT OR Apache-2.0
//
// A bot with two buttons: it answers whoever presses one. What a button means is a struct.
#include <mtp/mtp.hpp>

#include <string>
#include <string_view>
#include <utility>

enum class drink { tea, coffee };

struct order {
  static constexpr std::string_view callback_name = "order";

  drink what = drink::tea;
  int cups = 1;
};

mtp::callback_data<order> const orders;

mtp::task<> ask(mtp::new_message message) {
  if (message.outgoing()) co_return;
  mtp::inline_keyboard keyboard;
  keyboard.row(
      mtp::inline_button::callback("Tea", orders.pack({.what = drink::tea})),
      mtp::inline_button::callback("Two coffees", orders.pack({.what = drink::coffee, .cups = 2}))
          .with({.color = mtp::button_color::primary}));
  co_await message.reply("Tea or coffee?", {.keyboard = keyboard});
}

mtp::task<> answer(mtp::callback_query query) {
  auto const chosen = orders.parse(query.data());
  std::string said = "That button is of an older version of me.";
  if (chosen) {
    said = std::to_string(chosen->cups);
    said += chosen->what == drink::tea ? " tea, please!" : " coffee, please!";
  }
  co_await query.answer(said);
}

mtp::task<> serve(mtp::client& client) {
  co_await client.sign_in_bot(mtp::env("BOT_TOKEN"));
  auto const nothing = [](mtp::update) -> mtp::task<> { co_return; };
  co_await client.each_update(
      [&](mtp::update update) -> mtp::task<> { co_await update.visit(ask, answer, nothing); });
}

int main() { return mtp::run(mtp::config_from_env("bot.session"), serve); }
