// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The pieces of code that the guide shows, compiled so that they cannot go stale.
#include <mtp/core/timeout.hpp>
#include <mtp/mtp.hpp>
#include <mtp/tl/functions/help.hpp>
#include <mtp/tl/functions/messages.hpp>
#include <mtp/tl/types/Config.hpp>
#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/Update.hpp>
#include <mtp/tl/types/messages/Messages.hpp>

#include <iostream>

using namespace std::chrono_literals;

// [config]
mtp::client_config my_config() {
  mtp::client_config config;
  config.api_id = 12345;
  config.api_hash = mtp::env("API_HASH");
  config.session = "bot.session";
  config.connection.transport = mtp::transport_choice::obfuscated;
  config.log = mtp::log_to_stderr(mtp::log_level::info);
  return config;
}
// [/config]

// [person]
mtp::task<std::string> ask_on_terminal(mtp::sent_code const& sent) {
  std::cout << "code, by " << sent.way << ": " << std::flush;
  std::string code;
  std::cin >> code;
  co_return code;
}

mtp::task<> as_a_person(mtp::client& client) {
  mtp::user me = co_await client.sign_in(mtp::env("PHONE"), ask_on_terminal);
  std::cout << "signed in as " << me.first_name() << "\n";
}
// [/person]

// [send]
mtp::task<> greet(mtp::client& client) {
  mtp::message sent = co_await client.send_message("@alice", "hello", {.silent = true});
  mtp::message answer = co_await sent.reply("and good morning");
  std::cout << "messages " << sent.id() << " and " << answer.id() << "\n";
}
// [/send]

// [history]
mtp::task<> show_history(mtp::client& client) {
  auto last = co_await client.get_history("@alice", 20);
  for (mtp::message const& message : last) std::cout << message.text().view() << "\n";
}
// [/history]

// [updates]
mtp::task<> watch(mtp::client& client) {
  auto updates = client.updates();
  while (auto update = co_await updates.next()) {
    if (auto* message = update->get_if<mtp::new_message>()) {
      std::cout << "somebody wrote " << message->text().size() << " bytes\n";
    } else if (auto* unknown = update->get_if<mtp::unknown_update>()) {
      std::cout << unknown->body->size() << " bytes that this version cannot read\n";
    } else if (update->raw()->holds<mtp::tl::updateUserTyping>()) {
      std::cout << "somebody types\n";
    }
  }
}
// [/updates]

// [raw]
mtp::task<> nearest(mtp::client& client) {
  mtp::tl::help::getConfig request;
  auto config = co_await client.invoke(request);
  std::cout << "data centre " << config->this_dc << "\n";
}
// [/raw]

// [keep]
mtp::task<mtp::received<mtp::tl::message>> newest(mtp::client& client, mtp::tl::InputPeer peer) {
  mtp::tl::messages::getHistory request{.peer = peer, .limit = 1};
  auto page = co_await client.invoke(request);
  auto* slice = page->get_if<mtp::tl::messages::messagesSlice>();
  mtp::received<mtp::tl::message> out;
  if (slice && !slice->messages.empty()) {
    auto* message = slice->messages[0].get_if<mtp::tl::message>();
    out = mtp::received<mtp::tl::message>(page, message);  // keeps the page alive
  }
  co_return out.detach();  // a block of its own, as small as can be
}
// [/keep]

// [errors]
mtp::task<> careful(mtp::client& client) {
  try {
    co_await client.send_message("@alice", "hello");
  } catch (mtp::flood_wait const& e) {
    std::cerr << "not before " << e.patience().count() << " seconds\n";
  } catch (mtp::rpc_error const& e) {
    std::cerr << "the server refused: " << e.name() << "\n";
  } catch (mtp::error const& e) {
    std::cerr << "it did not work: " << e.what() << "\n";
  }
}
// [/errors]

// [as_result]
mtp::task<> without_exceptions(mtp::client& client) {
  auto me = co_await mtp::as_result(client.get_me());
  if (!me) std::cerr << me.error().text << "\n";
}
// [/as_result]

// [deadline]
mtp::task<> in_time(mtp::client& client) {
  auto sending = client.send_message("@alice", "are you there?");
  mtp::message sent = co_await mtp::with_timeout(std::move(sending), 5s);
  std::cout << sent.id() << "\n";
}
// [/deadline]

// [store]
class my_store : public mtp::session_store {
 public:
  mtp::task<mtp::session_state> open() override { co_return state_; }
  mtp::task<> commit(mtp::session_change change) override {
    mtp::apply(state_, change);  // all of it or nothing
    co_return;
  }
  void close() noexcept override {}

 private:
  mtp::session_state state_;
};
// [/store]

mtp::client_config with_my_store() {
  mtp::client_config config = my_config();
  config.store = std::make_shared<my_store>();
  return config;
}
