// SPDX-License-Identifier: MIT OR Apache-2.0
#include "event_examples.hpp"
#include "support/catch.hpp"
#include "support/heap_use.hpp"

using namespace mtp;
using mtp::test::a_new_message;
using mtp::test::an_unreadable;
using mtp::test::as_update;

TEST_CASE("an update is the event that its tag names, and no other", "[events]") {
  auto const message = a_new_message("hello");
  CHECK(message.tag() == event_tag::new_message);
  CHECK(message.holds<new_message>());
  CHECK(message.get_if<new_message>()->text() == "hello");
  CHECK(!message.get_if<other_update>());
  CHECK(!message.get_if<unknown_update>());

  auto const other = as_update(tl::updateConfig{});
  CHECK(other.holds<other_update>());
  CHECK(other.get_if<other_update>()->raw()->holds<tl::updateConfig>());
  CHECK(!other.get_if<new_message>());

  auto const unknown = an_unreadable();
  CHECK(unknown.holds<unknown_update>());
  CHECK(unknown.get_if<unknown_update>()->body() == bytes{1, 2, 3, 4});
  CHECK(!unknown.raw());
  CHECK(!unknown.get_if<other_update>());
}

TEST_CASE("updates that are lost are an event with box, range and reason", "[events]") {
  using order = updates::update_number::order;
  updates::lost const what{.box = order::channel,
                           .channel = 77,
                           .from = 3,
                           .to = 9,
                           .why = updates::loss_reason::too_long};
  auto const gone = update::loss(what);
  CHECK(!gone.raw());
  CHECK(!gone.get_if<other_update>());
  auto const event = gone.get_if<updates_lost>();
  REQUIRE(event);
  CHECK(event->chat() == peer_id{peer_kind::channel, 77});
  CHECK(event->box() == order::channel);
  CHECK(event->from() == 3);
  CHECK(event->to() == 9);
  CHECK(event->reason() == updates::loss_reason::too_long);
  CHECK(event->text() == describe(what));
  auto const of_account = update::loss(updates::lost());
  CHECK(!of_account.get_if<updates_lost>()->chat());
}

TEST_CASE("an update of nothing is another update", "[events]") {
  for (update const& nothing : {update(), update(received<tl::Update>()), as_update(tl::Update())})
    CHECK(nothing.tag() == event_tag::other_update);
  CHECK(!update().raw());
  update const one;
  CHECK(!one.get_if<other_update>()->raw());
}

TEST_CASE("an event knows who is signed in", "[events]") {
  auto sent = test::a_message("mine");
  sent.out = true;
  auto raw = received<tl::Update>::own(tl::updateNewMessage{.message = sent});
  update const known(raw, {}, 777);
  update const unknown(raw);
  CHECK(known.get_if<new_message>()->sender() == peer_id{peer_kind::user, 777});
  CHECK(!unknown.get_if<new_message>()->sender());
}

TEST_CASE("an event outlives its update", "[events]") {
  std::optional<new_message> message;
  std::optional<unknown_update> unknown;
  {
    auto const first = a_new_message("a text that is too long for the string itself");
    auto const second = an_unreadable();
    message = first.get_if<new_message>();
    unknown = second.get_if<unknown_update>();
  }
  CHECK(message->text() == "a text that is too long for the string itself");
  CHECK(unknown->body() == bytes{1, 2, 3, 4});
}

TEST_CASE("what an event refers to outlives it, while there is its update", "[events]") {
  auto const what = a_new_message("a text that is too long for the string itself");
  auto const& text = what.get_if<new_message>()->text();
  int lengths = 0;
  for (auto const& one : *what.get_if<new_message>()->raw()->entities) lengths += *one.length();
  CHECK(lengths == 3);
  CHECK(text.size() == 45);

  auto const unknown = an_unreadable();
  int sum = 0;
  for (auto const one : unknown.get_if<unknown_update>()->body()) sum += one;
  CHECK(sum == 10);
}

TEST_CASE("an album is one update of several messages", "[events]") {
  std::vector<received<tl::Update>> parts;
  for (int id : {1, 2}) {
    tl::message text{.id = id, .peer_id = tl::peerUser{42}, .message = id == 2 ? "two" : ""};
    text.grouped_id = 9;
    parts.push_back(received<tl::Update>::own(tl::Update(tl::updateNewMessage{.message = text})));
  }
  auto const what = update::of_album(std::move(parts));
  CHECK(what.tag() == event_tag::album);
  CHECK(!what.get_if<new_message>());
  auto const all = what.get_if<album>();
  REQUIRE(all);
  CHECK(all->id() == 9);
  CHECK(all->chat() == peer_id{peer_kind::user, 42});
  CHECK(all->messages().size() == 2);
  CHECK(all->caption() == "two");
  CHECK(all->captions() == std::vector<std::string_view>{"", "two"});
  auto const name = what.visit([](album const& one) { return one.messages().size(); },
                               [](update const&) { return std::size_t{0}; });
  CHECK(name == 2);
}

TEST_CASE("a change of the client is an update too", "[events]") {
  auto const why = std::make_error_code(std::errc::connection_reset);
  auto const what = update::of_change(client_change_kind::disconnected, why);
  auto const change = what.get_if<client_change>();
  REQUIRE(change);
  CHECK(change->kind() == client_change_kind::disconnected);
  CHECK(change->why() == why);
  CHECK(name_of(change->kind()) == "disconnected");
  CHECK(!what.raw());
}

TEST_CASE("copying an update and making its event take no memory", "[events]") {
  static_assert(sizeof(update) <= 80);
  auto const message = a_new_message("a text that is too long for the string itself");
  auto const unknown = an_unreadable();
  std::size_t seen = 0;
  auto const before = mtp::test::heap.count;
  for (int i = 0; i < 10; ++i) {
    update const copy = message;
    seen += copy.get_if<new_message>()->text().size();
    update const other = unknown;
    seen += other.get_if<unknown_update>()->body().size();
    seen += message.visit([](new_message const& m) { return m.text().size(); },
                          [](update const&) { return std::size_t{0}; });
  }
  auto const more = mtp::test::heap.count - before;
  CHECK(more == 0);
  CHECK(seen == 10 * (45 + 4 + 45));
}
