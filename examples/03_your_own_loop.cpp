// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What mtp::run() does, spelt out: a loop, a store and the signals are the program's own. It sends
// one message to PEER as a bot and says what became of it.
#include <mtp/core/task_scope.hpp>
#include <mtp/core/timeout.hpp>
#include <mtp/mtp.hpp>

#include <asio/co_spawn.hpp>
#include <asio/io_context.hpp>
#include <asio/signal_set.hpp>
#include <asio/use_awaitable.hpp>

#include <iostream>

mtp::task<> greet(mtp::client& client) {
  co_await client.sign_in_bot(mtp::env("BOT_TOKEN"));
  auto sending = client.send_message(mtp::env("PEER"), "hello", {.silent = true});
  auto sent = co_await mtp::with_timeout(std::move(sending), std::chrono::seconds(20));
  std::cout << "sent as message " << sent.id() << "\n";
  client.close();
}

mtp::task<> stop_on_signal(asio::signal_set& signals, mtp::client& client) {
  int const which = co_await signals.async_wait(asio::use_awaitable);
  std::cerr << "stopped by signal " << which << "\n";
  client.close();
}

mtp::task<> run_until_closed(mtp::client& client, mtp::task_scope& all) {
  co_await client.run();
  all.cancel();  // nobody needs to wait for signals any more
}

mtp::task<> everything(mtp::client& client, asio::signal_set& signals) {
  mtp::task_scope all(client.get_executor());
  all.spawn(run_until_closed(client, all));
  all.spawn(greet(client));
  all.spawn(stop_on_signal(signals, client));
  co_await all.join();
}

int main() {
  std::exception_ptr failed;
  try {
    asio::io_context loop;
    mtp::client_config config = mtp::config_from_env("bot.session");
    config.records = mtp::file_records(config.session);
    mtp::client client(loop.get_executor(), std::move(config));
    asio::signal_set signals(client.get_executor(), SIGINT, SIGTERM);
    asio::co_spawn(client.get_executor(), everything(client, signals),
                   [&](std::exception_ptr e) { failed = e; });
    loop.run();
    if (failed) std::rethrow_exception(failed);
  } catch (std::exception const& e) {
    std::cerr << e.what() << "\n";
    return 1;
  }
}
