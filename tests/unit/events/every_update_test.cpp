// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Whatever the server sends that the schema allows is an event, and that event can be made.
#include "../api/random_value.hpp"
#include "event_examples.hpp"
#include "read_events.hpp"
#include "support/catch.hpp"

#include <mtp/tl/decode.hpp>

#include <algorithm>
#include <iterator>
#include <map>

using namespace mtp;

namespace {

bool is_of_update(std::uint32_t id) {
  auto const& ids = tl::Update::constructor_ids;
  return std::ranges::find(ids, id) != std::end(ids);
}

/// How many of the events of an update can be made and read: one, if the tag is right.
int made_of(update const& what) {
  int made = test::read_typed(what);
  if (auto const message = what.get_if<new_message>()) made += message->raw().has_value();
  if (auto const message = what.get_if<edited_message>())
    made += message->raw().has_value() && message->quiet() == message->raw()->edit_hide;
  if (auto const other = what.get_if<other_update>()) made += other->raw().has_value();
  if (what.get_if<unknown_update>()) made += 100;
  return made;
}

}  // namespace

TEST_CASE("every update of the schema is one event, and that can be made", "[events]") {
  auto const& names = tl::codec::names_of_api;
  test::value_writer random(names, 20261128);
  std::map<event_tag, int> seen;
  std::size_t constructors = 0;
  for (auto const& of : names.definitions) {
    if (!is_of_update(of.id)) continue;
    ++constructors;
    for (int round = 0; round < 24; ++round) {
      auto raw = tl::decode<tl::Update>(random.write(of, round % 6).data);
      REQUIRE(raw);
      update const what(*std::move(raw));
      ++seen[what.tag()];
      CHECK(made_of(what) == 1);
    }
  }
  CHECK(constructors == std::size(tl::Update::constructor_ids));
  CHECK(seen[event_tag::new_message] > 0);
  CHECK(seen[event_tag::new_message] <= 2 * 24);
  CHECK(seen[event_tag::unknown_update] == 0);
}
