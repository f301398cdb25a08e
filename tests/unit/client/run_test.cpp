// SPDX-License-Identifier: MIT OR Apache-2.0
#include "support/catch.hpp"
#include "support/client_stage.hpp"
#include "support/temporary_folder.hpp"

#include <mtp/mtp.hpp>

#include <asio/error.hpp>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace mtp;
using namespace std::chrono_literals;
using mtp::test::play_on;
using mtp::test::scripted_api;
using mtp::test::scripted_server;

namespace {

task<> echo(client& client) {
  std::string const token(scripted_api::token);
  co_await client.sign_in_bot(token);
  auto updates = client.updates();
  while (auto update = co_await updates.next()) {
    auto const message = update->get_if<new_message>();
    if (message && !message->outgoing()) co_await message->reply(message->text());
  }
}

/// A small data centre, and bots of their own processes that run against it.
struct stage : test::client_stage {
  test::temporary_folder folder;

  explicit stage(asio::any_io_executor where) : client_stage(where) {
    (void)scripted_server::key();  // made before any child would make one of its own
  }

  client_config config() const {
    client_config out = client_stage::config();
    out.records = nullptr;
    out.session = folder / "bot.session";
    return out;
  }

  /// The bot in a process of its own, which ends with what run() returns.
  pid_t start_bot(std::function<task<>(client&)> program = echo) const {
    pid_t const child = ::fork();
    if (child == 0) ::_exit(run(config(), std::move(program)));
    return child;
  }

  task<> until(std::function<bool()> what) {
    for (int i = 0; i < 2000 && !what(); ++i) co_await test::pause(5ms);
    REQUIRE(what());
  }

  task<> hear(std::string text) {
    alice_writes(text);
    auto const said = [&] { return !api.sent.empty() && api.sent.back() == text; };
    co_await until(said);
  }

  /// Waits for the end of a process: its exit code, or the negative number of the signal.
  task<int> end_of(pid_t child) {
    int status = 0;
    auto const ended = [&] { return ::waitpid(child, &status, WNOHANG) == child; };
    for (int i = 0; i < 2000 && !ended(); ++i) co_await test::pause(5ms);
    co_return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }
};

}  // namespace

TEST_CASE("a signal ends a bot with its state saved", "[client][run]") {
  int const signal = GENERATE(SIGINT, SIGTERM);
  play_on<stage>([signal](stage& s) -> task<> {
    for (int round = 1; round <= 2; ++round) {
      pid_t const bot = s.start_bot();
      co_await s.until([&] { return s.api.signed_in && s.server.connections == round; });
      co_await s.hear("round " + std::to_string(round));
      ::kill(bot, signal);
      int const code = co_await s.end_of(bot);
      CHECK(code == 0);
    }
    CHECK(s.api.logins == 1);
    CHECK(s.server.handshakes == 1);
    CHECK(s.api.sent == std::vector<std::string>{"round 1", "round 2"});  // nothing twice
  });
}

TEST_CASE("a program that was broken off by its end after a signal ended well", "[client][run]") {
  play_on<stage>([](stage& s) -> task<> {
    pid_t const bot = s.start_bot([](client& c) -> task<> {
      std::string const token(scripted_api::token);
      co_await c.sign_in_bot(token);
      auto updates = c.updates();
      while (auto const next = co_await updates.next()) {}
      throw std::system_error(asio::error::operation_aborted);
    });
    co_await s.until(
        [&] { return s.api.signed_in && s.api.asked[tl::updates::getState::tl_id] > 0; });
    ::kill(bot, SIGTERM);
    int const code = co_await s.end_of(bot);
    CHECK(code == 0);
  });
}

TEST_CASE("a bot that was killed answers the next message under the same key", "[client][run]") {
  play_on<stage>([](stage& s) -> task<> {
    for (int round = 1; round <= 4; ++round) {
      pid_t const bot = s.start_bot();
      co_await s.until([&] { return s.api.signed_in && s.server.connections == round; });
      co_await s.hear("round " + std::to_string(round));
      ::kill(bot, SIGKILL);
      int const code = co_await s.end_of(bot);
      CHECK(code == -SIGKILL);
    }
    CHECK(s.api.logins == 1);
    CHECK(s.server.handshakes == 1);
  });
}

namespace {

/// Dies of one message, as by `kill -9`, and echoes the others.
task<> echo_or_die(update update) {
  auto const message = update.get_if<new_message>();
  if (!message || message->outgoing()) co_return;
  if (message->text() == "poison") ::kill(::getpid(), SIGKILL);
  if (message->text() == "quiet") co_return;
  co_await message->reply(message->text());
}

task<> fragile_bot(client& client) {
  std::string const token(scripted_api::token);
  co_await client.sign_in_bot(token);
  co_await client.each_update(echo_or_die);
}

}  // namespace

TEST_CASE("a message that kills its bot is passed over after three attempts", "[client][run]") {
  play_on<stage>([](stage& s) -> task<> {
    pid_t bot = s.start_bot(fragile_bot);
    co_await s.until([&] { return s.api.signed_in; });
    co_await s.hear("before");
    s.alice_writes("poison");
    for (int life = 1; life <= 3; ++life) {
      int const code = co_await s.end_of(bot);
      CHECK(code == -SIGKILL);
      bot = s.start_bot(fragile_bot);
    }
    co_await s.hear("after");
    ::kill(bot, SIGTERM);
    int const code = co_await s.end_of(bot);
    CHECK(code == 0);
    CHECK(s.api.sent == std::vector<std::string>{"before", "after"});
  });
}

TEST_CASE("a message that kills its bot before the disk was waited for is passed over too",
          "[client][run]") {
  play_on<stage>([](stage& s) -> task<> {
    pid_t bot = s.start_bot(fragile_bot);
    co_await s.until([&] { return s.api.signed_in; });
    co_await s.hear("before");
    for (auto const text : {"quiet", "quiet", "poison", "after"}) s.alice_writes(text);
    auto const answered = [&] { return s.api.sent.back() == "after"; };
    bool killed = false;
    auto const is_over = [&] {
      killed = killed || ::waitpid(bot, nullptr, WNOHANG) == bot;
      return killed || answered();
    };
    int kills = 0;
    for (;; ++kills) {
      co_await s.until(is_over);
      if (!std::exchange(killed, false)) break;
      s.alice_writes("quiet");
      bot = s.start_bot(fragile_bot);
    }
    CHECK((kills == 3 || kills == 4));
    ::kill(bot, SIGTERM);
    int const code = co_await s.end_of(bot);
    CHECK(code == 0);
  });
}

TEST_CASE("two messages that kill their bot in one go are both passed over", "[client][run]") {
  play_on<stage>([](stage& s) -> task<> {
    pid_t bot = s.start_bot(fragile_bot);
    co_await s.until([&] { return s.api.signed_in; });
    co_await s.hear("before");
    ::kill(bot, SIGKILL);
    co_await s.end_of(bot);
    for (auto const text : {"poison", "poison", "after"}) s.alice_writes(text);  // one difference
    for (int life = 1; life <= 6; ++life) {
      bot = s.start_bot(fragile_bot);
      int const code = co_await s.end_of(bot);
      CHECK(code == -SIGKILL);
    }
    bot = s.start_bot(fragile_bot);
    co_await s.until([&] { return s.api.sent.back() == "after"; });
    ::kill(bot, SIGTERM);
    co_await s.end_of(bot);
  });
}

TEST_CASE("what goes wrong in a program is its exit code", "[client][run]") {
  play_on<stage>([](stage& s) -> task<> {
    auto const code_of = [&](client_config config, std::function<task<>(client&)> program) {
      pid_t const child = ::fork();
      if (child == 0) {
        ::close(STDERR_FILENO);
        ::_exit(run(std::move(config), std::move(program)));
      }
      return s.end_of(child);
    };
    auto fine = [](client& c) -> task<> {
      std::string const token(scripted_api::token);
      co_await c.sign_in_bot(token);
    };
    auto throws = [](client& c) -> task<> { co_await c.sign_in_bot("1:wrong"); };
    client_config config = s.config();
    int const good = co_await code_of(config, fine);
    config.session = s.folder / "other.session";
    int const refused = co_await code_of(config, throws);
    config.api_id = 0;
    int const unusable = co_await code_of(config, fine);
    CHECK(good == 0);
    CHECK(refused == 1);
    CHECK(unusable == 1);
  });
}
