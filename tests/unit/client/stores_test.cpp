// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Whole clients over the stores of records.
#include "support/catch.hpp"
#include "support/client_stage.hpp"
#include "support/temporary_folder.hpp"

#include <mtp/core/timeout.hpp>
#include <mtp/mtp.hpp>
#include <mtp/storage/sealed_store.hpp>
#include <mtp/tl/types/InputPeer.hpp>
#include <mtp/tl/types/auth/LoggedOut.hpp>

#include <unistd.h>

#include <filesystem>
#include <optional>

using namespace mtp;
using namespace std::chrono_literals;
using namespace mtp::test;

namespace {

enum class place { memory, file, sealed_file };

struct store_stage : client_stage {
  test::temporary_folder folder;

  explicit store_stage(asio::any_io_executor where) : client_stage(where) {}

  std::string path() const { return (folder / "bot.session").string(); }
  /// For the next life: a store of its own over what the last one left.
  client_config over(place where) const {
    client_config out = config();
    if (where == place::file) out.records = file_records(path());
    if (where == place::sealed_file)
      out.records = sealed_records(file_records(path()), store_key{.key = bytes(32, 7)});
    return out;
  }
  /// The access hash by which the bot names Alice in what it sends. It may sign out.
  void look_for_hash(std::optional<std::int64_t>& hash) {
    api.first = [&hash](std::uint32_t id, bytes_view query) -> std::optional<scripted_api::reply> {
      if (id == tl::auth::logOut::tl_id) return test::to_bytes(tl::auth::loggedOut{});
      if (id != tl::messages::sendMessage::tl_id) return {};
      auto const call = *tl::decode<tl::messages::sendMessage>(query);
      auto const* const to = call->peer.get_if<tl::inputPeerUser>();
      if (to) hash = to->access_hash;
      return {};
    };
  }
};

void play_stores(std::function<task<>(store_stage&)> body) {
  play_on<store_stage>(std::move(body));
}

/// Nothing comes, so what came is consumed.
task<> expect_nothing(update_stream& updates) {
  auto nothing = with_timeout(updates.next(), 20ms);
  auto const failed = co_await failure_of(std::move(nothing));
  CHECK(code_of(failed) == client_errc::timed_out);
}

task<update> take_first(client& c) {
  co_await log_in(c);
  auto updates = c.updates();
  auto waiting = with_timeout(updates.next(), 5s);
  auto const got = co_await std::move(waiting);
  co_return got.value();
}

/// One life of a program that never gets past the first update: as which attempt it came.
task<int> attempt_of_first(store_stage& s, place where, std::string& text) {
  int attempt = 0;
  co_await live(s, s.over(where), [&](client& c) -> task<> {
    auto const got = co_await take_first(c);
    attempt = got.attempt();
    text = got.get_if<new_message>().value().text().str();
  });
  co_return attempt;
}

}  // namespace

TEST_CASE("a client goes on where it was over any store of records", "[client][stores]") {
  auto const where = GENERATE(place::memory, place::file, place::sealed_file);
  play_stores([where](store_stage& s) -> task<> {
    co_await live(s, s.over(where), [&s](client& c) -> task<> {
      co_await log_in(c);
      auto updates = c.updates();
      s.alice_writes("one");
      co_await expect_texts(updates, "one");
      co_await expect_nothing(updates);
    });
    s.alice_writes("two");
    std::optional<std::int64_t> hash;
    s.look_for_hash(hash);
    co_await live(s, s.over(where), [](client& c) -> task<> {
      co_await log_in(c);
      peer_id const alice{peer_kind::user, scripted_api::alice_id};
      co_await c.send_message(alice, "before anything came");
      auto updates = c.updates();
      co_await expect_texts(updates, "two");
    });
    CHECK(hash == 4242);
    CHECK(s.server.handshakes == 1);
    CHECK(s.api.logins == 1);
  });
}

TEST_CASE("attempts are counted over any store of records", "[client][stores][updates]") {
  auto const where = GENERATE(place::memory, place::file, place::sealed_file);
  play_stores([where](store_stage& s) -> task<> {
    co_await live(s, s.over(where), log_in);
    s.alice_writes("poison");
    s.alice_writes("fine");
    std::string text;
    for (int life = 1; life <= 3; ++life) {
      auto const attempt = co_await attempt_of_first(s, where, text);
      CHECK(attempt == life);
      CHECK(text == "poison");
    }
    auto const attempt = co_await attempt_of_first(s, where, text);
    CHECK(attempt == 1);
    CHECK(text == "fine");
  });
}

TEST_CASE("a session that signs out leaves no peer, and the next starts anew", "[client][stores]") {
  auto const where = GENERATE(place::memory, place::file);
  play_stores([where](store_stage& s) -> task<> {
    std::optional<std::int64_t> hash;
    co_await live(s, s.over(where), [&s, &hash](client& c) -> task<> {
      co_await log_in(c);
      {
        auto updates = c.updates();
        s.alice_writes("one");
        co_await expect_texts(updates, "one");
      }
      s.look_for_hash(hash);
      peer_id const alice{peer_kind::user, scripted_api::alice_id};
      co_await c.send_message(alice, "hi");
      CHECK(hash == 4242);
      co_await c.auth().sign_out();
      co_await log_in(c);
      co_await c.send_message(alice, "hi again");
      CHECK(hash == 0);  // a bot may try without one
    });
    co_await live(s, s.over(where), [&](client& c) -> task<> {
      hash.reset();
      peer_id const alice{peer_kind::user, scripted_api::alice_id};
      co_await c.send_message(alice, "and again");
      CHECK(hash == 0);
    });
  });
}

TEST_CASE("a client whose store another process took over ends and says so", "[client][stores]") {
  play_stores([](store_stage& s) -> task<> {
    auto life = live(s, s.over(place::file), [&s](client& c) -> task<> {
      co_await log_in(c);
      std::filesystem::remove(s.path() + ".lock");
      auto updates = c.updates();
      s.alice_writes("one");  // whom the store is to remember
      co_await test::pause(60s);
    });
    auto const failed = co_await failure_of(std::move(life));
    CHECK(code_of(failed) == client_errc::lease_lost);
    CHECK(describe_exception(failed).text.find(s.path()) != std::string::npos);
  });
}

TEST_CASE("who comes second learns who holds the store, or waits", "[client][stores]") {
  play_stores([](store_stage& s) -> task<> {
    auto waiting = s.over(place::file);
    waiting.lease_grace = 30s;
    client next(s.executor, waiting);
    task_scope scope(s.executor);
    co_await live(s, s.over(place::file), [&](client& c) -> task<> {
      co_await log_in(c);
      client second(s.executor, s.over(place::file));
      auto const failed = co_await failure_of(second.run());
      CHECK(code_of(failed) == client_errc::session_in_use);
      auto const text = describe_exception(failed).text;
      CHECK(text.find(std::to_string(::getpid())) != std::string::npos);
      scope.spawn(next.run());
      co_await test::pause(250ms);
      CHECK(next.status() == client_status::offline);
    });
    user const me = co_await next.get_me();
    CHECK(me.id() == scripted_api::bot_id);
    next.close();
    co_await scope.join();
    CHECK(s.server.handshakes == 1);
  });
}

TEST_CASE("a client takes a session file of the format before over", "[client][stores]") {
  play_stores([](store_stage& s) -> task<> {
    auto before = s.config();
    before.store = file_session(s.path());
    co_await live(s, before, [&s](client& c) -> task<> {
      co_await log_in(c);
      auto updates = c.updates();
      s.alice_writes("one");
      co_await expect_texts(updates, "one");
      co_await expect_nothing(updates);
    });
    auto now = s.config();
    now.records = nullptr;
    now.session = s.path();
    for (auto const* const text : {"two", "three"}) {
      s.alice_writes(text);
      co_await live(s, now, [text](client& c) -> task<> {
        co_await log_in(c);
        auto updates = c.updates();
        co_await expect_texts(updates, text);
        co_await expect_nothing(updates);
      });
    }
    CHECK(s.server.handshakes == 1);
    CHECK(s.api.logins == 1);
    auto const failed = co_await failure_of(live(s, before, log_in));
    CHECK(code_of(failed) == client_errc::newer_store);
  });
}
