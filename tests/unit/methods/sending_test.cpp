// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What a message that was sent is known by: answers that say little, and random_id.
#include "support/catch.hpp"
#include "support/client_stage.hpp"

#include <mtp/mtp.hpp>
#include <mtp/tl/types/InputMessage.hpp>
#include <mtp/tl/types/messages/Messages.hpp>

using namespace mtp;
using namespace mtp::test;

namespace {

peer_id const alice{peer_kind::user, scripted_api::alice_id};

/// Executes every sendMessage and answers it with `says`; what is asked by id is `by_id`.
struct silent_answers {
  client_stage& stage;
  std::function<tl::Updates(std::int64_t random_id)> says = {};
  tl::Message by_id = {};
  bool executes = true;
  int asked = 0;
  int asked_by_id = 0;

  std::optional<scripted_api::reply> operator()(std::uint32_t id, bytes_view query) {
    if (id == tl::messages::getMessages::tl_id) return give_by_id();
    if (id != tl::messages::sendMessage::tl_id) return {};
    ++asked;
    auto const call = *tl::decode<tl::messages::sendMessage>(query);
    auto const without_us = std::exchange(stage.api.first, nullptr);
    if (executes) (void)stage.api(bytes(query.begin(), query.end()));
    stage.api.first = without_us;
    return test::to_bytes(says(call->random_id));
  }

 private:
  scripted_api::reply give_by_id() {
    ++asked_by_id;
    if (!by_id) return scripted_server::refusal{400, "MESSAGE_IDS_EMPTY"};
    tl::messages::messages out;
    out.messages.push_back(by_id);
    return test::to_bytes(tl::messages::Messages(std::move(out)));
  }
};

tl::Updates named_and_empty(std::int64_t random_id) {
  tl::updates_ all;
  all.updates.push_back(tl::updateMessageID{.id = 5, .random_id = random_id});
  all.updates.push_back(tl::updateNewMessage{.message = tl::messageEmpty{.id = 5}});
  return all;
}

tl::message sent_message(std::int32_t id) {
  tl::message out;
  out.out = true;
  out.id = id;
  out.date = 1'700'000'123;
  out.peer_id = tl::peerUser{.user_id = alice.id};
  out.message = "hello";
  return out;
}

}  // namespace

TEST_CASE("a sent message of which the answer has only the id is asked for", "[methods][sending]") {
  play([](client_stage& s) -> task<> {
    silent_answers quiet{.stage = s, .says = named_and_empty, .by_id = sent_message(5)};
    s.api.first = std::ref(quiet);
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in(c);
      auto const sent = co_await c.send_message(alice, "hello");
      CHECK(sent.id() == 5);
      CHECK(sent.date().time_since_epoch() == std::chrono::seconds(1'700'000'123));
      CHECK(quiet.asked_by_id == 1);
      CHECK(quiet.asked == 1);
    });
  });
}

TEST_CASE("a sent message whose id is known and that nobody gives is not of 1970",
          "[methods][sending]") {
  play([](client_stage& s) -> task<> {
    silent_answers quiet{.stage = s, .says = named_and_empty};
    bool const is_other = GENERATE(false, true);
    if (is_other) quiet.by_id = sent_message(6);
    s.api.first = std::ref(quiet);
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in(c);
      auto const sent = co_await c.send_message(alice, "hello");
      CHECK(sent.id() == 5);
      CHECK(sent.text() == "hello");
      CHECK(sent.chat() == alice);
      CHECK(sent.outgoing());
      CHECK(sent.date().time_since_epoch() > std::chrono::hours(24 * 365 * 40));
    });
  });
}

TEST_CASE("a sent message of which the answer says nothing is found by other means",
          "[methods][sending]") {
  play([](client_stage& s) -> task<> {
    silent_answers quiet{.stage = s};
    bool const too_long = GENERATE(false, true);
    quiet.says = [&](std::int64_t) -> tl::Updates {
      if (too_long) return tl::updatesTooLong{};
      return tl::updates_{};
    };
    s.api.first = std::ref(quiet);
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in(c);
      auto const updates = c.updates();
      (void)s.api.alice_writes("other");
      auto const sent = co_await c.send_message(alice, "hello");
      CHECK(sent.id() == 2);
      CHECK(sent.text() == "hello");
      CHECK(quiet.asked == 1);
    });
  });
}

TEST_CASE("a sent message that nothing tells of is an error that says so", "[methods][sending]") {
  play([](client_stage& s) -> task<> {
    silent_answers quiet{.stage = s, .says = [](std::int64_t) { return tl::updatesTooLong{}; }};
    quiet.executes = false;
    s.api.first = std::ref(quiet);
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in(c);
      auto const updates = c.updates();
      auto const failed = co_await failure_of(c.send_message(alice, "hello"));
      CHECK(code_of(failed) == client_errc::sent_but_unknown);
      CHECK(quiet.asked == 1);
    });
  });
}

TEST_CASE("what is sent again under one random_id is one message", "[methods][sending]") {
  play([](client_stage& s) -> task<> {
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in(c);
      auto const updates = c.updates();
      auto const first = co_await c.send_message(alice, "hello", {.random_id = 77});
      auto const again = co_await c.send_message(alice, "hello", {.random_id = 77});
      CHECK(first.id() == 1);
      CHECK(again.id() == 1);
      CHECK(s.api.sent == std::vector<std::string>{"hello"});
      CHECK(s.api.random_ids == std::vector<std::int64_t>{77});
      auto const answer = co_await again.reply("hello", {.random_id = 78});
      CHECK(answer.id() == 2);
      CHECK(s.api.random_ids == std::vector<std::int64_t>{77, 78});
    });
  });
}

TEST_CASE("messages without a random_id of their own have different ones", "[methods][sending]") {
  play([](client_stage& s) -> task<> {
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in(c);
      co_await c.send_message(alice, "hello");
      co_await c.send_message(alice, "hello");
      REQUIRE(s.api.random_ids.size() == 2);
      CHECK(s.api.random_ids[0] != s.api.random_ids[1]);
    });
  });
}

TEST_CASE("a random_id of 0 is an error, and nothing is sent", "[methods][sending]") {
  play([](client_stage& s) -> task<> {
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in(c);
      auto const failed = co_await failure_of(c.send_message(alice, "hello", {.random_id = 0}));
      CHECK(code_of(failed) == client_errc::bad_argument);
      CHECK(s.api.sent.empty());
    });
  });
}
