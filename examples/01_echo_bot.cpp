// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/mtp.hpp>

mtp::task<> echo(mtp::client& client) {
  co_await client.sign_in_bot(mtp::env("BOT_TOKEN"));
  auto updates = client.updates();
  while (auto update = co_await updates.next()) {
    auto* message = update->get_if<mtp::new_message>();
    if (message && !message->outgoing()) co_await message->reply(message->text());
  }
}

int main() { return mtp::run(mtp::config_from_env("bot.session"), echo); }
