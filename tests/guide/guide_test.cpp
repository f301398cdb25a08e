// SPDX-License-Identifier: MIT OR Apache-2.0
// The programs of docs/guide, run against the offline data centre; they stand between marks.
#include "support/catch.hpp"

#include <mtp/core/task_scope.hpp>
#include <mtp/core/timeout.hpp>
#include <mtp/mtp.hpp>
#include <mtp/testing/data_centre.hpp>
#include <mtp/tl/functions/help.hpp>
#include <mtp/tl/functions/messages.hpp>
#include <mtp/tl/functions/users.hpp>
#include <mtp/tl/types/InputPeer.hpp>
#include <mtp/tl/types/InputReplyTo.hpp>
#include <mtp/tl/types/InputUser.hpp>
#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/NearestDc.hpp>
#include <mtp/tl/types/Updates.hpp>
#include <mtp/tl/types/User.hpp>
#include <mtp/tl/types/messages/Messages.hpp>

#include <iostream>
#include <optional>

using namespace std::chrono_literals;

namespace {

constexpr std::int64_t alice = 42;
constexpr std::int64_t echo_bot = 777000777;

std::string token_in(mtp::testing::data_centre& dc) {
  std::string token;
  dc.with_world([&](auto& world) { token = world.everybody().find(echo_bot)->token; });
  return token;
}

struct offline {
  explicit offline(mtp::testing::data_centre_config config = {}) : dc(std::move(config)) {
    dc.start();
  }
  int run(std::function<mtp::task<>(mtp::client&)> program) {
    return mtp::run(mtp::config_for(dc), std::move(program));
  }
  mtp::testing::data_centre dc;
};

mtp::task<std::string> ask(mtp::sent_code const&) { co_return "12345"; }

// [bot]
mtp::task<> as_bot(mtp::client& client, std::string token) {
  mtp::user me = co_await client.sign_in_bot(token);
  std::cout << "signed in as @" << me.username() << "\n";
}
// [/bot]

// [person]
mtp::task<> as_person(mtp::client& client, std::string phone) {
  mtp::user me = co_await client.sign_in(phone, ask);
  std::cout << "signed in as " << me.first_name() << "\n";
}
// [/person]

// [send]
mtp::task<> send(mtp::client& client) {
  auto sent = co_await client.send_message("@alice", "hello", {.silent = true});
  std::cout << "sent as message " << sent.id() << "\n";
}
// [/send]

// [history]
mtp::task<> read_back(mtp::client& client) {
  auto const newest_first = co_await client.get_history("@echo_bot", 2);
  for (mtp::message const& one : newest_first) std::cout << one.text() << "\n";
}
// [/history]

// [describe]
mtp::task<> describe(mtp::client& client, mtp::peer_id group) {
  co_await client.chats().set_description(group, "For tests.");
}
// [/describe]

// [stream]
mtp::task<> answer_one(mtp::client& client) {
  auto updates = client.updates();
  while (auto update = co_await updates.next()) {
    auto const message = update->get_if<mtp::new_message>();
    if (!message || message->outgoing()) continue;
    try {
      co_await message->reply("You said: " + message->text().str());
      break;
    } catch (mtp::rpc_error const& refusal) {  // this person blocked the bot; the next did not
      std::cerr << refusal.what() << "\n";
    }
  }
}
// [/stream]

// [visit]
mtp::task<> greet(mtp::new_message message) {
  if (!message.outgoing()) co_await message.reply("Hello!");
}

mtp::task<> leave(mtp::update) { co_return; }

mtp::task<> handle(mtp::update update) { co_await update.visit(greet, leave); }
// [/visit]

// [keep]
std::optional<mtp::tl::message> first_of(mtp::tl::list<mtp::tl::Message> const& messages) {
  if (messages.empty() || !messages.front().get_if<mtp::tl::message>()) return {};
  return *messages.front().get_if<mtp::tl::message>();  // a copy, which owns what it holds
}

mtp::task<std::optional<mtp::tl::message>> newest(mtp::client& client, mtp::tl::InputPeer peer) {
  mtp::tl::messages::getHistory request{.peer = std::move(peer), .limit = 1};
  auto page = co_await client.invoke(request);
  std::optional<mtp::tl::message> kept;  // outlives the answer
  if (auto* all = page->get_if<mtp::tl::messages::messages>()) kept = first_of(all->messages);
  if (auto* some = page->get_if<mtp::tl::messages::messagesSlice>())
    kept = first_of(some->messages);
  co_return kept;
}
// [/keep]

// [dialect]
mtp::task<bool> is_short(mtp::client& client, mtp::tl::InputPeer peer) {
  mtp::tl::messages::getHistory request{.peer = peer, .limit = 100};  // named
  auto const page = co_await client.invoke(request);                  // alone on its line
  co_return page->holds<mtp::tl::messages::messages>();               // looked at afterwards
}
// [/dialect]

// [errors]
mtp::task<> careful(mtp::client& client) {
  try {
    co_await client.send_message("@nobody_of_that_name", "hello");
  } catch (mtp::flood_wait const& e) {
    std::cout << "wait " << e.retry_after().count() << " s\n";
  } catch (mtp::rpc_error const& e) {
    std::cout << "refused: " << e.name() << "\n";  // USERNAME_NOT_OCCUPIED
  } catch (mtp::error const& e) {
    std::cout << e.what() << "\n";
  }
}
// [/errors]

// [result]
mtp::task<> without_exceptions(mtp::client& client) {
  auto sending = client.send_message("@nobody_of_that_name", "hello");
  auto sent = co_await mtp::as_result(std::move(sending));
  if (!sent) std::cout << "not sent: " << sent.error().text << "\n";
}
// [/result]

// [deadline]
mtp::task<> in_time(mtp::client& client) {
  auto asking = client.get_me();
  mtp::user me = co_await mtp::with_timeout(std::move(asking), std::chrono::seconds(10));
  std::cout << "the server answered " << me.first_name() << " in time\n";
}
// [/deadline]

// [elsewhere]
mtp::task<> elsewhere(mtp::client& client) {
  mtp::tl::help::getNearestDc const where{};
  auto here = co_await client.invoke(where, {.timeout = std::chrono::seconds(10)});
  auto there = co_await client.invoke(where, {.dc = 4, .purpose = mtp::link_purpose::download});
  std::cout << "answered by " << here->this_dc << " and " << there->this_dc << "\n";
}
// [/elsewhere]

mtp::task<> send_raw(mtp::client& client, mtp::tl::messages::sendMessage what,
                     mtp::call_chain chain) {
  auto const answer = co_await client.invoke(what, {.chain = &chain});
}

// [chain]
mtp::task<> in_order(mtp::client& client, mtp::tl::messages::sendMessage first,
                     mtp::tl::messages::sendMessage second) {
  mtp::call_chain const chain;
  mtp::task_scope both(client.get_executor());
  both.spawn(send_raw(client, std::move(first), chain));
  both.spawn(send_raw(client, std::move(second), chain));  // does not wait for the first answer
  co_await both.join();
}
// [/chain]

// [status]
mtp::task<> watch(mtp::client& client) {
  auto steps = client.status_changes();
  while (auto step = co_await steps.next()) {
    std::cout << name_of(step->status) << "\n";
    if (step->status == mtp::client_status::ready) break;
  }
}
// [/status]

std::vector<std::string> texts_of_alice(mtp::testing::data_centre& dc) {
  std::vector<std::string> out;
  dc.with_world([&](mtp::testing::world& world) {
    for (auto const& [id, one] : world.box(alice).messages()) out.push_back(one.content->text);
  });
  return out;
}

/// What the guide's programs print.
std::string printed_by(std::function<void()> work) {
  std::ostringstream out;
  auto* const before = std::cout.rdbuf(out.rdbuf());
  work();
  std::cout.rdbuf(before);
  return out.str();
}

}  // namespace

TEST_CASE("the guide's log-ins work", "[guide]") {
  offline o;
  auto const text = printed_by([&] {
    std::string const token = token_in(o.dc);
    CHECK(o.run([&](mtp::client& c) { return as_bot(c, token); }) == 0);
    CHECK(o.run([](mtp::client& c) { return as_person(c, "+9996621001"); }) == 0);
  });
  CHECK(text == "signed in as @echo_bot\nsigned in as Alice\n");
}

TEST_CASE("the guide's messages arrive and are answered", "[guide]") {
  offline o;
  std::string const token = token_in(o.dc);
  std::optional<mtp::tl::message> kept;
  auto const text = printed_by([&] {
    auto program = [&](mtp::client& c) -> mtp::task<> {
      co_await c.sign_in_bot(token);
      co_await send(c);
      o.dc.say(alice, mtp::testing::peer::user(echo_bot), "are you there?");
      co_await answer_one(c);
      auto peer = co_await c.input_peer("@alice");
      kept = co_await newest(c, peer);
      bool const all_of_it = co_await is_short(c, peer);
      CHECK(all_of_it);
    };
    CHECK(o.run(program) == 0);
  });
  CHECK(text.starts_with("sent as message "));
  REQUIRE(kept);
  CHECK(kept->message == "You said: are you there?");
}

TEST_CASE("the guide's conversation is read back, and its group described", "[guide]") {
  offline o;
  auto const text = printed_by([&] {
    auto program = [](mtp::client& c) -> mtp::task<> {
      co_await c.sign_in("+9996621001", ask);
      for (auto const* what : {"one", "two", "three"}) co_await c.send_message("@echo_bot", what);
      co_await read_back(c);
      co_await describe(c, {mtp::peer_kind::chat, 1000});
    };
    CHECK(o.run(program) == 0);
  });
  CHECK(text == "three\ntwo\n");
  o.dc.with_world([](auto& w) { CHECK(w.all_groups().find(1000)->about == "For tests."); });
}

TEST_CASE("the guide's handlers are called with their events", "[guide]") {
  offline o;
  std::string const token = token_in(o.dc);
  auto program = [&](mtp::client& c) -> mtp::task<> {
    co_await c.sign_in_bot(token);
    o.dc.say(alice, mtp::testing::peer::user(echo_bot), "are you there?");
    auto updates = c.updates();
    while (auto update = co_await updates.next()) {
      co_await handle(*update);
      if (update->holds<mtp::new_message>()) break;
    }
  };
  CHECK(o.run(program) == 0);
  CHECK(texts_of_alice(o.dc).back() == "Hello!");
}

TEST_CASE("the guide's errors are what it says", "[guide]") {
  offline o;
  std::string const token = token_in(o.dc);
  auto const text = printed_by([&] {
    auto program = [&](mtp::client& c) -> mtp::task<> {
      co_await c.sign_in_bot(token);
      co_await careful(c);
      co_await without_exceptions(c);
      co_await in_time(c);
    };
    CHECK(o.run(program) == 0);
  });
  CHECK(text ==
        "refused: USERNAME_NOT_OCCUPIED\n"
        "not sent: contacts.resolveUsername: USERNAME_NOT_OCCUPIED: the server refused the request "
        "with code 400\n"
        "the server answered Echo in time\n");
}

TEST_CASE("the guide's calls go where it says", "[guide]") {
  mtp::testing::data_centre_config two;
  two.dcs = {{.id = 2}, {.id = 4}};
  offline o(std::move(two));
  std::string const token = token_in(o.dc);
  auto const text = printed_by([&] {
    auto program = [&](mtp::client& c) -> mtp::task<> {
      co_await c.sign_in_bot(token);
      co_await elsewhere(c);
    };
    CHECK(o.run(program) == 0);
  });
  CHECK(text == "answered by 2 and 4\n");
}

TEST_CASE("the guide's chain keeps its order", "[guide]") {
  offline o;
  std::string const token = token_in(o.dc);
  auto program = [&](mtp::client& c) -> mtp::task<> {
    co_await c.sign_in_bot(token);
    mtp::tl::messages::sendMessage first;
    first.peer = co_await c.input_peer("@alice");
    first.message = "first";
    first.random_id = 1;
    auto second = first;
    second.message = "second";
    second.random_id = 2;
    co_await in_order(c, std::move(first), std::move(second));
  };
  CHECK(o.run(program) == 0);
  auto const texts = texts_of_alice(o.dc);
  REQUIRE(texts.size() >= 2);
  CHECK(texts[texts.size() - 2] == "first");
  CHECK(texts.back() == "second");
}

TEST_CASE("the guide's client says when it is ready", "[guide]") {
  offline o;
  std::string const token = token_in(o.dc);
  auto const text = printed_by([&] {
    auto program = [&](mtp::client& c) -> mtp::task<> {
      mtp::task_scope scope(c.get_executor());
      scope.spawn(watch(c));
      co_await c.sign_in_bot(token);
      auto const updates = c.updates();
      co_await scope.join();
    };
    CHECK(o.run(program) == 0);
  });
  CHECK(text.ends_with("ready\n"));
}
