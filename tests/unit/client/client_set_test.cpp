// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Many accounts in one program, over the small server of client_stage.
#include <mtp/client/client_set.hpp>

#include "support/catch.hpp"
#include "support/client_stage.hpp"
#include "support/temporary_folder.hpp"

#include <algorithm>
#include <filesystem>
#include <map>

using namespace mtp;
using namespace std::chrono_literals;
using namespace mtp::test;

namespace {

constexpr auto for_ever = [](client& c) -> task<> {
  auto updates = c.updates();
  while (auto const next = co_await updates.next()) {}
};

struct set_stage : client_stage {
  explicit set_stage(asio::any_io_executor where) : client_stage(where) {}

  client_config account() const {
    client_config out = config();
    out.records = nullptr;  // each its own
    return out;
  }
  client_set_options options() {
    client_set_options out;
    out.restart = {.initial_delay = 1ms, .max_delay = 4ms};
    out.on_change = [this](account_health const& one) { told[one.name].push_back(one.phase); };
    return out;
  }
  std::map<std::string, std::vector<account_phase>> told = {};
};

/// Runs a set beside `what`, then stops it.
void play_set(std::function<task<>(set_stage&, client_set&)> what,
              std::function<void(client_set_options&)> change = {}) {
  play_on<set_stage>([&](set_stage& s) -> task<> {
    auto options = s.options();
    if (change) change(options);
    client_set all(s.executor, options);
    auto program = [&]() -> task<> {
      co_await what(s, all);
      all.stop();
    };
    task_scope scope(s.executor);
    scope.spawn(all.run());
    scope.spawn(program());
    co_await scope.join();
    CHECK(std::ranges::none_of(all.health(), [](account_health const& one) {
      return one.phase == account_phase::running || one.phase == account_phase::waiting;
    }));
  });
}

bool is_running(client_set const& all, std::string_view name) {
  return all.health(name).phase == account_phase::running;
}
bool is_connected(client_set const& all, std::string_view name) {
  auto const status = all.health(name).status;
  return status == client_status::ready || status == client_status::signed_out;
}
bool is_ready(client_set const& all, std::string_view name) {
  return all.health(name).status == client_status::ready;
}

}  // namespace

TEST_CASE("accounts come and go while others run", "[client][accounts]") {
  play_set([](set_stage& s, client_set& all) -> task<> {
    auto stay = [](client& c) -> task<> {
      co_await log_in(c);
      co_await for_ever(c);
    };
    all.add("one", s.account(), stay);
    co_await until([&] { return is_ready(all, "one"); });
    auto const first = all.find("one");
    all.add("two", s.account(), stay);
    co_await until([&] { return is_ready(all, "two"); });
    CHECK(all.health().size() == 2);
    CHECK(all.find("two") != first);

    co_await all.remove("two");
    CHECK(!all.find("two"));
    CHECK(all.health("two").name.empty());
    CHECK(all.health().size() == 1);
    CHECK(all.find("one") == first);
    auto const me = co_await first->get_me();
    CHECK(me.id() != 0);
    all.add("three", {}, stay);  // no good
    auto const healths = co_await all.client_healths();
    CHECK((healths.at(0).name == "one" && healths.at(0).connections.size() == 1));
    CHECK((healths.at(1).name == "three" && healths.at(1).connections.empty()));
    co_await all.remove("three");
    co_await all.remove("two");  // there is none
  });
}

TEST_CASE("an account may take the name of one that was removed", "[client][accounts]") {
  play_set([](set_stage& s, client_set& all) -> task<> {
    for (int i = 0; i < 3; ++i) {
      all.add("one", s.account(), for_ever);
      co_await until([&] { return is_running(all, "one"); });
      std::error_code why;
      try {
        all.add("one", s.account(), for_ever);
      } catch (error const& e) {
        why = e.code();
      }
      CHECK(why == client_errc::bad_argument);
      co_await all.remove("one");
    }
    CHECK(std::ranges::count(s.told["one"], account_phase::running) == 3);
  });
}

TEST_CASE(
    "an account that is removed by its own program is forgotten, as is one whose remover "
    "waits no longer",
    "[client][accounts]") {
  play_set(
      [](set_stage& s, client_set& all) -> task<> {
        all.add("own", s.account(), [&all](client&) -> task<> { co_await all.remove("own"); });
        co_await until([&] { return all.health("own").name.empty(); });

        all.add("other", s.account(), for_ever);
        co_await until([&] { return is_connected(all, "other"); });
        task_scope scope(s.executor);
        scope.spawn(all.remove("other"));
        scope.cancel();
        co_await scope.join();
        co_await until([&] { return all.health("other").name.empty(); });
        all.add("other", s.account(), for_ever);
      },
      [](client_set_options& options) { options.time_to_finish = 50ms; });
}

TEST_CASE("an account that fails begins again, and no other notices", "[client][accounts]") {
  int lives = 0;
  play_set([&lives](set_stage& s, client_set& all) -> task<> {
    all.add("good", s.account(), for_ever);
    all.add("bad", s.account(), [&lives](client& c) -> task<> {
      co_await log_in(c);
      if (++lives < 4) throw std::runtime_error("the program is wrong");
      co_await for_ever(c);
    });
    co_await until([&] { return lives == 4; });
    auto const bad = all.health("bad");
    CHECK(bad.failures == 3);
    CHECK(bad.text == "the program is wrong");
    CHECK(bad.phase == account_phase::running);
    CHECK(all.health("good").failures == 0);
    CHECK(s.told["good"] == std::vector{account_phase::running});
    CHECK(std::ranges::count(s.told["bad"], account_phase::waiting) == 3);
  });
}

TEST_CASE("an account keeps its session when it begins again", "[client][accounts]") {
  int lives = 0;
  play_set([&lives](set_stage& s, client_set& all) -> task<> {
    all.add("one", s.account(), [&lives](client& c) -> task<> {
      if (++lives == 1) co_await log_in(c);
      auto const me = co_await c.get_me();
      CHECK(me.id() != 0);
      if (lives < 3) throw std::runtime_error("again");
      co_await for_ever(c);
    });
    co_await until([&] { return lives == 3; });
    CHECK(s.server.handshakes == 1);
  });
}

TEST_CASE("what cannot work is told once", "[client][accounts]") {
  std::vector<std::string> lines;
  auto listen = [&lines](client_set_options& options) {
    options.log = [&lines](log_level, std::string_view text) { lines.emplace_back(text); };
  };
  play_set(
      [&](set_stage& s, client_set& all) -> task<> {
        auto useless = s.account();
        useless.api_id = 0;
        all.add("useless", useless, for_ever);
        co_await until([&] { return all.health("useless").phase == account_phase::ended; });
        CHECK(all.health("useless").why == client_errc::bad_config);
        REQUIRE(lines.size() == 1);
        CHECK(lines[0].starts_with("accounts: useless does not begin again: "));
      },
      listen);
}

TEST_CASE("a log that throws ends no account, and no set", "[client][accounts]") {
  int lives = 0;
  play_set(
      [&lives](set_stage& s, client_set& all) -> task<> {
        all.add("one", s.account(), [&lives](client& c) -> task<> {
          if (++lives < 3) throw rpc_error(rpc_failure{.code = 0, .name = "NO_CODE"});
          co_await for_ever(c);
        });
        co_await until([&] { return lives == 3; });
        CHECK(all.health("one").failures == 2);
      },
      [](client_set_options& options) {
        options.log = [](log_level, std::string_view) { throw std::runtime_error("full"); };
      });
}

TEST_CASE("a set whose times cannot work is not made", "[client][accounts]") {
  play_on<set_stage>([](set_stage& s) -> task<> {
    for (auto const first : {0ms, -1ms, 5ms}) {
      auto options = s.options();
      options.restart.initial_delay = first;
      std::error_code why;
      try {
        client_set const all(s.executor, options);
      } catch (error const& e) {
        why = e.code();
      }
      CHECK(why == client_errc::bad_config);
    }
    co_return;
  });
}

TEST_CASE("an account that has ended, waits or runs can be restarted", "[client][accounts]") {
  auto patient = [](client_set_options& options) {
    options.restart = {.initial_delay = 1h, .max_delay = 1h};
  };
  int lives = 0;
  play_set(
      [&lives](set_stage& s, client_set& all) -> task<> {
        all.add("one", s.account(), [&lives](client& c) -> task<> {
          ++lives;
          if (lives == 2) throw std::runtime_error("waits an hour");
          if (lives >= 3) co_await for_ever(c);
        });
        co_await until([&] { return all.health("one").phase == account_phase::ended; });
        CHECK(all.restart("one"));
        co_await until([&] { return all.health("one").phase == account_phase::waiting; });
        CHECK(all.restart("one"));
        co_await until([&] { return lives == 3; });
        CHECK(all.health("one").failures == 0);
        CHECK(all.restart("one"));
        co_await until([&] { return lives == 4; });
        CHECK(!all.restart("nobody"));
      },
      patient);
}

TEST_CASE("two accounts never use one session", "[client][accounts]") {
  play_set([](set_stage& s, client_set& all) -> task<> {
    auto shared = s.account();
    test::temporary_folder folder;
    shared.session = folder / "one.session";
    all.add("first", shared, for_ever);
    co_await until([&] { return is_running(all, "first"); });
    co_await until([&] { return std::filesystem::exists(folder / "one.session"); });
    all.add("second", shared, for_ever);
    co_await until([&] { return all.health("second").failures > 1; });
    CHECK(all.health("second").why == client_errc::session_in_use);
    co_await all.remove("first");
    co_await until([&] { return is_connected(all, "second"); });
    co_await all.remove("second");
  });
}

TEST_CASE("a program that does not end when its set stops is cancelled, others finish",
          "[client][accounts]") {
  bool finished = false;
  bool cancelled = false;
  auto brief = [](client_set_options& options) { options.time_to_finish = 300ms; };
  play_set(
      [&](set_stage& s, client_set& all) -> task<> {
        all.add("stubborn", s.account(), [&](client&) -> task<> {
          try {
            co_await test::pause(1h);
          } catch (std::system_error const&) {
            cancelled = true;
            throw;
          }
        });
        all.add("tidy", s.account(), [&](client& c) -> task<> {
          co_await for_ever(c);
          co_await log_in(c);  // what it has to do yet
          finished = true;
        });
        co_await until([&] { return is_running(all, "stubborn") && is_connected(all, "tidy"); });
      },
      brief);
  CHECK(finished);
  CHECK(cancelled);
}

TEST_CASE("a set that was stopped before it ran ends at once and takes nobody",
          "[client][accounts]") {
  play_on<set_stage>([](set_stage& s) -> task<> {
    client_set all(s.executor, s.options());
    all.add("one", s.account(), for_ever);
    CHECK(all.health("one").phase == account_phase::idle);
    all.stop();
    co_await all.run();
    std::error_code why;
    try {
      all.add("two", s.account(), for_ever);
    } catch (error const& e) {
      why = e.code();
    }
    CHECK(why == client_errc::closed);
    CHECK(s.told["one"].empty());
  });
}

TEST_CASE("a set that is cancelled ends its accounts and saves them", "[client][accounts]") {
  play_on<set_stage>([](set_stage& s) -> task<> {
    client_set all(s.executor, s.options());
    auto const store = memory_records();
    auto config = s.account();
    config.records = store;
    all.add("one", config, for_ever);
    task_scope scope(s.executor);
    scope.spawn(all.run());
    co_await until([&] { return is_connected(all, "one"); });
    scope.cancel();
    co_await scope.join();
    CHECK(all.health("one").phase == account_phase::ended);
    CHECK(all.health("one").failures == 0);
    CHECK(s.told["one"] == std::vector{account_phase::running, account_phase::ended});
    auto const kept = co_await stored_in(*store);
    CHECK(kept.dcs.contains(2));
  });
}

TEST_CASE("a loop may be destroyed while a set runs", "[client][accounts]") {
  asio::io_context loop;
  auto whole = [](asio::any_io_executor where) -> task<> {
    set_stage s(where);
    s.server.start();
    client_set all(where, s.options());
    for (int i = 0; i < 4; ++i) all.add(std::to_string(i), s.account(), for_ever);
    co_await all.run();
  };
  asio::co_spawn(loop, whole(loop.get_executor()), [](std::exception_ptr) {});
  loop.run_for(std::chrono::milliseconds(GENERATE(0, 1, 5, 20)));
}
