// SPDX-License-Identifier: MIT OR Apache-2.0
#include "support/catch.hpp"
#include "support/record_work.hpp"

#include <mtp/storage/memory_records.hpp>
#include <mtp/storage/sealed_store.hpp>

using namespace mtp;

namespace {

store_key words(scrypt_cost cost) { return {.passphrase = std::string("right"), .cost = cost}; }

/// What the place says of the cost is changed by who can write there.
task<> write_cost(std::shared_ptr<record_store> below, scrypt_cost cost) {
  co_await test::open_here(below);
  record_key key(record_space::seal, {});
  auto const found = co_await below->get(std::move(key));
  auto envelope = found.value();
  envelope[2] = static_cast<std::uint8_t>(cost.log2_n);
  envelope[3] = static_cast<std::uint8_t>(cost.r);
  envelope[4] = static_cast<std::uint8_t>(cost.p);
  write_batch batch;
  batch.put(record_space::seal, {}, std::move(envelope));
  co_await below->commit(std::move(batch));
  co_await below->close();
}

test::store_failure failure_of(scrypt_cost stored, scrypt_cost agreed) {
  scrypt_cost const cheap{.log2_n = 10, .r = 1, .p = 1};
  auto const below = memory_records();
  test::run(test::open_and_close(sealed_records(below, words(cheap))));
  test::run(write_cost(below, stored));
  return test::failure_of_opening(sealed_records(below, words(agreed)));
}

}  // namespace

TEST_CASE("a store cannot ask for any amount of memory and time before it is known to be ours",
          "[storage][sealed]") {
  for (scrypt_cost const stored :
       {scrypt_cost{.log2_n = 20, .r = 16, .p = 1}, scrypt_cost{.log2_n = 18, .r = 9, .p = 1},
        scrypt_cost{.log2_n = 17, .r = 8, .p = 9}}) {
    auto const refused = failure_of(stored, {});
    CHECK(refused.code == client_errc::bad_session_file);
    CHECK(refused.text.find(" MiB") != std::string::npos);
    CHECK(refused.text.find("right") == std::string::npos);
  }
  CHECK(failure_of({.log2_n = 20, .r = 16, .p = 1}, {}).text.find("2048 MiB") != std::string::npos);
}

TEST_CASE("who names what a passphrase costs may spend it", "[storage][sealed]") {
  scrypt_cost const dear{.log2_n = 18, .r = 9, .p = 1};
  CHECK(failure_of(dear, dear).code == client_errc::wrong_store_key);
}
