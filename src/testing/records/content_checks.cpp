// SPDX-License-Identifier: MIT OR Apache-2.0
#include "testing/records/store_checks.hpp"
#include "testing/records/store_probe.hpp"

#include <mtp/core/environment.hpp>
#include <mtp/core/task_scope.hpp>

#include <asio/this_coro.hpp>

#include <algorithm>
#include <utility>

namespace mtp::MTP_ABI::testing::checks {

task<> keeps_records(environment& world, record_store_factory make) {
  {
    store_probe at(world, make());
    co_await at.open();
    co_await at.expect("a", {});
    co_await at.put("a", "first");
    co_await at.put("b", "");
    co_await at.put("a", "second");
    co_await at.put("a", "elsewhere", record_space::peers);
    co_await at.close();
  }
  store_probe again(world, make());
  co_await again.open();
  co_await again.expect("a", "second");
  co_await again.expect("b", "");
  co_await again.expect("c", {});
  co_await again.expect("a", "elsewhere", record_space::peers);
  co_await again.close();
}

task<> keeps_order(environment& world, record_store_factory make) {
  store_probe at(world, make());
  co_await at.open();
  co_await at.put("gone", "before");
  write_batch batch;
  batch.put(record_space::values, to_bytes("a"), to_bytes("1"));
  batch.erase(record_space::values, to_bytes("a"));
  batch.put(record_space::values, to_bytes("b"), to_bytes("1"));
  batch.put(record_space::values, to_bytes("b"), to_bytes("2"));
  batch.erase(record_space::values, to_bytes("gone"));
  batch.erase(record_space::values, to_bytes("never there"));
  batch.put(record_space::outbox, to_bytes("x"), to_bytes("1"));
  batch.clear(record_space::outbox);
  batch.put(record_space::outbox, to_bytes("y"), to_bytes("1"));
  co_await at.store().commit(std::move(batch));
  co_await at.expect("a", {});
  co_await at.expect("b", "2");
  co_await at.expect("gone", {});
  co_await at.expect("x", {}, record_space::outbox);
  co_await at.expect("y", "1", record_space::outbox);
  co_await at.close();
}

task<> takes_any_bytes(environment& world, record_store_factory make) {
  std::vector<std::string> names{"",
                                 std::string(1, '\0'),
                                 std::string(2, '\0'),
                                 "\x01",
                                 "a",
                                 std::string("a\0", 2),
                                 "a\xff",
                                 "ab",
                                 "'; --",
                                 "\x7f",
                                 "\x80",
                                 "\xff",
                                 "\xff\xff",
                                 std::string(max_record_id, '\xff')};
  {
    store_probe at(world, make());
    co_await at.open();
    for (auto const& name : names) co_await at.put(name, "value of " + name);
    co_await at.close();
  }
  store_probe again(world, make());
  co_await again.open();
  for (auto const& name : names) co_await again.expect(name, "value of " + name);
  std::ranges::sort(names);  // as unsigned bytes
  auto const found = co_await again.ids(record_space::values, 3);
  require(found == names, "ids are not ordered byte by byte");
  co_await again.close();
}

task<> gives_pages(environment& world, record_store_factory make) {
  store_probe at(world, make());
  co_await at.open();
  write_batch batch;
  for (int i = 0; i < 25; ++i) {
    auto const name = std::string("p") + static_cast<char>('a' + i);
    batch.put(record_space::values, to_bytes(name), to_bytes(name));
  }
  batch.put(record_space::values, to_bytes("other"), {});
  batch.put(record_space::values, to_bytes("q"), {});
  batch.put(record_space::outbox, to_bytes("pz"), {});
  co_await at.store().commit(std::move(batch));
  for (std::size_t limit : {1, 5, 26, 27, 28}) {
    auto const all = co_await at.ids(record_space::values, limit);
    require(all.size() == 27 && std::ranges::is_sorted(all), "pages leave something out");
  }
  record_range range(record_space::values, 10);
  range.prefix = to_bytes("p");
  auto const first = co_await at.store().scan(range);
  require(first.size() == 10 && as_text(first[9].value) == "pj", "a page is not the first one");
  range.after = first[9].id;
  range.limit = 100;
  auto const rest = co_await at.store().scan(range);
  require(rest.size() == 15 && as_text(rest[14].id) == "py", "a page does not keep to its prefix");
  co_await at.close();
}

task<> clears_spaces(environment& world, record_store_factory make) {
  {
    store_probe at(world, make());
    co_await at.open();
    co_await at.put("a", "1", record_space::peers);
    co_await at.put("a", "1", record_space::usernames);
    co_await at.put("b", "1", record_space::usernames);
    co_await at.put("a", "1", record_space::phones);
    write_batch batch;
    batch.clear(record_space::usernames);
    batch.put(record_space::usernames, to_bytes("c"), to_bytes("2"));
    co_await at.store().commit(std::move(batch));
    co_await at.close();
  }
  store_probe again(world, make());
  co_await again.open();
  auto const left = co_await again.ids(record_space::usernames);
  require(left == std::vector<std::string>{"c"}, "a cleared space is not empty");
  co_await again.expect("a", "1", record_space::peers);
  co_await again.expect("a", "1", record_space::phones);
  co_await again.close();
}

task<> takes_a_crowd(environment& world, record_store_factory make) {
  store_probe at(world, make());
  co_await at.open();
  auto const strand = co_await asio::this_coro::executor;
  auto start = [&](task_scope& scope) {
    for (int i = 0; i < 50; ++i) {
      write_batch batch;
      batch.put(record_space::values, to_bytes("last"), to_bytes(std::to_string(i)));
      batch.put(record_space::values, to_bytes("n" + std::to_string(i)), to_bytes("1"));
      auto const how = i % 3 == 0 ? durability::at_once : durability::coalesced;
      scope.spawn(at.store().commit(std::move(batch), how));
    }
  };
  std::function<void(task_scope&)> begin = start;
  co_await task_scope::run(strand, std::move(begin));
  co_await at.expect("last", "49");
  auto const all = co_await at.ids(record_space::values);
  require(all.size() == 51, "a commit among many is missing");
  co_await at.close();
}

task<> reads_several(environment& world, record_store_factory make) {
  store_probe at(world, make());
  co_await at.open();
  co_await at.put("a", "1");
  co_await at.put("c", "3");
  std::vector<record_key> keys;
  for (auto const* name : {"a", "b", "c", "a"})
    keys.emplace_back(record_space::values, to_bytes(name));
  auto const found = co_await at.store().get_all(std::move(keys));
  require(found.size() == 4, "as many values as keys are expected");
  require(found[0] == to_bytes("1") && !found[1] && found[2] == to_bytes("3") && found[3],
          "the values are not those of the keys");
  std::vector<record_key> none;
  auto const nothing = co_await at.store().get_all(std::move(none));
  require(nothing.empty(), "there are values without keys");
  co_await at.close();
}

}  // namespace mtp::MTP_ABI::testing::checks
