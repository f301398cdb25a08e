// SPDX-License-Identifier: MIT OR Apache-2.0
#include "transfer/part_patience.hpp"

#include "support/catch.hpp"

using namespace mtp;
using namespace std::chrono_literals;
using mtp::transfer::part_patience;

namespace {

using verdict = part_patience::verdict;

rpc_failure refusal(int code, char const* text) {
  return parse_rpc_error(code, text, "upload.getFile");
}

verdict refused(part_patience& by, int code, char const* text) {
  return by.refused(refusal(code, text), 2, 2);
}

}  // namespace

TEST_CASE("the pace of files is waited for without end, floods within a budget", "[transfer]") {
  part_patience some;
  for (int i = 0; i < 1000; ++i)
    CHECK(refused(some, 420, "FLOOD_PREMIUM_WAIT_7") == verdict(part_patience::hold{7s}));
  CHECK(refused(some, 420, "FLOOD_WAIT_40") == verdict(part_patience::hold{40s}));
  CHECK(refused(some, 420, "FLOOD_WAIT_21") == verdict(part_patience::give_up{}));
  CHECK(refused(some, 420, "FLOOD_WAIT_20") == verdict(part_patience::hold{20s}));
  CHECK(refused(some, 420, "FLOOD_WAIT_1") == verdict(part_patience::give_up{}));
  some.on_progress();
  CHECK(refused(some, 420, "FLOOD_WAIT_60") == verdict(part_patience::hold{60s}));
}

TEST_CASE("a wait of zero counts, so that no part goes round for ever", "[transfer]") {
  part_patience some;
  int rounds = 0;
  while (refused(some, 420, "FLOOD_WAIT_0") == verdict(part_patience::hold{1s})) ++rounds;
  CHECK(rounds == 60);
}

TEST_CASE("trouble of the server is tried again ever slower, a few times in a row", "[transfer]") {
  part_patience some;
  for (int i = 0; i < 6; ++i)
    CHECK(refused(some, 500, "INTERNAL") == verdict(part_patience::retry{1s * (1 << i)}));
  CHECK(refused(some, 500, "INTERNAL") == verdict(part_patience::give_up{}));
  some.on_progress();
  CHECK(some.failed() == verdict(part_patience::retry{1s}));
  CHECK(some.failed() == verdict(part_patience::retry{2s}));
}

TEST_CASE("parts follow their file to another data centre, and never in a circle", "[transfer]") {
  part_patience some;
  auto const to_4 = refusal(303, "FILE_MIGRATE_4");
  CHECK(some.refused(to_4, 2, 2) == verdict(part_patience::move{4}));
  // Those that were under way already.
  for (int i = 0; i < 10; ++i) CHECK(some.refused(to_4, 2, 4) == verdict(part_patience::move{4}));
  CHECK(some.refused(to_4, 4, 4) == verdict(part_patience::give_up{}));
  CHECK(some.refused(refusal(303, "FILE_MIGRATE_2"), 4, 4) == verdict(part_patience::move{2}));
  CHECK(some.refused(to_4, 2, 2) == verdict(part_patience::move{4}));
  CHECK(some.refused(refusal(303, "FILE_MIGRATE_2"), 4, 4) == verdict(part_patience::give_up{}));
}

TEST_CASE("what no wait mends is given up at once", "[transfer]") {
  part_patience some;
  for (auto const* text : {"FILE_PART_SIZE_INVALID", "FILE_REFERENCE_EXPIRED", "LOCATION_INVALID"})
    CHECK(refused(some, 400, text) == verdict(part_patience::give_up{}));
  CHECK(refused(some, 420, "FLOOD_WAIT_X") == verdict(part_patience::give_up{}));
  CHECK(refused(some, 303, "FILE_MIGRATE_X") == verdict(part_patience::give_up{}));
}
