// SPDX-License-Identifier: MIT OR Apache-2.0
#include "storage/account/account_codec.hpp"
#include "support/catch.hpp"
#include "support/record_work.hpp"

#include <mtp/storage/account_store.hpp>
#include <mtp/storage/memory_records.hpp>

using namespace mtp;

namespace {

stored_peer whole_ann() {
  return {.id = {peer_kind::user, 1},
          .access_hash = 7,
          .usernames = {"ann", "ann_b"},
          .phone = std::string("4912345678"),
          .name = "Ann Example",
          .learnt = 100,
          .shape = peer_shape::bot,
          .whole = true};
}

stored_peer min_ann() {
  return {.id = {peer_kind::user, 1},
          .voucher = peer_voucher{.chat = {peer_kind::channel, 5}, .message = 9},
          .name = "A.",
          .learnt = 200};
}

stored_peer hash_of_ann(std::int64_t hash) {
  return {.id = {peer_kind::user, 1}, .access_hash = hash};
}

/// What the store has of Ann when all of these were put, each in a commit or all in one.
stored_peer after(std::vector<stored_peer> const& all, bool together, std::size_t cached) {
  stored_peer out;
  auto const records = memory_records();
  auto const work = [&]() -> task<> {
    co_await test::open_here(records);
    account_store account(records, cached);
    account_batch batch;
    for (auto const& one : all) {
      batch.put(one);
      if (together) continue;
      co_await account.commit(std::exchange(batch, account_batch()));
    }
    if (together) co_await account.commit(std::move(batch));
    account_store fresh(records);
    auto const found = co_await fresh.peer({peer_kind::user, 1});
    out = found.value();
  };
  test::run(work());
  return out;
}

}  // namespace

TEST_CASE("what is less of a peer never takes the place of what is more", "[storage][account]") {
  bool const together = GENERATE(false, true);
  std::size_t const cached = GENERATE(0, 256);
  auto with_new_hash = whole_ann();
  with_new_hash.access_hash = 8;
  CHECK(after({whole_ann(), hash_of_ann(8)}, together, cached) == with_new_hash);
  CHECK(after({whole_ann(), min_ann()}, together, cached) == whole_ann());
  CHECK(after({min_ann(), whole_ann()}, together, cached) == whole_ann());
  CHECK(after({hash_of_ann(3), min_ann(), whole_ann(), min_ann(), hash_of_ann(8)}, together,
              cached) == with_new_hash);
  auto min_with_hash = min_ann();
  min_with_hash.access_hash = 3;
  min_with_hash.voucher.reset();
  CHECK(after({hash_of_ann(3), min_ann()}, together, cached) == min_with_hash);
  CHECK(after({min_ann(), hash_of_ann(3)}, together, cached) == min_with_hash);
}

TEST_CASE("what a whole peer does not have any more is forgotten", "[storage][account]") {
  auto const records = memory_records();
  auto const work = [&]() -> task<> {
    co_await test::open_here(records);
    account_store account(records);
    account_batch first;
    first.put(whole_ann());
    co_await account.commit(std::move(first));
    auto ann = whole_ann();
    ann.usernames = {"ann_c"};
    ann.phone = {};
    account_batch second;
    second.put(ann);
    co_await account.commit(std::move(second));
    for (auto const* name : {"ann", "ann_b"}) {
      auto const gone = co_await account.peer_by_username(name);
      CHECK(!gone);
    }
    auto const phone = co_await account.peer_by_phone(std::string("4912345678"));
    CHECK(!phone);
    auto const found = co_await account.peer_by_username("ANN_C");
    CHECK(found == ann);
  };
  test::run(work());
}

TEST_CASE("who signs in next does not inherit what was known of a peer", "[storage][account]") {
  auto const records = memory_records();
  auto const work = [&]() -> task<> {
    co_await test::open_here(records);
    account_store account(records);
    account_batch first;
    first.put(whole_ann());
    co_await account.commit(std::move(first));
    account_batch next;
    next.put(whole_ann()).forget_account().put(min_ann());
    co_await account.commit(std::move(next));
    auto const found = co_await account.peer({peer_kind::user, 1});
    CHECK(found == min_ann());
  };
  test::run(work());
}

TEST_CASE("peers of the format before are read, those of a newer one are not",
          "[storage][account]") {
  auto ann = whole_ann();
  ann.shape = peer_shape::unknown;
  auto value = detail::encode_value(ann);
  REQUIRE(value.front() == 2);
  auto old = value;
  old.front() = 1;
  old.resize(old.size() - 2);  // without shape and whole
  stored_peer found;
  detail::decode_value(old, found);
  CHECK(found == ann);
  auto plain = detail::encode_value(hash_of_ann(3));
  plain.front() = 1;
  plain.resize(plain.size() - 2);
  detail::decode_value(plain, found);
  CHECK(found == hash_of_ann(3));
  value.front() = 3;
  CHECK_THROWS_AS(detail::decode_value(value, found), store_error);
}
