// SPDX-License-Identifier: MIT OR Apache-2.0
#include "testing/records/store_checks.hpp"
#include "testing/records/store_probe.hpp"

#include <mtp/core/error.hpp>

#include <map>
#include <random>
#include <utility>

namespace mtp::MTP_ABI::testing::checks {
namespace {

constexpr int many = 6000;

std::string numbered(int i) {
  std::string text = std::to_string(i);
  return std::string(6 - text.size(), '0') + text;
}

/// Commits of growing sizes, each of which begins where the one before ended.
task<> fill(store_probe& at) {
  int next = 0;
  for (int size = 1; next < many; size = size % 400 + 1) {
    write_batch batch;
    for (int i = 0; i < size && next < many; ++i, ++next) {
      bytes content(static_cast<std::size_t>(100 + next % 200), static_cast<std::uint8_t>(next));
      batch.put(record_space::peers, to_bytes(numbered(next)), std::move(content));
    }
    co_await at.store().commit(std::move(batch));
  }
}

/// What a store holds, and what is done with it.
struct model {
  std::mt19937 dice{12345};
  std::map<std::string, std::string> content = {};

  int roll(int sides) { return static_cast<int>(dice() % static_cast<unsigned>(sides)); }
  write_batch next_batch() {
    write_batch batch;
    for (int left = roll(8) + 1; left > 0; --left) add_to(batch);
    return batch;
  }
  void add_to(write_batch& batch) {
    auto const name = "k" + std::to_string(roll(60));
    int const what = roll(200);
    if (what == 0) {
      batch.clear(record_space::values);
      content.clear();
    } else if (what < 50) {
      batch.erase(record_space::values, to_bytes(name));
      content.erase(name);
    } else {
      content[name] = std::string(static_cast<std::size_t>(roll(300)), 'v') + name;
      batch.put(record_space::values, to_bytes(name), to_bytes(content[name]));
    }
  }
};

task<> compare(store_probe& at, model& expected) {
  record_range range(record_space::values, 1000);
  auto const all = co_await at.store().scan(range);
  std::map<std::string, std::string> found;
  for (auto const& one : all) found.emplace(as_text(one.id), as_text(one.value));
  require(found == expected.content, "it does not hold what was stored");
  auto const name = "k" + std::to_string(expected.roll(60));
  auto const one = expected.content.find(name);
  std::optional<std::string> value;
  if (one != expected.content.end()) value = one->second;
  co_await at.expect(name, value);
}

}  // namespace

task<> keeps_many(environment& world, record_store_factory make) {
  std::string const large(std::size_t{3} << 20, 'L');
  {
    store_probe at(world, make());
    co_await at.open();
    co_await fill(at);
    co_await at.put("large", large);
    co_await at.close();
  }
  store_probe again(world, make());
  co_await again.open();
  auto const all = co_await again.ids(record_space::peers, 1000);
  require(all.size() == many, "of many records some are missing");
  for (int i = 0; i < many; i += 37) {
    std::string const value(static_cast<std::size_t>(100 + i % 200), static_cast<char>(i));
    co_await again.expect(numbered(i), value, record_space::peers);
  }
  co_await again.expect("large", large);
  co_await again.close();
}

task<> is_like_a_map(environment& world, record_store_factory make) {
  model expected;
  for (int life = 0; life < 8; ++life) {
    store_probe at(world, make());
    co_await at.open();
    co_await compare(at, expected);
    for (int i = 0; i < 40; ++i) {
      auto batch = expected.next_batch();
      auto const how = i % 2 == 0 ? durability::at_once : durability::coalesced;
      co_await at.store().commit(std::move(batch), how);
      co_await compare(at, expected);
    }
    co_await at.close();
  }
}

task<> has_limits(environment& world, record_store_factory make) {
  store_probe at(world, make());
  co_await at.open();
  write_batch long_id;
  long_id.put(record_space::values, to_bytes("a"), {});
  long_id.put(record_space::values, bytes(max_record_id + 1), {});
  auto const first = co_await at.error_of(at.store().commit(std::move(long_id)));
  write_batch long_value;
  long_value.put(record_space::values, to_bytes("a"), {});
  long_value.put(record_space::values, to_bytes("b"), bytes(max_record_value + 1));
  auto const second = co_await at.error_of(at.store().commit(std::move(long_value)));
  require(first == client_errc::bad_argument, "an id that is too long is not refused");
  require(second == client_errc::bad_argument, "a value that is too long is not refused");
  co_await at.expect("a", {});
  co_await at.close();
}

}  // namespace mtp::MTP_ABI::testing::checks
