// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Updates that wait for consumers with names, as records of an account.
#include "storage/account/session_batch.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"

#include <mtp/core/environment.hpp>
#include <mtp/storage/account_store.hpp>
#include <mtp/storage/memory_records.hpp>

using namespace mtp;

namespace {

bytes content_of(std::uint64_t number) { return {static_cast<std::uint8_t>(number), 7}; }

/// Stores `change`, and what `state` becomes by it.
task<> store(account_store& to, session_state& state, session_change change) {
  apply(state, change);
  auto work = to.commit(detail::to_batch(change, state, client_consumer));
  co_await std::move(work);
}

/// Runs `what`, a coroutine, with an account in memory.
template <class Work>
void with_journal(Work what) {
  auto const records = memory_records();
  auto const work = [&]() -> task<> {
    auto const strand = co_await asio::this_coro::executor;
    auto opening = records->open(real_environment(), strand);
    co_await std::move(opening);
    account_store account(records);
    co_await what(account);
  };
  test::run(work());
}

}  // namespace

TEST_CASE("the journal of an account is read page by page, from any place on",
          "[storage][account]") {
  with_journal([](account_store& account) -> task<> {
    session_state state;
    session_change change;
    for (std::uint64_t n = 1; n <= 300; ++n) change.journal[n] = content_of(n);
    change.journal_end = 300;
    change.consumers["one"] = stored_consumer{.place = 2, .attempts = 1, .lost = 3};
    co_await store(account, state, std::move(change));
    auto const page = co_await account.journal(254, 4);
    REQUIRE(page.size() == 4);
    CHECK(page.begin()->first == 255);
    CHECK(page.at(256) == content_of(256));
    auto const end = co_await account.journal(299, 4);
    CHECK(end.size() == 1);
    session_change trim;
    for (std::uint64_t n = 1; n <= 299; ++n) trim.journal[n] = std::nullopt;
    co_await store(account, state, std::move(trim));
    auto const rest = co_await account.journal(0, 1000);
    CHECK(rest.size() == 1);
    auto reading = export_session(account, std::string(client_consumer));
    auto const read = co_await std::move(reading);
    CHECK(read.journal_end == 300);
    CHECK(read.consumers == state.consumers);
    CHECK(read.consumers.at("one") == stored_consumer{.place = 2, .attempts = 1, .lost = 3});
  });
}

TEST_CASE("with the account its journal is forgotten", "[storage][account]") {
  with_journal([](account_store& account) -> task<> {
    session_state state;
    session_change change;
    change.journal[1] = content_of(1);
    change.journal_end = 1;
    change.consumers["one"] = stored_consumer{};
    session_change other;
    other.new_account = true;
    other.journal[1] = content_of(9);
    merge(change, other);
    CHECK(change.consumers.empty());
    CHECK(!change.journal_end);
    co_await store(account, state, std::move(change));
    auto const kept = co_await account.journal(0, 10);
    CHECK(kept.at(1) == content_of(9));
    session_change last;
    last.new_account = true;
    co_await store(account, state, std::move(last));
    auto const none = co_await account.journal(0, 10);
    CHECK(none.empty());
    auto const nobody = co_await account.consumers();
    CHECK(nobody.empty());
  });
}
