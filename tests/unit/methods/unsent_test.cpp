// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Messages that are not sent yet: drafts, and those that wait for their time.
#include "messages_stage.hpp"

#include <mtp/tl/types/DraftMessage.hpp>
#include <mtp/tl/types/InputReplyTo.hpp>
#include <mtp/tl/types/MessageEntity.hpp>

#include <chrono>

using namespace mtp;
using namespace mtp::test;
using namespace std::chrono_literals;

namespace {

std::chrono::sys_seconds after(message_stage const& s, std::chrono::seconds span) {
  return std::chrono::sys_seconds(std::chrono::seconds(s.now())) + span;
}

}  // namespace

// [unsent]
mtp::task<> begin_and_plan(mtp::client& client, std::chrono::sys_seconds noon) {
  co_await client.drafts().save("@alice", "Dear Alice,");
  auto const waits = co_await client.send_message("@alice", "Lunch!", {.at = noon});
  std::vector<std::int32_t> const ids{waits.id()};
  co_await client.scheduled().send_now("@alice", ids);
}
// [/unsent]

TEST_CASE("a draft is kept with all it has, and forgotten", "[methods][drafts]") {
  message_stage s;
  s.play_alone([](client& alice) -> task<> {
    tl::list<tl::MessageEntity> const bold{tl::messageEntityBold{.offset = 0, .length = 4}};
    co_await alice.drafts().save("@bob", "Dear Bob",
                                 {.reply_to = 7, .link_preview = false, .entities = &bold});
    co_await alice.drafts().save("@talk", "all,");
    auto const all = co_await alice.drafts().all();
    REQUIRE(all.size() == 2);
    CHECK(all[0].chat == peer_id{peer_kind::user, 43});
    CHECK(all[0].text == "Dear Bob");
    CHECK(all[0].raw->no_webpage);
    CHECK(all[0].raw->entities->size() == 1);
    CHECK(all[0].raw->reply_to.get_if<tl::inputReplyToMessage>()->reply_to_msg_id == 7);
    CHECK(all[1].chat == peer_id{peer_kind::channel, 5002});
    co_await alice.drafts().clear("@bob");
    auto const left = co_await alice.drafts().all();
    CHECK(left.size() == 1);
    co_await alice.drafts().clear_all();
    auto const none = co_await alice.drafts().all();
    CHECK(none.empty());
    std::string const endless(5000, 'x');
    auto const refused = co_await refusal_of(alice.drafts().save("@bob", endless));
    CHECK(refused == "MESSAGE_TOO_LONG");
  });
}

TEST_CASE("a message that is sent takes its draft away when asked", "[methods][drafts]") {
  message_stage s;
  s.play_alone([](client& alice) -> task<> {
    co_await alice.drafts().save("@bob", "Dear Bob");
    co_await alice.send_message("@bob", "other");
    auto const kept = co_await alice.drafts().all();
    CHECK(kept.size() == 1);
    co_await alice.send_message("@bob", "Dear Bob, hello", {.clear_draft = true});
    auto const none = co_await alice.drafts().all();
    CHECK(none.empty());
  });
}

TEST_CASE("what waits is listed, edited, sent now and dropped", "[methods][scheduled]") {
  message_stage s;
  s.play([&](client& alice, client& bob) -> task<> {
    auto const late = co_await alice.send_message("@bob", "late", {.at = after(s, 2h)});
    auto const soon = co_await alice.send_message("@bob", "soon", {.at = after(s, 1h)});
    auto const all = co_await alice.scheduled().list("@bob");
    CHECK(texts_of(all) == std::vector<std::string>{"late", "soon"});
    auto const sooner =
        co_await alice.messages().edit("@bob", late.id(), "sooner", {.at = after(s, 30min)});
    CHECK(sooner.text() == "sooner");
    CHECK(sooner.date() == after(s, 30min));
    std::vector<std::int32_t> const first{late.id()};
    auto const got = co_await alice.scheduled().get("@bob", first);
    CHECK(texts_of(got) == std::vector<std::string>{"sooner"});
    auto const sent = co_await alice.scheduled().send_now("@bob", first);
    REQUIRE(sent.size() == 1);
    CHECK(sent[0].was_scheduled());
    auto const heard = co_await last_in(bob, "@alice");
    CHECK(heard.text() == "sooner");
    std::vector<std::int32_t> const second{soon.id()};
    co_await alice.scheduled().remove("@bob", second);
    auto const none = co_await alice.scheduled().list("@bob");
    CHECK(none.empty());
    auto const gone = co_await refusal_of(alice.scheduled().send_now("@bob", second));
    CHECK(gone == "MESSAGE_ID_INVALID");
    std::vector<std::int32_t> const nothing;
    auto const wrong = co_await refusal_of(alice.scheduled().get("@bob", nothing));
    CHECK(wrong == bad_argument());
    co_await s.sim.sleep(3h);
    auto const only = co_await bob.get_history("@alice", 10);
    CHECK(only.size() == 1);
  });
}

TEST_CASE("the guide's plan is kept", "[methods][scheduled]") {
  message_stage s;
  s.play([&](client& alice, client& bob) -> task<> {
    co_await begin_and_plan(bob, after(s, 4h));
    auto const heard = co_await last_in(alice, "@bob");
    CHECK(heard.text() == "Lunch!");
    auto const drafts = co_await bob.drafts().all();
    CHECK(drafts.size() == 1);
  });
}
