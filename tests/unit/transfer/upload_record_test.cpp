// SPDX-License-Identifier: MIT OR Apache-2.0
#include "transfer/upload_record.hpp"

#include "support/catch.hpp"
#include "transfer/upload_machine.hpp"

using namespace mtp;
using namespace mtp::transfer;

namespace {

upload_record some_record() {
  upload_record out{.file_id = -7, .dc = 2, .part_size = 524288, .size = 5'000'000'000};
  out.changed = -1;
  out.head.fill(9);
  out.stored_at = 1'800'000'000;
  out.saved = {true, false, false, true, true, false, true, false, true};
  return out;
}

}  // namespace

TEST_CASE("the record of an upload is read as it was written", "[transfer]") {
  auto const stored = encode_record(some_record());
  auto const back = decode_record(stored);
  REQUIRE(back);
  CHECK((*back == some_record()));
}

TEST_CASE("what is no record of an upload is none", "[transfer]") {
  auto const stored = encode_record(some_record());
  for (std::size_t size = 0; size < stored.size(); ++size)
    CHECK_FALSE(decode_record(bytes_view(stored).first(size)));
  auto longer = stored;
  longer.push_back(0);
  CHECK_FALSE(decode_record(longer));
  auto newer = stored;
  newer[0] = 2;
  CHECK_FALSE(decode_record(newer));
  auto many = some_record();
  many.saved.resize(8001);
  CHECK_FALSE(decode_record(encode_record(many)));
}

TEST_CASE("parts that are saved are passed over, but for the first, which is read", "[transfer]") {
  using machine = upload_machine;
  auto const plan = *plan_upload(4 * max_part_size + max_small_file);
  std::vector<bool> saved(24, true);
  saved[2] = false;
  saved[23] = false;
  machine at(plan, 8, {}, saved);
  CHECK(std::get<machine::read>(at.next()).size == max_part_size);
  at.on_read(max_part_size);
  CHECK(std::get<machine::pass>(at.next()).size == max_part_size);
  CHECK(std::get<machine::read>(at.next()).size == max_part_size);
  at.on_read(max_part_size);
  CHECK(std::get<machine::send>(at.next()) == machine::send{2, 24});
  for (int i = 3; i < 23; ++i) CHECK(std::get<machine::pass>(at.next()).size == max_part_size);
  CHECK(std::get<machine::read>(at.next()).size == max_part_size);
  at.on_read(max_part_size);
  CHECK(std::get<machine::send>(at.next()) == machine::send{23, 24});
  at.on_saved(23);
  CHECK(std::holds_alternative<machine::wait>(at.next()));
  at.on_saved(2);
  CHECK(std::holds_alternative<machine::done>(at.next()));
}
