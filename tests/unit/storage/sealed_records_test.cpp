// SPDX-License-Identifier: MIT OR Apache-2.0
#include "support/catch.hpp"
#include "support/run.hpp"
#include "support/temporary_folder.hpp"

#include <mtp/core/environment.hpp>
#include <mtp/core/timeout.hpp>
#include <mtp/storage/account_store.hpp>
#include <mtp/storage/file_records.hpp>
#include <mtp/storage/memory_records.hpp>
#include <mtp/storage/sealed_store.hpp>
#include <mtp/storage/store_error.hpp>
#include <mtp/testing/crashing_files.hpp>
#include <mtp/testing/record_store_suite.hpp>

#include <fstream>
#include <iterator>

using namespace mtp;

namespace {

constexpr scrypt_cost cheap{.log2_n = 10, .r = 1, .p = 1};

bytes to_bytes(std::string_view text) { return bytes(text.begin(), text.end()); }
store_key raw_key(std::uint8_t fill) { return {.key = bytes(32, fill)}; }
store_key words(std::string text) { return {.passphrase = std::move(text), .cost = cheap}; }
record_key peer_key() { return record_key(record_space::peers, to_bytes("p")); }
record_key phone_key() { return record_key(record_space::phones, to_bytes("4912345678")); }

task<> open_here(record_store& store) {
  auto const strand = co_await asio::this_coro::executor;
  auto work = store.open(real_environment(), strand);
  co_await std::move(work);
}

task<> fill(std::shared_ptr<record_store> store) {
  co_await open_here(*store);
  write_batch batch;
  batch.put(record_space::peers, peer_key().id, to_bytes("a peer in the open"));
  batch.put(record_space::peers, to_bytes("q"), to_bytes("another peer there"));
  batch.put(record_space::phones, phone_key().id, to_bytes("whose phone it is"));
  co_await store->commit(std::move(batch));
  co_await store->close();
}

/// What an account holds that nobody else may read.
account_batch secrets() {
  stored_peer const ann{.id = {peer_kind::user, 1},
                        .access_hash = 7,
                        .usernames = {"ann_example"},
                        .phone = std::string("4987654321"),
                        .name = "Ann of the secrets"};
  account_batch out;
  out.put(ann).put(key_name{.dc = 2}, stored_key{.key = to_bytes(std::string(256, 'k'))});
  out.put_login_tokens({to_bytes("a login token"), to_bytes("the newest token")});
  out.put_outgoing(1, to_bytes("a message to send"));
  out.put_value("readable name", to_bytes("a value to keep"));
  return out;
}

task<> fill_account(std::shared_ptr<record_store> store) {
  co_await open_here(*store);
  account_store account(store);
  auto batch = secrets();
  co_await account.commit(std::move(batch));
  auto const tokens = co_await account.login_tokens();
  CHECK(tokens.size() == 2);
  CHECK(tokens.back().reveal() == to_bytes("the newest token"));
  co_await store->close();
}

task<> read(std::shared_ptr<record_store> store, std::string& out) {
  co_await open_here(*store);
  auto key = phone_key();
  auto const found = co_await store->get(std::move(key));
  if (found) out = as_text(*found);
  key = peer_key();
  auto const peer = co_await store->get(std::move(key));
  if (peer) out += as_text(*peer);
  co_await store->close();
}

std::error_code error_of_reading(std::shared_ptr<record_store> store) {
  std::string found;
  try {
    test::run(read(std::move(store), found));
  } catch (error const& e) {
    return e.code();
  }
  CHECK(found == "whose phone it isa peer in the open");
  return {};
}

task<> change(std::shared_ptr<sealed_store> store, store_key next) {
  co_await open_here(*store);
  auto work = store->change_key(std::move(next));
  co_await std::move(work);
  co_await store->close();
}

/// Puts the value of one record in the place of another.
task<> swap_values(std::shared_ptr<record_store> below) {
  co_await open_here(*below);
  record_key other(record_space::peers, to_bytes("q"));
  auto const value = co_await below->get(std::move(other));
  write_batch batch;
  batch.put(record_space::peers, peer_key().id, *value);
  co_await below->commit(std::move(batch));
  co_await below->close();
}

std::string content_of(std::filesystem::path const& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("an encrypted store is a store", "[storage][sealed]") {
  test::temporary_folder folder;
  int places = 0;
  for (auto const& check : testing::record_store_suite()) {
    INFO(check.name);
    auto const path = (folder / ("s" + std::to_string(++places)).c_str()).string();
    auto make = [path] { return sealed_records(file_records(path), words("correct horse")); };
    CHECK_NOTHROW(test::run(check.run(real_environment(), make)));
    auto in_memory = [store = sealed_records(memory_records(), raw_key(1))] { return store; };
    CHECK_NOTHROW(test::run(check.run(real_environment(), in_memory)));
  }
}

TEST_CASE("an encrypted store loses nothing, whatever goes wrong at which step",
          "[storage][sealed]") {
  auto make = [](file_system& files) {
    return sealed_records(file_records("/s/account", files), raw_key(1));
  };
  // Thousands of steps: seconds, or minutes where others keep the machine busy.
  test::run(testing::check_crashes(real_environment(), make), std::chrono::minutes(9));
}

TEST_CASE("an encrypted store opens with its own key only", "[storage][sealed]") {
  auto const below = memory_records();
  test::run(fill(sealed_records(below, words("right"))));
  CHECK(!error_of_reading(sealed_records(below, words("right"))));
  CHECK(error_of_reading(sealed_records(below, words("wrong"))) == client_errc::wrong_store_key);
  CHECK(error_of_reading(sealed_records(below, raw_key(1))) == client_errc::wrong_store_key);
  CHECK(error_of_reading(sealed_records(below, store_key{})) == client_errc::bad_argument);
  CHECK(error_of_reading(sealed_records(below, {.key = bytes(31)})) == client_errc::bad_argument);
}

TEST_CASE("the key of an encrypted store is changed", "[storage][sealed]") {
  auto const below = memory_records();
  test::run(fill(sealed_records(below, words("first"))));
  test::run(change(sealed_records(below, words("first")), raw_key(7)));
  CHECK(error_of_reading(sealed_records(below, words("first"))) == client_errc::wrong_store_key);
  CHECK(error_of_reading(sealed_records(below, raw_key(8))) == client_errc::wrong_store_key);
  CHECK(!error_of_reading(sealed_records(below, raw_key(7))));
}

TEST_CASE("the key of an encrypted store is asked for at each opening", "[storage][sealed]") {
  auto const below = memory_records();
  int asked = 0;
  auto ask = [&]() -> task<store_key> {
    if (++asked == 3) throw std::runtime_error("the keyring is locked");
    co_return raw_key(1);
  };
  auto const store = sealed_records(below, store_key_source(ask));
  test::run(fill(store));
  CHECK(!error_of_reading(store));
  CHECK_THROWS_WITH(error_of_reading(store), "the keyring is locked");
  CHECK(!error_of_reading(store));
  CHECK(asked == 4);
}

TEST_CASE("an encrypted store whose opening was cancelled is not held", "[storage][sealed]") {
  auto const below = memory_records();
  test::run(fill(sealed_records(below, raw_key(1))));
  auto never = []() -> task<store_key> {
    co_await test::pause(std::chrono::hours(1));
    co_return raw_key(1);
  };
  auto const store = sealed_records(below, store_key_source(never));
  std::error_code ended;
  auto const give_up = [&]() -> task<> {
    auto opening = open_here(*store);
    try {
      co_await with_timeout(std::move(opening), std::chrono::milliseconds(20));
    } catch (error const& e) {
      ended = e.code();
    }
  };
  test::run(give_up());
  CHECK(ended == client_errc::timed_out);
  CHECK(!error_of_reading(sealed_records(below, raw_key(1))));
}

TEST_CASE("nothing of an encrypted store can be read or exchanged", "[storage][sealed]") {
  test::temporary_folder folder;
  auto const path = (folder / "account").string();
  test::run(fill(sealed_records(file_records(path), raw_key(1))));
  auto const content = content_of(path);
  REQUIRE(content.size() > 100);
  for (auto const* secret : {"in the open", "whose phone", "4912345678"})
    CHECK(content.find(secret) == std::string::npos);
  test::run(swap_values(file_records(path)));
  CHECK(error_of_reading(sealed_records(file_records(path), raw_key(1))) ==
        client_errc::bad_session_file);
}

TEST_CASE("nothing secret of an account stands in an encrypted store", "[storage][sealed]") {
  test::temporary_folder folder;
  auto const path = (folder / "account").string();
  test::run(fill_account(sealed_records(file_records(path), raw_key(1))));
  auto const content = content_of(path);
  for (auto const* secret : {"ann_example", "4987654321", "Ann of", "kkkkkkkk", "login token",
                             "newest token", "message to send", "value to keep"}) {
    CAPTURE(secret);
    CHECK(content.find(secret) == std::string::npos);
  }
  CHECK(content.find("readable name") != std::string::npos);
}

TEST_CASE("a store in the open is not taken for an encrypted one", "[storage][sealed]") {
  auto const below = memory_records();
  test::run(fill(below));
  CHECK(error_of_reading(sealed_records(below, raw_key(1))) == client_errc::bad_session_file);
  CHECK(!error_of_reading(below));
}
