// SPDX-License-Identifier: MIT OR Apache-2.0
#include "testing/records/store_probe.hpp"

#include <asio/this_coro.hpp>

#include <utility>

namespace mtp::MTP_ABI::testing {

task<store_lease> store_probe::open(lease_options how) {
  auto const strand = co_await asio::this_coro::executor;
  auto work = store_->open(world_, strand, how);
  store_lease const lease = co_await std::move(work);
  co_return lease;
}

task<> store_probe::close() { return store_->close(); }

task<> store_probe::put(std::string id, std::string value, record_space space) {
  write_batch batch;
  batch.put(space, to_bytes(id), to_bytes(value));
  co_await store_->commit(std::move(batch));
}

task<std::optional<std::string>> store_probe::get(std::string id, record_space space) {
  record_key key(space, to_bytes(id));
  auto const found = co_await store_->get(std::move(key));
  std::optional<std::string> out;
  if (found) out = std::string(as_text(*found));
  co_return out;
}

task<> store_probe::expect(std::string id, std::optional<std::string> value, record_space space) {
  auto const found = co_await get(id, space);
  require(found == value, "the record '" + id + "' is " + found.value_or("(none)").substr(0, 40) +
                              " and not " + value.value_or("(none)").substr(0, 40));
}

task<std::vector<std::string>> store_probe::ids(record_space space, std::size_t limit) {
  std::vector<std::string> out;
  record_range range(space, limit);
  for (;;) {
    auto const page = co_await store_->scan(range);
    require(page.size() <= limit, "a page is larger than was asked for");
    for (auto const& one : page) out.emplace_back(as_text(one.id));
    if (page.size() < limit) co_return out;
    range.after = page.back().id;
  }
}

task<std::error_code> store_probe::error_of(task<> work) {
  std::error_code out;
  try {
    co_await std::move(work);
  } catch (std::system_error const& e) {
    out = e.code();
  }
  co_return out;
}

}  // namespace mtp::MTP_ABI::testing
