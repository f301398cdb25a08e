// SPDX-License-Identifier: MIT OR Apache-2.0
#include "transfer/part_plan.hpp"

#include "support/catch.hpp"

using namespace mtp;
using namespace mtp::transfer;

namespace {

constexpr std::uint64_t sizes[] = {1,
                                   2,
                                   kib,
                                   128 * kib,
                                   128 * kib + 1,
                                   max_part_size,
                                   max_part_size + 1,
                                   10 * mib - 1,
                                   10 * mib,
                                   10 * mib + 1,
                                   100 * mib,
                                   max_parts* max_part_size};

bool is_part_size(std::uint64_t size) {
  return size % kib == 0 && max_part_size % size == 0 && size <= max_part_size;
}

}  // namespace

TEST_CASE("a file is cut into parts by the servers' rules", "[transfer]") {
  for (auto const size : sizes) {
    CAPTURE(size);
    auto const plan = plan_upload(size);
    REQUIRE(plan);
    CHECK(is_part_size(plan->part_size));
    auto const parts = *plan->parts();
    CHECK(parts >= 1);
    CHECK(parts <= max_parts);
    std::uint64_t all = 0;
    for (std::int32_t i = 0; i < parts; ++i) {
      CHECK((i + 1 == parts || plan->size_of(i) == plan->part_size));
      CHECK(plan->size_of(i) > 0);
      all += plan->size_of(i);
    }
    CHECK(all == size);
    CHECK(plan->size_of(parts) == 0);
  }
}

TEST_CASE("ten MiB is a small file, and one byte more is a big one", "[transfer]") {
  CHECK_FALSE(plan_upload(10 * mib)->is_big());
  CHECK(plan_upload(10 * mib + 1)->is_big());
  CHECK(plan_upload(std::nullopt)->is_big());
  CHECK_FALSE(plan_upload(std::nullopt)->parts());
  CHECK(plan_upload(std::nullopt)->size_of(7) == max_part_size);
}

TEST_CASE("a file that is empty or too large is told before anything goes", "[transfer]") {
  CHECK(plan_upload(0).error() == transfer_errc::empty_file);
  auto const most = max_parts * max_part_size;
  CHECK(plan_upload(most));
  CHECK(plan_upload(most + 1).error() == transfer_errc::file_too_large);
  CHECK(plan_upload(most + 1, max_premium_parts));
  CHECK(plan_upload(2 * most + 1, max_premium_parts).error() == transfer_errc::file_too_large);
}

TEST_CASE("what is asked for keeps to the rules of plain requests", "[transfer]") {
  for (auto const size : sizes) {
    CAPTURE(size);
    auto const plan = plan_download(size);
    CHECK(plan.part_size % (4 * kib) == 0);
    CHECK(mib % plan.part_size == 0);
    std::uint64_t all = 0;
    for (std::int64_t part = 0; plan.offset_of(part) < size; ++part) {
      auto const offset = plan.offset_of(part);
      CHECK(offset / mib == (offset + plan.part_size - 1) / mib);
      all += *plan.size_of(part);
    }
    CHECK(all == size);
  }
  CHECK(plan_download(0).size_of(0) == 0u);
  CHECK_FALSE(plan_download(std::nullopt).size_of(0));
}
