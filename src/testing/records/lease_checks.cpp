// SPDX-License-Identifier: MIT OR Apache-2.0
#include "testing/records/store_checks.hpp"
#include "testing/records/store_probe.hpp"

#include <mtp/core/environment.hpp>
#include <mtp/core/error.hpp>
#include <mtp/core/task_scope.hpp>

#include <asio/this_coro.hpp>

#include <utility>

namespace mtp::MTP_ABI::testing::checks {
namespace {

task<> try_open(store_probe& at) { co_await at.open(); }

task<> open_patiently(store_probe& at, bool& opened) {
  lease_options how;
  how.grace = std::chrono::seconds(60);
  co_await at.open(how);
  opened = true;
}

task<> close_soon(environment& world, store_probe& at, bool const& opened) {
  auto const strand = co_await asio::this_coro::executor;
  co_await pause(world, strand, std::chrono::milliseconds(250));
  require(!opened, "a lease that is held was given to another");
  co_await at.close();
}

task<> read_one(store_probe& at) { co_await at.get("a"); }

}  // namespace

task<> has_one_holder(environment& world, record_store_factory make) {
  std::uint64_t last = 0;
  for (int i = 0; i < 3; ++i) {
    store_probe holder(world, make());
    store_probe other(world, make());
    auto const lease = co_await holder.open();
    require(lease.fence > last, "the number of a lease is not larger than the one before");
    last = lease.fence;
    auto const refused = co_await other.error_of(try_open(other));
    require(refused == client_errc::session_in_use, "a second holder is not refused");
    co_await holder.put("a", std::to_string(i));
    co_await holder.close();
  }
  store_probe later(world, make());
  co_await later.open();
  co_await later.expect("a", "2");
  co_await later.close();
}

task<> waits_for_the_lease(environment& world, record_store_factory make) {
  store_probe holder(world, make());
  store_probe other(world, make());
  co_await holder.open();
  auto const strand = co_await asio::this_coro::executor;
  bool opened = false;
  auto start = [&](task_scope& scope) {
    scope.spawn(open_patiently(other, opened));
    scope.spawn(close_soon(world, holder, opened));
  };
  std::function<void(task_scope&)> begin = start;
  co_await task_scope::run(strand, std::move(begin));
  require(opened, "who waited did not get the lease");
  co_await other.put("a", "1");
  co_await other.close();
}

task<> is_closed_at_first(environment& world, record_store_factory make) {
  store_probe at(world, make());
  auto const before = co_await at.error_of(read_one(at));
  require(before == client_errc::closed, "it can be read before it is open");
  co_await at.close();
  co_await at.open();
  co_await at.close();
  auto const after = co_await at.error_of(at.put("a", "1"));
  require(after == client_errc::closed, "it can be written after it was closed");
  co_await at.close();
}

task<> survives_cancelling(environment& world, record_store_factory make) {
  store_probe at(world, make());
  co_await at.open();
  auto const strand = co_await asio::this_coro::executor;
  for (int i = 0; i < 20; ++i) {
    auto start = [&](task_scope& scope) {
      auto const name = std::to_string(i);
      auto const first = scope.spawn(at.put("first " + name, name));
      auto const second = scope.spawn(at.put("second " + name, name));
      scope.spawn(at.put("third " + name, name));
      auto const reading = scope.spawn(read_one(at));
      if (i % 2 == 1) scope.cancel(first);
      if (i % 3 == 1) scope.cancel(second);
      scope.cancel(reading);
    };
    std::function<void(task_scope&)> begin = start;
    co_await task_scope::run(strand, std::move(begin));
    co_await at.expect("third " + std::to_string(i), std::to_string(i));
  }
  co_await at.close();
}

}  // namespace mtp::MTP_ABI::testing::checks
