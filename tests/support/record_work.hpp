// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "support/catch.hpp"
#include "support/run.hpp"

#include <mtp/core/environment.hpp>
#include <mtp/storage/store_error.hpp>
#include <mtp/testing/record_store_suite.hpp>

#include <asio/this_coro.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

/// What tests of stores on servers do with a store.
namespace mtp::test {

inline task<> open_here(std::shared_ptr<record_store> store) {
  auto const strand = co_await asio::this_coro::executor;
  auto work = store->open(real_environment(), strand);
  co_await std::move(work);
}

inline task<> open_and_close(std::shared_ptr<record_store> store) {
  co_await open_here(store);
  co_await store->close();
}

inline task<> put(std::shared_ptr<record_store> store, std::string id, std::string value,
                  durability how = durability::at_once) {
  write_batch batch;
  batch.put(record_space::values, bytes(id.begin(), id.end()), bytes(value.begin(), value.end()));
  co_await store->commit(std::move(batch), how);
}

inline task<std::optional<std::string>> get(std::shared_ptr<record_store> store, std::string id) {
  record_key key(record_space::values, bytes(id.begin(), id.end()));
  auto const found = co_await store->get(std::move(key));
  std::optional<std::string> out;
  if (found) out = as_text(*found);
  co_return out;
}

inline task<> expect(std::shared_ptr<record_store> store, std::string id,
                     std::optional<std::string> value) {
  auto const found = co_await get(std::move(store), std::move(id));
  CHECK(found == value);
}

/// How an operation of a store failed.
struct store_failure {
  std::error_code code = {};
  std::error_code reason = {};
  std::string text = {};
};

inline task<store_failure> failure_of(task<> work) {
  store_failure out;
  try {
    co_await std::move(work);
  } catch (store_error const& e) {
    out = {.code = e.code(), .reason = e.reason(), .text = e.what()};
  }
  co_return out;
}

/// How opening it fails, from outside of a coroutine.
inline store_failure failure_of_opening(std::shared_ptr<record_store> store) {
  store_failure out;
  auto const look = [&]() -> task<> {
    auto work = open_and_close(store);
    out = co_await failure_of(std::move(work));
  };
  run(look());
  return out;
}

inline void check_suite(std::function<testing::record_store_factory()> const& place) {
  for (auto const& check : testing::record_store_suite()) {
    INFO(check.name);
    CHECK_NOTHROW(run(check.run(real_environment(), place())));
  }
}

}  // namespace mtp::test
