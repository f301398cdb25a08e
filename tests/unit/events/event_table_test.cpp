// SPDX-License-Identifier: MIT OR Apache-2.0
#include "events/event_table.hpp"

#include "event_examples.hpp"
#include "events/tag_of.hpp"
#include "support/catch.hpp"

using namespace mtp;
using mtp::detail::event_row;
using mtp::detail::event_table;
using mtp::detail::tag_of;

namespace {

using tags = tl::Update::tags;

bool is_early(tl::Update const& of) { return *of.pts() < 10; }
bool is_late(tl::Update const& of) { return *of.pts() > 100; }

constexpr event_row rows[] = {
    {tags::updateWebPage, event_tag::unknown_update},
    {tags::updateEditMessage, event_tag::new_message, is_early},
    {tags::updateEditMessage, event_tag::unknown_update, is_late},
};
constexpr event_table table(rows);

tl::Update edit_at(std::int32_t pts) { return tl::updateEditMessage{.pts = pts}; }

}  // namespace

TEST_CASE("a table of events is asked row by row for one constructor", "[events]") {
  CHECK(table.find(edit_at(1)) == event_tag::new_message);
  CHECK(table.find(edit_at(101)) == event_tag::unknown_update);
  CHECK(table.find(edit_at(50)) == event_tag::other_update);
  CHECK(table.find(tl::updateWebPage{}) == event_tag::unknown_update);
}

TEST_CASE("what is in no row of a table, and what is empty, is another update", "[events]") {
  CHECK(table.find(tl::updateConfig{}) == event_tag::other_update);
  CHECK(table.find(tl::Update()) == event_tag::other_update);
}

TEST_CASE("messages are new wherever they are written", "[events]") {
  auto const text = test::a_message("hello");
  CHECK(tag_of(tl::updateNewMessage{.message = text}) == event_tag::new_message);
  CHECK(tag_of(tl::updateNewChannelMessage{.message = text}) == event_tag::new_message);
}

TEST_CASE("what is no message is none, and what is not new is another event", "[events]") {
  tl::Message const service = tl::messageService{.action = tl::messageActionPinMessage{}};
  tl::Message const empty = tl::messageEmpty{.id = 1};
  CHECK(tag_of(tl::updateNewMessage{.message = service}) == event_tag::service_message);
  CHECK(tag_of(tl::updateNewChannelMessage{.message = service}) == event_tag::service_message);
  for (auto const& none : {empty, tl::Message()}) {
    CHECK(tag_of(tl::updateNewMessage{.message = none}) == event_tag::other_update);
    CHECK(tag_of(tl::updateNewChannelMessage{.message = none}) == event_tag::other_update);
    CHECK(tag_of(tl::updateEditMessage{.message = none}) == event_tag::other_update);
  }
  auto const text = test::a_message("hello");
  CHECK(tag_of(tl::updateEditMessage{.message = text}) == event_tag::edited_message);
  CHECK(tag_of(tl::updateEditChannelMessage{.message = text}) == event_tag::edited_message);
  CHECK(tag_of(tl::updateNewScheduledMessage{.message = text}) == event_tag::scheduled_message);
  CHECK(tag_of(tl::updateConfig{}) == event_tag::other_update);
  CHECK(tag_of(tl::Update()) == event_tag::other_update);
}
