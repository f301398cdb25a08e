// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Answers that count among the updates: what sharing them costs.
#include "client/own_moves.hpp"
#include "support/catch.hpp"
#include "support/client_stage.hpp"

#include <mtp/mtp.hpp>
#include <mtp/tl/functions/channels.hpp>
#include <mtp/tl/functions/help.hpp>
#include <mtp/tl/functions/messages.hpp>
#include <mtp/tl/types/InputChannel.hpp>
#include <mtp/tl/types/InputPeer.hpp>
#include <mtp/tl/types/messages/AffectedHistory.hpp>
#include <mtp/tl/types/messages/AffectedMessages.hpp>

using namespace mtp;
using namespace mtp::test;

namespace {

// A value of so many updates takes more memory than anything else in these tests.
constexpr std::size_t updates_in_answer = 50'000;
constexpr std::size_t large = updates_in_answer * sizeof(tl::Update);
thread_local int large_allocations = 0;

}  // namespace

// What the library calls malloc for is the blocks of values; the linker sends it here.
void* real_malloc(std::size_t size) __asm__("__real_malloc");
void* counted_malloc(std::size_t size) __asm__("__wrap_malloc");

void* counted_malloc(std::size_t size) {
  large_allocations += size >= large;
  return real_malloc(size);
}

namespace {

bytes large_answer() {
  tl::updates_ all;
  for (std::size_t i = 0; i < updates_in_answer; ++i)
    all.updates.push_back(tl::updateContactsReset{});
  all.date = 1'700'000'000;
  return test::to_bytes(tl::Updates(std::move(all)));
}

}  // namespace

TEST_CASE("an answer that counts among the updates is decoded once", "[client][updates]") {
  play([](client_stage& s) -> task<> {
    bytes const answer = large_answer();
    CHECK(answer.size() < large / 2);
    s.api.first = [&](std::uint32_t id, bytes_view) -> std::optional<scripted_api::reply> {
      if (id != tl::messages::sendMessage::tl_id) return {};
      return answer;
    };
    co_await live(s, [&s](client& c) -> task<> {
      co_await log_in(c);
      auto updates = c.updates();
      tl::messages::sendMessage request;
      request.peer = tl::inputPeerSelf{};
      large_allocations = 0;
      auto const got = co_await c.invoke(request);
      CHECK(got->get_if<tl::updates_>()->updates.size() == updates_in_answer);
      s.alice_writes("hello");
      auto const text = co_await next_text(updates);  // everything before it was looked at
      CHECK(text == "hello");
      CHECK(large_allocations == 1);
    });
  });
}

TEST_CASE("an answer that counts among the updates and cannot be read is asked for otherwise",
          "[client][updates]") {
  play([](client_stage& s) -> task<> {
    s.api.first = [](std::uint32_t id, bytes_view) -> std::optional<scripted_api::reply> {
      if (id != tl::messages::sendMessage::tl_id) return {};
      return bytes{1, 2, 3, 4, 5, 6, 7, 8};
    };
    co_await live(s, [&s](client& c) -> task<> {
      co_await log_in(c);
      auto updates = c.updates();
      s.api.alice_writes("missed");  // stands in the difference only
      tl::messages::sendMessage request;
      request.peer = tl::inputPeerSelf{};
      auto const failed = co_await test::failure_of(c.invoke(request));
      CHECK(test::code_of(failed) == client_errc::decode);
      auto const text = co_await next_text(updates);
      CHECK(text == "missed");
    });
  });
}

TEST_CASE("what a call deleted counts among the updates, and nothing is asked for",
          "[client][updates]") {
  play([](client_stage& s) -> task<> {
    s.api.first = [&](std::uint32_t id, bytes_view) -> std::optional<scripted_api::reply> {
      if (id != tl::messages::deleteMessages::tl_id) return {};
      (void)s.api.alice_sends(tl::messageEmpty{.id = s.api.next_id()});  // its place is taken
      return test::to_bytes(tl::messages::affectedMessages{.pts = s.api.pts(), .pts_count = 1});
    };
    co_await live(s, [&s](client& c) -> task<> {
      co_await log_in(c);
      auto updates = c.updates();
      s.alice_writes("one");
      co_await expect_texts(updates, "one");
      int const before = s.api.asked[tl::updates::getDifference::tl_id];
      tl::messages::deleteMessages request;
      request.id.push_back(1);
      (void)co_await c.invoke(request);
      s.alice_writes("two");
      co_await expect_texts(updates, "two");
      CHECK(s.api.asked[tl::updates::getDifference::tl_id] == before);
    });
  });
}

TEST_CASE("the box that a call moves is named by what it is about", "[client][updates]") {
  auto const box = [](auto const& call) { return detail::box_moved_by(test::to_bytes(call)); };
  tl::channels::deleteMessages in_channel;
  in_channel.channel = tl::inputChannel{.channel_id = 7, .access_hash = 1};
  CHECK(box(in_channel) == 7);
  tl::messages::readMentions mentions;
  mentions.peer = tl::inputPeerChannel{.channel_id = 8, .access_hash = 1};
  CHECK(box(mentions) == 8);
  mentions.peer = tl::inputPeerUser{.user_id = 9, .access_hash = 1};
  CHECK(box(mentions) == 0);
  CHECK(box(tl::messages::deleteMessages{}) == 0);
  CHECK_FALSE(box(tl::help::getConfig{}));
  CHECK_FALSE(detail::box_moved_by({}));
  slice const answer(
      test::to_bytes(tl::messages::affectedHistory{.pts = 5, .pts_count = 2, .offset = 0}));
  auto const number = detail::move_of(8, answer);
  REQUIRE(number);
  CHECK(number->channel == 8);
  CHECK(number->at == 5);
  CHECK(number->count == 2);
  CHECK_FALSE(detail::move_of(0, slice(bytes{1, 2, 3, 4})));
}
