// SPDX-License-Identifier: MIT OR Apache-2.0
#include "support/catch.hpp"
#include "support/run.hpp"
#include "support/temporary_folder.hpp"

#include <mtp/core/environment.hpp>
#include <mtp/core/error.hpp>
#include <mtp/core/task_scope.hpp>
#include <mtp/storage/file_records.hpp>
#include <mtp/storage/record_backend.hpp>
#include <mtp/storage/sealed_store.hpp>
#include <mtp/storage/store_error.hpp>

#include <asio/io_context.hpp>
#include <asio/strand.hpp>

#include <atomic>
#include <thread>

using namespace mtp;

namespace {

/// Counts who is in it, and takes its time to close.
class slow_backend final : public record_backend {
 public:
  struct counts {
    std::atomic<int> inside = 0;
    std::atomic<int> most = 0;
    std::atomic<int> closed = 0;
  };
  explicit slow_backend(counts& to) : counts_(to) {}

  store_lease open(std::chrono::system_clock::time_point) override {
    stay();
    return {};
  }
  std::optional<bytes> get(record_key const&) override { return {}; }
  std::vector<record> scan(record_range const&) override { return {}; }
  void commit(write_batch const&, durability) override {}
  void close() override {
    stay();
    ++counts_.closed;
  }

 private:
  void stay() {
    int const now = ++counts_.inside;
    counts_.most = std::max(counts_.most.load(), now);
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    --counts_.inside;
  }

  counts& counts_;
};

task<> open_here(record_store& store, lease_options how = {}) {
  auto const strand = co_await asio::this_coro::executor;
  auto work = store.open(real_environment(), strand, how);
  co_await std::move(work);
}

task<> open_meanwhile(record_store& store, std::error_code& refused) {
  try {
    co_await open_here(store);
  } catch (error const& e) {
    refused = e.code();
  }
}

task<> open_patiently(record_store& store, slow_backend::counts const& counts) {
  lease_options const how{.grace = std::chrono::seconds(60)};
  co_await open_here(store, how);
  CHECK(counts.closed == 1);
}

/// Closes the store, opens it meanwhile once without patience and once with it.
task<> reopen(record_store& store, slow_backend::counts const& counts) {
  auto const strand = co_await asio::this_coro::executor;
  co_await open_here(store);
  std::error_code refused;
  std::function<void(task_scope&)> const start = [&](task_scope& scope) {
    scope.spawn(store.close());
    scope.spawn(open_meanwhile(store, refused));
    scope.spawn(open_patiently(store, counts));
  };
  co_await task_scope::run(strand, start);
  CHECK(refused == client_errc::session_in_use);
  co_await store.close();
  co_await store.close();
}

void leave_open(record_store& store) {
  asio::io_context loop;
  auto const strand = asio::make_strand(loop);
  asio::co_spawn(strand, open_here(store), [](std::exception_ptr failed) { CHECK(!failed); });
  loop.run();
}

}  // namespace

TEST_CASE("a store is not opened again before it was closed", "[storage][worker]") {
  slow_backend::counts counts;
  auto const store = worker_records(std::make_unique<slow_backend>(counts));
  test::run(reopen(*store, counts));
  CHECK(counts.most == 1);
  CHECK(counts.closed == 2);
}

TEST_CASE("a store may outlive the loop on which it was opened", "[storage][worker]") {
  test::temporary_folder folder;
  auto const path = (folder / "account").string();
  for (int round = 0; round < 2; ++round) {
    auto const below = file_records(path);
    auto const store = sealed_records(below, store_key{.key = bytes(32, 1)});
    leave_open(*store);
    std::error_code refused;
    test::run(open_meanwhile(*file_records(path), refused));
    CHECK(refused == client_errc::session_in_use);
    refused.clear();
    auto const use = [&]() -> task<> {
      try {
        record_key key(record_space::values);
        co_await below->get(std::move(key));
      } catch (error const& e) {
        refused = e.code();
      }
      co_await store->close();
    };
    test::run(use());
    CHECK(refused == client_errc::closed);
  }
}
