// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/state_keeper.hpp"

#include "support/catch.hpp"
#include "support/client_stage.hpp"
#include "support/forwarding_records.hpp"
#include "support/run.hpp"

#include <mtp/core/error.hpp>
#include <mtp/core/task_scope.hpp>
#include <mtp/storage/account_store.hpp>
#include <mtp/storage/store_error.hpp>

#include <asio/steady_timer.hpp>
#include <asio/this_coro.hpp>
#include <asio/use_awaitable.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

using namespace mtp;
using mtp::detail::state_keeper;

namespace {

/// A store that counts, takes its time, and fails on demand.
class trying_store final : public session_store {
 public:
  session_state state;
  int commits = 0;
  int failures_to_come = 0;

  task<session_state> open() override { co_return state; }
  task<> commit(session_change change) override {
    auto executor = co_await asio::this_coro::executor;
    asio::steady_timer timer(executor, std::chrono::milliseconds(5));
    co_await timer.async_wait(asio::use_awaitable);
    if (failures_to_come > 0) {
      --failures_to_come;
      throw error(make_error_code(client_errc::storage));
    }
    apply(state, change);
    ++commits;
  }
  void close() noexcept override {}
};

session_change channel(std::int64_t id, std::int32_t pts) {
  session_change change;
  change.channel_pts[id] = pts;
  return change;
}

}  // namespace

TEST_CASE("changes made together are saved together", "[client][state]") {
  auto store = std::make_shared<trying_store>();
  auto body = [store]() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    state_keeper keeper(real_environment(), executor, detail::make_place(store), {});
    co_await keeper.open();
    for (int i = 0; i < 100; ++i) keeper.change(channel(i, i + 1));
    CHECK(keeper.state().channel_pts.size() == 100);
    co_await keeper.flush();
    CHECK(store->commits == 1);
    CHECK(store->state == keeper.state());
    co_await keeper.flush();
    CHECK(store->commits == 1);
  };
  test::run(body());
}

TEST_CASE("a flush waits for a save under way and saves the rest", "[client][state]") {
  auto store = std::make_shared<trying_store>();
  auto body = [store]() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    state_keeper keeper(real_environment(), executor, detail::make_place(store), {});
    co_await keeper.open();
    task_scope scope(executor);
    keeper.change(channel(1, 1));
    scope.spawn(keeper.flush());
    auto later = [](state_keeper& k) -> task<> {
      auto ex = co_await asio::this_coro::executor;
      asio::steady_timer timer(ex, std::chrono::milliseconds(2));
      co_await timer.async_wait(asio::use_awaitable);
      k.change(channel(2, 2));
      co_await k.flush();
    };
    scope.spawn(later(keeper));
    co_await scope.join();
    CHECK(store->commits == 2);
    CHECK(store->state == keeper.state());
  };
  test::run(body());
}

TEST_CASE("a save that failed is told and loses nothing", "[client][state]") {
  auto store = std::make_shared<trying_store>();
  auto body = [store]() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    state_keeper keeper(real_environment(), executor, detail::make_place(store), {});
    co_await keeper.open();
    store->failures_to_come = 1;
    keeper.change(channel(1, 1));
    bool failed = false;
    try {
      co_await keeper.flush();
    } catch (error const& e) {
      failed = e.code() == client_errc::storage;
    }
    CHECK(failed);
    keeper.change(channel(1, 2));
    co_await keeper.flush();
    CHECK(store->state.channel_pts.at(1) == 2);
  };
  test::run(body());
}

namespace {

/// A store of records that counts what is read of peers and how large commits are, takes its time,
/// and fails on demand.
class counting_records final : public test::forwarding_records {
 public:
  int peers_read = 0;
  std::vector<std::size_t> commits = {};
  std::vector<durability> hows = {};
  std::optional<client_errc> failure = {};
  bool slow = false;

  task<std::optional<bytes>> get(record_key key) override {
    peers_read += key.space == record_space::peers;
    return below().get(std::move(key));
  }
  task<std::vector<record>> scan(record_range range) override {
    peers_read += range.space == record_space::peers;
    return below().scan(std::move(range));
  }
  task<> commit(write_batch batch, durability how) override {
    commits.push_back(batch.size());
    hows.push_back(how);
    return commit_later(std::move(batch), how);
  }

 private:
  task<> commit_later(write_batch batch, durability how) {
    if (slow) co_await test::pause(std::chrono::milliseconds(5));
    if (failure) throw store_error(*failure, "a place");
    co_await below().commit(std::move(batch), how);
  }
};

peer_id person(std::int64_t id) { return {peer_kind::user, id}; }

session_change met(std::int64_t id, std::int64_t hash) {
  session_change change;
  change.access_hashes[person(id)] = hash;
  return change;
}

/// So many people, whose hashes are their numbers and one.
task<> fill(counting_records& store, std::int64_t people) {
  auto executor = co_await asio::this_coro::executor;
  co_await store.open(real_environment(), executor, {});
  account_batch all;
  for (std::int64_t i = 1; i <= people; ++i) all.put({.id = person(i), .access_hash = i + 1});
  co_await store.commit(all.take_records(), durability::at_once);
  co_await store.close();
  store.commits.clear();
  store.hows.clear();
}

/// A keeper over a store in which there are `people`.
void with_keeper(std::int64_t people,
                 std::function<task<>(state_keeper&, counting_records&)> what) {
  auto const store = std::make_shared<counting_records>();
  auto const body = [&]() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    co_await fill(*store, people);
    auto place = detail::make_place(store, real_environment(), executor, {});
    state_keeper keeper(real_environment(), executor, std::move(place), {});
    co_await keeper.open();
    co_await what(keeper, *store);
    co_await keeper.close();
  };
  test::run(body());
}

}  // namespace

TEST_CASE("peers stay in the store, and a commit does not grow with them", "[client][state]") {
  std::vector<std::size_t> sizes;
  for (std::int64_t const people : {1, 5000}) {
    with_keeper(people, [&](state_keeper& keeper, counting_records& store) -> task<> {
      CHECK(store.peers_read == 0);
      CHECK(keeper.state().access_hashes.empty());
      for (int round = 0; round < 2; ++round) {
        for (std::int64_t i = 1; i <= people; ++i) {
          auto const hash = co_await keeper.access_hash(person(i));
          REQUIRE(hash == i + 1);
        }
      }
      // Of the many, all were asked for anew: few are held.
      CHECK(store.peers_read == (people == 1 ? 1 : 2 * people));
      auto const nobody = co_await keeper.access_hash(person(people + 1));
      CHECK(!nobody);
      keeper.change(channel(7, 8));
      co_await keeper.flush();
      sizes.push_back(store.commits.at(0));
    });
  }
  CHECK(sizes.at(0) == sizes.at(1));
}

TEST_CASE("a peer is known from the moment on in which it is met", "[client][state]") {
  with_keeper(1, [](state_keeper& keeper, counting_records& store) -> task<> {
    keeper.change(met(1, 70));
    keeper.change(met(2, 80));
    CHECK(keeper.remembers(person(1), 70));
    auto hash = co_await keeper.access_hash(person(1));
    CHECK(hash == 70);
    store.slow = true;
    auto executor = co_await asio::this_coro::executor;
    task_scope scope(executor);
    scope.spawn(keeper.flush());
    co_await test::pause(std::chrono::milliseconds(1));
    hash = co_await keeper.access_hash(person(2));  // on its way into the store
    CHECK(hash == 80);
    co_await scope.join();
    CHECK(keeper.remembers(person(2), 80));
    CHECK(store.peers_read == 0);
  });
}

TEST_CASE("a peer of the account before is nobody's any more", "[client][state]") {
  with_keeper(1, [](state_keeper& keeper, counting_records& store) -> task<> {
    keeper.change(met(2, 80));
    co_await keeper.flush();
    session_change other;
    other.new_account = true;
    other.self = stored_self{.id = 9};
    keeper.change(other);
    store.failure = client_errc::storage;
    for (int i = 0; i < 2; ++i) {
      for (std::int64_t const id : {1, 2}) {
        auto const hash = co_await keeper.access_hash(person(id));
        CHECK(!hash);
      }
      if (i == 1) break;
      bool failed = false;
      try {
        co_await keeper.flush();
      } catch (store_error const&) {
        failed = true;
      }
      CHECK(failed);
    }
    store.failure.reset();
    co_await keeper.flush();
    auto const hash = co_await keeper.access_hash(person(1));
    CHECK(!hash);
    CHECK(keeper.state().self == stored_self{.id = 9});
  });
}

TEST_CASE("a store that is another's now ends the keeper", "[client][state]") {
  with_keeper(0, [](state_keeper& keeper, counting_records& store) -> task<> {
    store.failure = client_errc::lease_lost;
    keeper.change(channel(1, 1));
    std::error_code why;
    try {
      co_await keeper.run();
    } catch (error const& e) {
      why = e.code();
    }
    CHECK(why == client_errc::lease_lost);
  });
}

TEST_CASE("the first position of a box is not put off, later ones are", "[client][state]") {
  with_keeper(0, [](state_keeper& keeper, counting_records& store) -> task<> {
    session_change account;
    account.updates = update_state{.pts = 1};
    std::vector<session_change> const all{account, account, channel(7, 1), channel(7, 2),
                                          channel(8, 1)};
    for (auto const& one : all) {
      keeper.change(one);
      co_await keeper.flush();
    }
    auto const now = durability::at_once;
    auto const later = durability::coalesced;
    CHECK(store.hows == std::vector{now, later, now, later, now});
    keeper.change(channel(7, 3));  // together with one that begins
    keeper.change(channel(9, 1));
    co_await keeper.flush();
    CHECK(store.hows.back() == now);
  });
}

TEST_CASE("what changes while a program's own write is stored stays the newest",
          "[client][state]") {
  auto const store = std::make_shared<counting_records>();
  auto const body = [&]() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    auto place = detail::make_place(store, real_environment(), executor, {});
    state_keeper keeper(real_environment(), executor, std::move(place), {});
    co_await keeper.open();
    store_transaction slowly{.store = store};
    slowly.commit = [store](write_batch batch) -> task<> {
      co_await test::pause(std::chrono::milliseconds(5));
      co_await store->commit(std::move(batch), durability::at_once);
    };
    task_scope scope(executor);
    scope.spawn(keeper.commit_with(channel(7, 1), slowly));
    co_await test::pause(std::chrono::milliseconds(1));
    keeper.change(channel(7, 2));
    co_await scope.join();
    CHECK(keeper.state().channel_pts.at(7) == 2);
    co_await keeper.flush();
    co_await keeper.close();
    auto const stored = co_await test::stored_in(*store);
    CHECK(stored.channel_pts.at(7) == 2);
  };
  test::run(body());
}
