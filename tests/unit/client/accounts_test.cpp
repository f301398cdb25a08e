// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What becomes of a client when its account changes, or when its login is lost for good.
#include "support/catch.hpp"
#include "support/client_stage.hpp"

#include <mtp/core/timeout.hpp>
#include <mtp/mtp.hpp>
#include <mtp/tl/functions/contacts.hpp>
#include <mtp/tl/types/Chat.hpp>
#include <mtp/tl/types/CodeSettings.hpp>
#include <mtp/tl/types/EmailVerification.hpp>
#include <mtp/tl/types/auth/SentCode.hpp>
#include <mtp/tl/types/auth/SentCodeType.hpp>
#include <mtp/tl/types/contacts/ResolvedPeer.hpp>

#include <functional>

using namespace mtp;
using namespace std::chrono_literals;
using namespace mtp::test;

namespace {

task<std::string> type_code(sent_code const&) { co_return "12345"; }

/// The phones of several people, whose sessions may be ended. Counts what it is asked.
struct phones {
  std::int64_t who = 42;  ///< who logs in next
  bool good = false;
  int codes = 0;
  int resolved = 0;
  int states = 0;
  std::vector<std::int32_t> differences = {};  ///< from where

  /// Ends the session; `next` will log in.
  void end(std::int64_t next) {
    good = false;
    who = next;
  }

  std::optional<scripted_api::reply> operator()(std::uint32_t id, bytes_view query) {
    if (id == tl::auth::sendCode::tl_id) return send_code();
    if (id == tl::auth::signIn::tl_id) return sign_in();
    if (!good) return scripted_server::refusal{401, "SESSION_REVOKED"};
    if (id == tl::users::getUsers::tl_id)
      return test::to_bytes(tl::list<tl::User>{tl::User(self())});
    if (id == tl::contacts::resolveUsername::tl_id) return resolve();
    states += id == tl::updates::getState::tl_id;
    if (id == tl::updates::getDifference::tl_id) {
      auto const call = *tl::decode<tl::updates::getDifference>(query);
      differences.push_back(call->pts);
    }
    return {};
  }

 private:
  tl::user self() const {
    tl::user out;
    out.self = true;
    out.id = who;
    return out;
  }
  scripted_api::reply send_code() {
    ++codes;
    tl::auth::sentCode sent;
    sent.type = tl::auth::sentCodeTypeApp{.length = 5};
    sent.phone_code_hash = "hash";
    return test::to_bytes(tl::auth::SentCode(std::move(sent)));
  }
  scripted_api::reply sign_in() {
    good = true;
    tl::auth::authorization out;
    out.user = self();
    return test::to_bytes(tl::auth::Authorization(std::move(out)));
  }
  scripted_api::reply resolve() {
    ++resolved;
    tl::user carol;
    carol.id = 9;
    carol.access_hash = 99;
    tl::contacts::resolvedPeer out;
    out.peer = tl::peerUser{.user_id = 9};
    out.users.push_back(std::move(carol));
    return test::to_bytes(out);
  }
};

task<> log_in_person(client& c) {
  auto signing_in = with_timeout(c.sign_in("+100", type_code), 60s);
  co_await std::move(signing_in);
}

/// A stage on which people log in.
struct people_stage : client_stage {
  phones phone;
  explicit people_stage(asio::any_io_executor where) : client_stage(where) {
    api.first = std::ref(phone);
    api.signed_in = true;
  }
};

/// Asks for an update as long as there is anything to do; none comes.
task<> expect_silence(update_stream& updates) {
  auto const executor = co_await asio::this_coro::executor;
  std::string got;
  task_scope scope(executor);
  auto const waiting = scope.spawn(test::next_text_unless_cancelled(updates, got));
  for (int i = 0; i < 200; ++i) co_await asio::post(executor, asio::use_awaitable);
  scope.cancel(waiting);
  co_await scope.join();
  CHECK(got.empty());
}

/// A memory session on a disk that may be full.
struct full_disk final : session_store {
  std::shared_ptr<session_store> real = memory_session();
  bool full = false;

  task<session_state> open() override { return real->open(); }
  task<> commit(session_change change) override {
    if (full) throw error(make_error_code(client_errc::storage));
    co_await real->commit(std::move(change));
  }
  void close() noexcept override { real->close(); }
};

}  // namespace

TEST_CASE("a person whose login was ended elsewhere signs in again", "[client]") {
  test::play_on<people_stage>([](people_stage& s) -> task<> {
    co_await live(s, log_in_person);
    co_await live(s, log_in_person);
    CHECK(s.phone.codes == 1);
    s.phone.end(42);
    co_await live(s, log_in_person);
    CHECK(s.phone.codes == 2);
  });
}

TEST_CASE("a stream whose bot may not sign in again says why", "[client][updates]") {
  play([](client_stage& s) -> task<> {
    co_await listen(s, [&](update_stream& updates) -> task<> {
      co_await until([&] { return s.api.asked[tl::updates::getState::tl_id] == 1; });
      s.api.signed_in = false;
      s.api.first = [](std::uint32_t id, bytes_view) -> std::optional<scripted_api::reply> {
        if (id != tl::auth::importBotAuthorization::tl_id) return {};
        return scripted_server::refusal{400, "ACCESS_TOKEN_EXPIRED"};
      };
      push_too_long(s);
      auto const failed = co_await failure_of(with_timeout(updates.next(), 60s));
      REQUIRE(failed);
      CHECK(describe_exception(failed).refusal.value().name == "ACCESS_TOKEN_EXPIRED");
    });
  });
}

TEST_CASE("a bot signs in again whatever its stream was asking", "[client][updates]") {
  play([](client_stage& s) -> task<> {
    co_await listen(s, [&](update_stream& updates) -> task<> {
      co_await until([&] { return s.api.asked[tl::updates::getState::tl_id] == 1; });
      bool refused = false;
      s.api.first = [&](std::uint32_t id, bytes_view) -> std::optional<scripted_api::reply> {
        if (id != tl::updates::getDifference::tl_id || std::exchange(refused, true)) return {};
        s.api.signed_in = false;  // getState finds that
        return scripted_server::refusal{400, "PERSISTENT_TIMESTAMP_INVALID"};
      };
      push_too_long(s);
      // Once before the login was lost, once to find that, once more.
      co_await until([&] { return s.api.asked[tl::updates::getState::tl_id] == 3; });
      CHECK(s.api.logins == 2);
      s.alice_writes("hello");
      co_await expect_texts(updates, "hello");
    });
  });
}

TEST_CASE("updates that came before the login was resumed are delivered once",
          "[client][updates]") {
  play([](client_stage& s) -> task<> {
    co_await listen(s, [&](update_stream& updates) -> task<> {
      s.alice_writes("one");
      co_await expect_texts(updates, "one");
      co_await expect_silence(updates);
    });
    co_await live(s, [&](client& c) -> task<> {
      (void)co_await c.get_me();
      s.alice_writes("two");
      (void)co_await c.get_me();  // whose answer stands behind the update
      co_await log_in(c);
      auto updates = c.updates();
      co_await expect_texts(updates, "two");
      s.alice_writes("three");
      co_await expect_texts(updates, "three");
      bool refused = false;
      s.api.first = [&](std::uint32_t id, bytes_view) -> std::optional<scripted_api::reply> {
        if (id != tl::updates::getDifference::tl_id || std::exchange(refused, true)) return {};
        return scripted_server::refusal{400, "PERSISTENT_TIMESTAMP_INVALID"};
      };
      int const before = s.api.asked[tl::updates::getState::tl_id];
      push_too_long(s);
      co_await until([&] { return s.api.asked[tl::updates::getState::tl_id] > before; });
      CHECK(refused);
      s.alice_writes("four");
      co_await expect_texts(updates, "four");
    });
  });
}

TEST_CASE("another account starts where it stands, although the disk is full",
          "[client][updates]") {
  test::play_on<people_stage>([](people_stage& s) -> task<> {
    auto disk = std::make_shared<full_disk>();
    s.store = disk;
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in_person(c);
      auto updates = c.updates();
      for (auto const* text : {"one", "two"}) {
        s.alice_writes(text);
        co_await expect_texts(updates, text);
      }
      co_await expect_silence(updates);
      s.phone.end(43);
      s.phone.states = 0;
      s.phone.differences.clear();
      disk->full = true;
      for (auto const* text : {"three", "four", "five"}) (void)s.api.alice_writes(text);
      co_await log_in_person(c);
      disk->full = false;
      co_await until([&] { return s.phone.states == 1; });
      co_await expect_silence(updates);
      CHECK(s.phone.states == 1);
      for (auto const from : s.phone.differences) CHECK(from == 5);
      s.alice_writes("six");
      co_await expect_texts(updates, "six");
    });
  });
}

TEST_CASE("what one account was given holds back nothing of the next", "[client][updates]") {
  test::play_on<people_stage>([](people_stage& s) -> task<> {
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in_person(c);
      auto updates = std::make_optional(c.updates());
      co_await until([&] { return s.phone.states == 1; });
      s.alice_writes("one");
      co_await expect_texts(*updates, "one");
      s.phone.end(43);
      co_await log_in_person(c);
      updates.reset();
      s.alice_writes("two");
      (void)co_await c.get_me();  // whose answer stands behind the update
      updates.emplace(c.updates());
      co_await expect_texts(*updates, "two");
    });
  });
}

TEST_CASE("names are resolved anew for another account", "[client]") {
  test::play_on<people_stage>([](people_stage& s) -> task<> {
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in_person(c);
      for (auto i = 0; i < 2; ++i) co_await c.send_message("@carol", "hi");
      CHECK(s.phone.resolved == 1);
      s.phone.end(43);
      co_await log_in_person(c);
      co_await c.send_message("@carol", "hi");
      CHECK(s.phone.resolved == 2);
    });
  });
}

TEST_CASE("a name is asked for once in whatever case, an empty one never", "[client]") {
  test::play_on<people_stage>([](people_stage& s) -> task<> {
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in_person(c);
      auto const first = co_await c.resolve("@carol");
      auto const second = co_await c.resolve("CAROL");
      auto const third = co_await c.resolve("https://t.me/Carol/7");
      CHECK(first == second);
      CHECK(first == third);
      CHECK(s.phone.resolved == 1);
      for (auto const* nobody : {"@", "t.me/joinchat/AbCdEf", "no name"}) {
        auto const failed = co_await failure_of(c.resolve(nobody));
        CHECK(code_of(failed) == client_errc::unknown_peer);
      }
      CHECK(s.phone.resolved == 1);
    });
  });
}

TEST_CASE("all who wait for the next update hear of the end", "[client][updates]") {
  play([](client_stage& s) -> task<> {
    int ended = 0;
    auto const wait = [&ended](update_stream& updates) -> task<> {
      auto const update = co_await updates.next();
      CHECK(!update);
      ++ended;
    };
    task_scope waiting(s.executor);
    std::optional<update_stream> updates;
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in(c);
      updates.emplace(c.updates());
      waiting.spawn(wait(*updates));
      waiting.spawn(wait(*updates));
    });
    co_await with_timeout(waiting.join(), 60s);
    CHECK(ended == 2);
  });
}
