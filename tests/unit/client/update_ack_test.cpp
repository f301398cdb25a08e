// SPDX-License-Identifier: MIT OR Apache-2.0
//
// A program that says which updates it got past, killed at each call of its store in turn.
#include "support/catch.hpp"
#include "support/client_stage.hpp"
#include "support/forwarding_records.hpp"

#include <mtp/core/timeout.hpp>
#include <mtp/mtp.hpp>
#include <mtp/storage/store_error.hpp>

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

using namespace mtp;
using namespace std::chrono_literals;
using namespace mtp::test;

namespace {

/// A store whose process dies at one of its commits, before or after that is stored. Nothing is
/// stored from then on.
class dying_records final : public forwarding_records {
 public:
  dying_records(std::shared_ptr<record_store> below, int at, bool stores_last)
      : forwarding_records(std::move(below)), left_(at), stores_last_(stores_last) {}

  bool is_dead() const { return left_ < 0; }
  task<> commit(write_batch batch, durability how) override {
    return commit_here(std::move(batch), how);
  }

 private:
  task<> commit_here(write_batch batch, durability how) {
    bool const dies = left_ == 0;
    if (left_ >= 0) --left_;
    bool const stores = !is_dead() || (dies && stores_last_);
    if (stores) co_await below().commit(std::move(batch), how);
    if (is_dead()) throw store_error(client_errc::storage, "a dead process");
  }

  int left_;
  bool stores_last_;
};

struct ack_record {
  std::map<std::string, std::string> keys = {};  ///< of everything that was handled
  std::set<std::string> acknowledged = {};
  int repeats = 0;
  std::size_t wanted = 0;  ///< so many were written

  /// What was not handled yet comes for certain, a repeat only if its word was not stored.
  duration patience() const { return keys.size() < wanted ? duration(5s) : duration(100ms); }

  void handle(update const& what) {
    auto const text = what.get_if<new_message>().value().text().str();
    CHECK(!acknowledged.contains(text));
    auto const [known, is_new] = keys.emplace(text, what.key());
    CHECK(known->second == what.key());
    repeats += !is_new;
  }
};

/// Handles and acknowledges until nothing comes any more, or the process dies.
task<> work(client& c, dying_records& store, ack_record& seen) {
  co_await log_in(c);
  auto updates = c.updates();
  while (!store.is_dead()) {
    std::optional<update> next;
    auto take = [&]() -> task<> { next = co_await updates.next(); };
    auto waiting = with_timeout(take(), seen.patience());
    (void)co_await failure_of(std::move(waiting));
    if (!next || store.is_dead()) co_return;
    seen.handle(*next);
    auto const failed = co_await failure_of(next->ack());
    if (!failed) seen.acknowledged.insert(next->get_if<new_message>()->text().str());
  }
}

/// One life; whether it died.
task<bool> live_until(client_stage& s, int at, bool stores_last, ack_record& seen) {
  auto const store = std::make_shared<dying_records>(s.records, at, stores_last);
  auto config = s.config();
  config.records = store;
  auto life = live(s, std::move(config), [&](client& c) { return work(c, *store, seen); });
  (void)co_await failure_of(std::move(life));
  co_return store->is_dead();
}

task<> kill_at_each_commit(client_stage& s, bool stores_last) {
  ack_record seen;
  int written = 0;
  bool died = true;
  int deaths = 0;
  for (int at = 0; died; ++at, deaths += died) {
    REQUIRE(at < 100);
    for (int i = 0; i < 3; ++i) s.alice_writes("text" + std::to_string(++written));
    seen.wanted = static_cast<std::size_t>(written);
    died = co_await live_until(s, at, stores_last, seen);
    if (!died) break;
    auto const again = co_await live_until(s, 1000, false, seen);
    CHECK(!again);
    CHECK(seen.keys.size() == static_cast<std::size_t>(written));
  }
  CHECK(seen.keys.size() == static_cast<std::size_t>(written));
  // The word of an acknowledgement that was stored may not have come back.
  CHECK(seen.acknowledged.size() + static_cast<std::size_t>(deaths) >= seen.keys.size());
  CHECK(deaths >= 3);  // each of three updates is acknowledged by a commit of its own
  auto const stored = co_await stored_in(*s.records);
  CHECK(stored.attempts.empty());
  CHECK(stored.updates->pts == written);
}

}  // namespace

TEST_CASE("a process that dies at any commit loses no update and repeats none it acknowledged",
          "[client][updates]") {
  bool const stores_last = GENERATE(false, true);
  play([stores_last](client_stage& s) -> task<> {
    co_await live(s, [](client& c) -> task<> { co_await log_in(c); });
    co_await kill_at_each_commit(s, stores_last);
  });
}

TEST_CASE("an update is acknowledged by the newest copy that a stream gave", "[client][updates]") {
  play([](client_stage& s) -> task<> {
    std::optional<update> kept;
    co_await listen(s, [&](update_stream& updates) -> task<> {
      s.alice_writes("none");
      auto const first = co_await updates.next();
      co_await first->ack();  // from now on each update has a position of its own
      s.alice_writes("one");
      s.alice_writes("two");
      kept = co_await updates.next();
      auto const two = co_await updates.next();
      co_await kept->ack();  // the stream was asked for the next: no more is to be said
      auto none = store_transaction{.store = s.records};
      auto const late = co_await failure_of(kept->commit(none));
      CHECK(code_of(late) == client_errc::bad_argument);
      none.store = memory_records();
      auto const elsewhere = co_await failure_of(two->commit(none));
      CHECK(code_of(elsewhere) == client_errc::bad_argument);
    });
    co_await listen(s, [](update_stream& updates) -> task<> {
      auto const two = co_await updates.next();
      CHECK(two->attempt() == 2);
      co_await two->ack();
    });
    auto const stored = co_await stored_in(*s.records);
    CHECK(stored.updates->pts == 3);
    auto const gone = co_await failure_of(kept->ack());
    CHECK(code_of(gone) == client_errc::closed);
    auto const nobody = co_await failure_of(update().ack());
    CHECK(code_of(nobody) == client_errc::closed);
  });
}
