// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The table of all constructors of Update. A new layer's constructor fails here until it has a row.
#include "events/tag_of.hpp"
#include "support/catch.hpp"

#include <mtp/tl/forward.hpp>

#include <algorithm>
#include <iterator>

using namespace mtp;
using mtp::detail::all_event_rows;

namespace {

using tags = tl::Update::tags;

std::ptrdiff_t rows_of(std::size_t place) {
  return std::ranges::count(all_event_rows(), static_cast<tags>(place), &detail::event_row::of);
}

}  // namespace

TEST_CASE("every constructor of an update has a row in the table of events", "[events]") {
  for (std::size_t place = 1; place <= std::size(tl::Update::constructor_ids); ++place) {
    INFO("constructor " << place << " in the order of the schema");
    CHECK(rows_of(place) > 0);
  }
}

TEST_CASE("what has no event says why, what has one does not", "[events]") {
  for (auto const& row : all_event_rows()) {
    INFO("constructor " << static_cast<int>(row.of));
    CHECK((row.why_none != nullptr) == (row.event == event_tag::other_update));
    CHECK(row.event != event_tag::unknown_update);
  }
}
