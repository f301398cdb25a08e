// SPDX-License-Identifier: MIT OR Apache-2.0
#include "support/catch.hpp"
#include "support/run.hpp"

#include <mtp/core/environment.hpp>
#include <mtp/storage/memory_records.hpp>
#include <mtp/storage/sealed_store.hpp>
#include <mtp/storage/store_error.hpp>

using namespace mtp;

namespace {

bytes to_bytes(std::string_view text) { return bytes(text.begin(), text.end()); }

task<> open_here(std::shared_ptr<record_store> store) {
  auto const strand = co_await asio::this_coro::executor;
  co_await store->open(real_environment(), strand);
}

task<> fill(std::shared_ptr<record_store> store) {
  co_await open_here(store);
  write_batch batch;
  batch.put(record_space::identity, {}, to_bytes("somebody"));
  batch.put(record_space::auth_keys, to_bytes("2"), bytes(256, 0xa5));
  for (int i = 0; i < 1000; ++i)
    batch.put(record_space::peers, to_bytes(std::to_string(i)), to_bytes("peer"));
  co_await store->commit(std::move(batch));
}

task<> write(std::string& out, text_form form) {
  auto const store = memory_records();
  co_await fill(store);
  auto const text = co_await records_to_text(*store, form);
  out = text.reveal();
}

task<> count(std::string const& text, std::size_t& peers, bool& key) {
  auto const store = memory_records(text);
  co_await open_here(store);
  record_range all(record_space::peers, 5000);
  auto const found = co_await store->scan(all);
  peers = found.size();
  record_key of_key(record_space::auth_keys, to_bytes("2"));
  auto const value = co_await store->get(std::move(of_key));
  key = value == bytes(256, 0xa5);
}

std::string text_of(text_form form) {
  std::string text;
  test::run(write(text, form));
  return text;
}

std::error_code error_of(std::string const& text) {
  try {
    (void)memory_records(text);
  } catch (store_error const& e) {
    return e.code();
  }
  return {};
}

}  // namespace

TEST_CASE("a text of records holds all of it, or as much as a login needs", "[storage][text]") {
  std::size_t peers = 0;
  bool key = false;
  auto const full = text_of(text_form::full);
  test::run(count(full, peers, key));
  CHECK(peers == 1000);
  CHECK(key);
  auto const compact = text_of(text_form::compact);
  CHECK(compact.size() < 500);
  test::run(count(compact, peers, key));
  CHECK(peers == 0);
  CHECK(key);
}

TEST_CASE("an encrypted store becomes a text and comes back", "[storage][text]") {
  auto const store = sealed_records(memory_records(), store_key{.key = bytes(32, 1)});
  std::string text;
  auto const write_it = [&]() -> task<> {
    co_await fill(store);
    auto const made = co_await records_to_text(*store, text_form::full);
    text = made.reveal();
  };
  test::run(write_it());
  std::size_t peers = 0;
  bool key = false;
  test::run(count(text, peers, key));
  CHECK(peers == 1000);
  CHECK(key);
}

TEST_CASE("who holds a store does not stand in its text", "[storage][text]") {
  std::size_t found = 1;
  auto const there_and_back = [&]() -> task<> {
    auto const store = memory_records();
    co_await open_here(store);
    write_batch batch;
    batch.put(record_space::lease, {}, to_bytes("process 7"));
    co_await store->commit(std::move(batch));
    auto const text = co_await records_to_text(*store, text_form::full);
    auto const copy = memory_records(text);
    co_await open_here(copy);
    record_range range(record_space::lease);
    auto const leases = co_await copy->scan(range);
    found = leases.size();
  };
  test::run(there_and_back());
  CHECK(found == 0);
}

TEST_CASE("a text of records that was cut or changed is refused", "[storage][text]") {
  auto const text = text_of(text_form::compact);
  REQUIRE(!error_of(text));
  for (std::size_t at = 0; at < text.size(); ++at) {
    auto changed = text;
    changed[at] = changed[at] == 'A' ? 'B' : 'A';
    CAPTURE(at);
    CHECK(error_of(changed));
    if (at >= 2) CHECK(error_of(changed) == client_errc::bad_session_file);
    CHECK(error_of(text.substr(0, at)) == client_errc::bad_session_file);
  }
  CHECK(error_of(text + "A") == client_errc::bad_session_file);
  CHECK(error_of("not a text!") == client_errc::bad_session_file);
}

TEST_CASE("a text of records of a newer version is told so", "[storage][text]") {
  auto newer = text_of(text_form::compact);
  newer[1] = 'g';  // the version is 2
  CHECK(error_of(newer) == client_errc::newer_store);
}
