// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Any number of bots in one program: one for each word of BOT_TOKENS, each with a session file of
// its own. What goes wrong with one of them is told, and tried again; the others go on. Ctrl-C ends
// all.
#include <mtp/mtp.hpp>

#include <asio/co_spawn.hpp>
#include <asio/io_context.hpp>
#include <asio/signal_set.hpp>

#include <iostream>
#include <sstream>

mtp::task<> echo(mtp::client& client, std::string token) {
  co_await client.sign_in_bot(token);
  co_await client.each_update([](mtp::update update) -> mtp::task<> {
    auto const message = update.get_if<mtp::new_message>();
    if (message && !message->outgoing()) co_await message->reply(message->text());
  });
}

void add_bots(mtp::client_set& bots, std::string const& tokens) {
  std::istringstream words(tokens);
  std::string token;
  while (words >> token) {
    std::string const name = token.substr(0, token.find(':'));  // what follows is secret
    bots.add(name, mtp::config_from_env("bot" + name + ".session"),
             [token](mtp::client& client) { return echo(client, token); });
  }
}

int main() {
  try {
    asio::io_context loop;
    mtp::client_set_options options;
    options.on_change = [](mtp::account_health const& bot) {
      std::cerr << bot.name << " is " << name_of(bot.phase) << " " << bot.text << "\n";
    };
    mtp::client_set bots(loop.get_executor(), options);
    add_bots(bots, mtp::env("BOT_TOKENS"));
    asio::signal_set signals(loop, SIGINT, SIGTERM);
    signals.async_wait([&](std::error_code, int) { bots.stop(); });
    std::exception_ptr failed;
    asio::co_spawn(loop, bots.run(), [&](std::exception_ptr e) { failed = e; });
    loop.run();
    if (failed) std::rethrow_exception(failed);
  } catch (std::exception const& e) {
    std::cerr << e.what() << "\n";
    return 1;
  }
}
