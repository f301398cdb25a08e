// SPDX-License-Identifier: MIT OR Apache-2.0
//
// A bot with two buttons: it answers whoever presses one.
#include <mtp/mtp.hpp>
#include <mtp/tl/functions/messages.hpp>
#include <mtp/tl/types/InlineButtonType.hpp>
#include <mtp/tl/types/InputPeer.hpp>
#include <mtp/tl/types/InputReplyTo.hpp>
#include <mtp/tl/types/KeyboardInlineButton.hpp>
#include <mtp/tl/types/KeyboardInlineButtonRow.hpp>
#include <mtp/tl/types/ReplyMarkup.hpp>

#include <string>
#include <utility>

namespace tl = mtp::tl;

tl::keyboardInlineButton button(std::string const& text, std::string const& data) {
  tl::keyboardInlineButton out;
  out.text = text;
  out.type = tl::inlineButtonTypeCallback{.data = tl::bytes(data)};
  return out;
}

mtp::task<> ask(mtp::client& client, mtp::new_message message) {
  if (message.outgoing()) co_return;
  tl::messages::sendMessage request;
  request.peer = co_await client.input_peer(message.chat());
  request.message = "Tea or coffee?";
  request.random_id = message.id();
  tl::replyInlineMarkup keyboard;
  keyboard.rows.push_back(tl::keyboardInlineButtonRow{});
  keyboard.rows[0].buttons.push_back(button("Tea", "tea"));
  keyboard.rows[0].buttons.push_back(button("Coffee", "coffee"));
  request.reply_markup = std::move(keyboard);
  co_await client.invoke(request);
}

mtp::task<> answer(mtp::callback_query query) {
  std::string const choice(query.data());
  co_await query.answer("One " + choice + ", please!");
}

mtp::task<> serve(mtp::client& client) {
  co_await client.sign_in_bot(mtp::env("BOT_TOKEN"));
  auto const ask_here = [&client](mtp::new_message message) {
    return ask(client, std::move(message));
  };
  auto const nothing = [](mtp::update) -> mtp::task<> { co_return; };
  co_await client.each_update(
      [&](mtp::update update) -> mtp::task<> { co_await update.visit(ask_here, answer, nothing); });
}

int main() { return mtp::run(mtp::config_from_env("bot.session"), serve); }
