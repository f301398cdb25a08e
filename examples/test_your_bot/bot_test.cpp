// SPDX-License-Identifier: MIT OR Apache-2.0
// Tests the bot: Alice writes to it in a data centre of this process, and looks at what she gets.
#include "bot.hpp"

#include <mtp/core/task_scope.hpp>
#include <mtp/core/timeout.hpp>
#include <mtp/testing/data_centre.hpp>

#include <asio/co_spawn.hpp>
#include <asio/io_context.hpp>
#include <asio/this_coro.hpp>

#include <chrono>
#include <exception>
#include <iostream>
#include <stdexcept>
#include <string>

namespace {

// [conversation]
mtp::task<std::string> code_of_alice(mtp::sent_code const&) { co_return "12345"; }

/// What the bot answers to `text`.
mtp::task<std::string> reply_to(mtp::client& alice, mtp::update_stream& updates, std::string text) {
  co_await alice.send_message("@echo_bot", text);
  while (auto next = co_await updates.next()) {
    auto const message = next->get_if<mtp::new_message>();
    if (message && !message->outgoing()) co_return std::string(message->text());
  }
  throw std::runtime_error("the stream ended before the bot answered");
}

mtp::task<> converse(mtp::client& bot, mtp::client& alice, mtp::task_scope& all) {
  // Both are in the world that a data centre has when it is given no other.
  co_await bot.sign_in_bot("777000777:AAEchoBotOfTheOfflineDataCentre00001");
  co_await alice.sign_in("9996621001", code_of_alice);
  all.spawn(bot.each_update(answer));
  auto updates = alice.updates();
  std::string const length = co_await reply_to(alice, updates, "hello");
  std::string const help = co_await reply_to(alice, updates, "/help");
  if (length != "5 bytes") throw std::runtime_error("to a greeting it says: " + length);
  if (help != "I count bytes.") throw std::runtime_error("when asked for help it says: " + help);
  bot.close();
  alice.close();
}

mtp::task<> test(mtp::testing::data_centre& dc) {
  auto const loop = co_await asio::this_coro::executor;
  mtp::client bot(loop, mtp::config_for(dc));
  mtp::client alice(loop, mtp::config_for(dc));
  mtp::task_scope all(loop);
  all.spawn(bot.run());
  all.spawn(alice.run());
  all.spawn(converse(bot, alice, all));
  co_await all.join();  // throws what the first of them threw
}
// [/conversation]

}  // namespace

int main() {
  std::exception_ptr failed;
  mtp::testing::data_centre dc;
  dc.start();  // on a thread of its own, at a free port
  asio::io_context loop(1);
  asio::co_spawn(loop, mtp::with_timeout(test(dc), std::chrono::minutes(1)),
                 [&](std::exception_ptr e) { failed = std::move(e); });
  loop.run();
  try {
    if (failed) std::rethrow_exception(failed);
    std::cout << "the bot answers as it should\n";
  } catch (std::exception const& e) {
    std::cerr << e.what() << '\n';
  }
  return failed ? 1 : 0;
}
