// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/testing/world/world.hpp>
#include <support/catch.hpp>

using namespace mtp::testing;

namespace {

constexpr std::int64_t alice = 42;
constexpr std::int64_t bob = 43;
constexpr std::int64_t echo = 777000777;

template <class Kind>
std::size_t count(std::vector<account_event> const& events, std::int64_t account) {
  std::size_t n = 0;
  for (auto const& e : events) n += e.account == account && std::get_if<Kind>(&e.what) ? 1 : 0;
  return n;
}

}  // namespace

TEST_CASE("a private message lies in both histories under own numbers", "[testing][world]") {
  auto w = default_world(1);
  REQUIRE(w.send(bob, peer::user(echo), "first", 10));
  auto const sent = w.send(alice, peer::user(bob), "hello", 11);
  REQUIRE(sent);
  CHECK(sent->id == 1);
  CHECK(w.box(alice).find(1)->outgoing);
  CHECK(w.box(alice).find(1)->where == peer::user(bob));
  auto const* theirs = w.box(bob).find(2);
  REQUIRE(theirs);
  CHECK_FALSE(theirs->outgoing);
  CHECK(theirs->where == peer::user(alice));
  CHECK(theirs->content->text == "hello");
  CHECK(w.box(bob).unread_count() == 1);
  auto const events = w.take_events();
  CHECK(count<message_added>(events, bob) == 2);
  CHECK(count<message_added>(events, alice) == 1);
  CHECK(w.take_events().empty());
}

TEST_CASE("every message raises pts by one", "[testing][world]") {
  auto w = default_world(1);
  for (int i = 0; i < 5; ++i) REQUIRE(w.send(alice, peer::user(bob), "x", 10));
  CHECK(w.box(bob).state().pts == 6);
  auto const all = w.box(bob).since(1, 100);
  REQUIRE(all);
  REQUIRE(all->size() == 5);
  CHECK(all->front().pts == 2);
  CHECK(w.box(bob).since(4, 100)->size() == 2);
  CHECK(w.box(bob).since(1, 3)->size() == 3);
  CHECK(w.box(bob).since(99, 3)->empty());
}

TEST_CASE("the same random_id sends once", "[testing][world]") {
  auto w = default_world(1);
  outgoing_message m{.to = peer::user(bob), .random_id = 5};
  m.content.author = alice;
  m.content.text = "once";
  auto const first = w.send(m, 10);
  auto const second = w.send(m, 11);
  REQUIRE(second);
  CHECK(second->repeated);
  CHECK(second->id == first->id);
  CHECK(second->pts == first->pts);
  CHECK(w.box(bob).messages().size() == 1);
}

TEST_CASE("a group message reaches every member and nobody else", "[testing][world]") {
  auto w = default_world(1);
  REQUIRE(w.send(alice, peer::chat(1000), "all", 10));
  CHECK(w.box(bob).find(1)->where == peer::chat(1000));
  CHECK(w.box(echo).find(1)->where == peer::chat(1000));
  REQUIRE(w.all_groups().remove_member(*w.all_groups().find(1000), bob));
  CHECK(w.send(bob, peer::chat(1000), "no", 11).error() == rpc_fault{403, "CHAT_WRITE_FORBIDDEN"});
  REQUIRE(w.send(alice, peer::chat(1000), "two", 12));
  CHECK(w.box(bob).messages().size() == 1);
}

TEST_CASE("impossible messages are refused", "[testing][world]") {
  auto w = default_world(1);
  auto const refusal = [&](peer to, std::string text) {
    return w.send(alice, to, std::move(text), 1).error().text;
  };
  CHECK(refusal(peer::user(12345), "x") == "PEER_ID_INVALID");
  CHECK(refusal(peer::chat(12345), "x") == "PEER_ID_INVALID");
  CHECK(refusal(peer::user(bob), "") == "MESSAGE_EMPTY");
  CHECK(refusal(peer::user(bob), "\xff") == "STRING_INVALID");
  CHECK(refusal(peer::user(bob), std::string(4097, 'a')) == "MESSAGE_TOO_LONG");
  std::string long_but_fine;
  for (int i = 0; i < 4096; ++i) long_but_fine += "\xc3\xa4";
  CHECK(w.send(alice, peer::user(bob), long_but_fine, 1));
}

TEST_CASE("reading tells both sides", "[testing][world]") {
  auto w = default_world(1);
  for (int i = 0; i < 3; ++i) REQUIRE(w.send(alice, peer::user(bob), "x", 10));
  w.take_events();
  auto const done = w.read(bob, peer::user(alice), 2, 11);
  CHECK(done.pts_count == 1);
  CHECK(w.box(bob).unread_count() == 1);
  CHECK(w.box(alice).find_dialog(peer::user(bob))->read_outbox_max_id == 2);
  auto const events = w.take_events();
  CHECK(count<inbox_read>(events, bob) == 1);
  CHECK(count<outbox_read>(events, alice) == 1);
  CHECK(w.read(bob, peer::user(alice), 2, 12).pts_count == 0);
  CHECK(w.take_events().empty());
}

TEST_CASE("an edit reaches every copy, by the author only", "[testing][world]") {
  auto w = default_world(1);
  REQUIRE(w.send(alice, peer::user(bob), "old", 10));
  message_content changed;
  changed.text = "new";
  CHECK(w.edit(bob, 1, changed, 11).error().code == 403);
  REQUIRE(w.edit(alice, 1, changed, 11));
  CHECK(w.box(bob).find(1)->content->text == "new");
  CHECK(w.box(bob).find(1)->content->edit_date == 11);
  CHECK(w.edit(alice, 1, changed, 12).error().text == "MESSAGE_NOT_MODIFIED");
  CHECK(w.edit(alice, 9, changed, 12).error().text == "MESSAGE_ID_INVALID");
  CHECK(count<message_edited>(w.take_events(), bob) == 1);
}

TEST_CASE("a deletion is for oneself or for all", "[testing][world]") {
  auto w = default_world(1);
  REQUIRE(w.send(alice, peer::user(bob), "1", 10));
  REQUIRE(w.send(alice, peer::user(bob), "2", 10));
  CHECK(w.remove(alice, {1, 77}, false, 11).pts_count == 1);
  CHECK(w.box(bob).find(1) != nullptr);
  CHECK(w.remove(alice, {2}, true, 12).pts_count == 1);
  CHECK(w.box(bob).find(2) == nullptr);
  CHECK(w.box(alice).messages().empty());
  CHECK(w.box(alice).state().pts == 5);
}

TEST_CASE("activity is announced but not part of the state", "[testing][world]") {
  auto w = default_world(1);
  w.act(alice, peer::user(bob), {1, 2, 3, 4}, 10);
  CHECK(w.box(bob).state().pts == 1);
  auto const events = w.take_events();
  REQUIRE(events.size() == 1);
  CHECK(events[0].account == bob);
  CHECK(events[0].pts == 0);
}

TEST_CASE("a difference that reaches too far back is refused", "[testing][world]") {
  mailbox box(alice);
  for (std::size_t i = 0; i < mailbox::max_log + 10; ++i) {
    auto content = std::make_shared<message_content>();
    content->uid = static_cast<std::int64_t>(i) + 1;
    box.add(peer::user(bob), false, content, 1);
  }
  CHECK_FALSE(box.since(1, 10));
  CHECK_FALSE(box.since(10, 10));
  CHECK(box.since(11, 10)->size() == 10);
}
