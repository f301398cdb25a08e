// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What an engine says of itself: how far behind it is, what it waits for, why it asks.
#include "engine_stage.hpp"

using namespace mtp;
using namespace std::chrono_literals;
using mtp::test::channel_id;
using mtp::test::engine_stage;
using order = updates::update_number::order;
using reason = updates::difference_reason;

namespace {

std::optional<updates::box_report> box_of(engine_stage const& s, order of) {
  for (auto const& one : s.engine.report(s.now).boxes) {
    if (one.of == of) return one;
  }
  return {};
}

/// Why the first difference since the last time was asked for.
std::optional<reason> take_reason(engine_stage& s) {
  auto const out = s.reasons.empty() ? std::nullopt : std::optional(s.reasons.front());
  s.reasons.clear();
  return out;
}

}  // namespace

TEST_CASE("an engine that has all says so, and names no channel", "[updates]") {
  engine_stage s;
  CHECK(!s.engine.report(s.now).is_known);
  s.start();
  s.push(s.server.write("one"));
  s.push(s.server.post("p1"));
  s.run();
  auto const now = s.engine.report(s.now);
  CHECK(now.is_known);
  CHECK(now.is_caught_up);
  CHECK(now.channels == 1);
  CHECK(now.early == 0);
  CHECK(now.early_bytes == 0);
  CHECK(now.unread == 0);
  REQUIRE(now.boxes.size() == 2);
  CHECK(now.boxes[0] == updates::box_report{.of = order::common, .at = 1, .behind = 0});
  CHECK(now.boxes[1] == updates::box_report{.of = order::secondary, .at = 0, .behind = 0});
}

TEST_CASE("an update that came too early shows how far behind its box is", "[updates]") {
  engine_stage s;
  s.start();
  s.push(s.server.post("p1"));
  s.run();
  (void)s.server.write("lost");
  (void)s.server.write("lost");
  (void)s.server.post("lost");
  s.push(s.server.write("three"));
  s.push(s.server.post("p3"));
  s.run();
  auto const now = s.engine.report(s.now);
  CHECK(!now.is_caught_up);
  CHECK(now.early == 2);
  CHECK(now.early_bytes > 0);
  auto const common = box_of(s, order::common);
  REQUIRE(common);
  CHECK(common->at == 0);
  CHECK(common->behind == 3);
  CHECK(common->has_gap);
  auto const channel = box_of(s, order::channel);
  REQUIRE(channel);
  CHECK(channel->channel == channel_id);
  CHECK(channel->at == 1);
  CHECK(channel->behind == 2);
  CHECK(channel->has_gap);
  CHECK(channel->is_wanted);
  s.run(1s);
  CHECK(box_of(s, order::common)->behind == 0);
  CHECK(!box_of(s, order::channel));
}

TEST_CASE("what came and was not looked at is counted in bytes", "[updates]") {
  engine_stage s;
  s.start();
  s.room = 0;
  s.consumes = false;
  s.engine.set_room(false);
  auto const body = s.server.write("one");
  auto const size = body.size();
  s.push(body);
  CHECK(s.engine.report(s.now).unread == size);
}

TEST_CASE("each difference has its reason", "[updates]") {
  engine_stage s;
  s.start();
  CHECK(take_reason(s) == reason::start);
  (void)s.server.write("lost");
  s.push(s.server.write("two"));
  s.run(1s);
  CHECK(take_reason(s) == reason::gap);
  s.run(16min);
  CHECK(take_reason(s) == reason::silence);
  s.push(test::to_slice(tl::Updates(tl::updatesTooLong{})));
  s.run();
  CHECK(take_reason(s) == reason::told);
  s.engine.request_difference();
  s.run();
  CHECK(take_reason(s) == reason::session);
  s.push(s.server.post("p1"));
  s.run();
  (void)s.server.post("lost");
  s.push(s.server.post("p3"));
  s.run(1s);
  CHECK(take_reason(s) == reason::gap);
}

TEST_CASE("the rest of a difference, and one that failed, have a reason of their own",
          "[updates]") {
  engine_stage s;
  s.start();
  s.reasons.clear();
  s.server.slice_size = 1;
  for (auto const* text : {"one", "two"}) (void)s.server.write(text);
  s.push(test::to_slice(tl::Updates(tl::updatesTooLong{})));
  s.run();
  CHECK(s.reasons == std::vector{reason::told, reason::rest});
  s.reasons.clear();
  s.failures.push_back(error_info{.code = client_errc::timed_out, .text = "late", .refusal = {}});
  s.push(test::to_slice(tl::Updates(tl::updatesTooLong{})));
  s.run(1min);
  CHECK(s.reasons == std::vector{reason::told, reason::retry});
}
