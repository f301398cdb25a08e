// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/storage/store_statistics.hpp>

#include "support/catch.hpp"
#include "support/run.hpp"

#include <mtp/core/environment.hpp>
#include <mtp/storage/account_store.hpp>
#include <mtp/storage/memory_records.hpp>

#include <set>
#include <string>

using namespace mtp;

namespace {

task<> open_in_memory(record_store& store) {
  auto const strand = co_await asio::this_coro::executor;
  auto work = store.open(real_environment(), strand);
  co_await std::move(work);
}

}  // namespace

TEST_CASE("a store says how much of each kind it holds", "[storage][statistics]") {
  auto const records = memory_records();
  auto const work = [&]() -> task<> {
    co_await open_in_memory(*records);
    auto const before = co_await measure(*records);
    CHECK(before.all() == store_statistics::part());
    account_store account(records);
    account_batch batch;
    for (std::int64_t id = 1; id <= 600; ++id)  // more than a page
      batch.put(stored_peer{.id = {peer_kind::user, id}, .access_hash = id});
    batch.put_value("abc", bytes(7, 1));
    co_await account.commit(std::move(batch));
    auto const found = co_await measure(*records);
    CHECK(found.of(record_space::peers).records == 600);
    CHECK(found.of(record_space::values) == store_statistics::part{1, 10});
    CHECK(found.of(record_space::auth_keys) == store_statistics::part());
    CHECK(found.all().records == 601);
    CHECK(found.all().bytes == found.of(record_space::peers).bytes + 10);
    account_batch gone;
    gone.erase_value("abc");
    co_await account.commit(std::move(gone));
    auto const after = co_await measure(*records);
    CHECK_FALSE(after.parts.contains(record_space::values));
  };
  test::run(work());
}

TEST_CASE("every kind of record has a name of its own", "[storage][statistics]") {
  std::set<std::string_view> names;
  for (std::size_t i = 1; i <= max_record_space; ++i)
    names.insert(name_of(static_cast<record_space>(i)));
  CHECK(names.size() == max_record_space);
  CHECK_FALSE(names.contains("unknown"));
}
