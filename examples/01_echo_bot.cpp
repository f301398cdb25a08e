// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/mtp.hpp>

mtp::task<> answer(mtp::update update) {
  auto const message = update.get_if<mtp::new_message>();
  if (!message || message->outgoing() || message->text().empty()) co_return;
  co_await message->reply(message->text());
}

mtp::task<> echo(mtp::client& client) {
  co_await client.sign_in_bot(mtp::env("BOT_TOKEN"));
  co_await client.each_update(answer);
}

int main() { return mtp::run(mtp::config_from_env("bot.session"), echo); }
