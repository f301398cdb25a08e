// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/peers.hpp"
#include "client/state_keeper.hpp"
#include "support/client_stage.hpp"

#include <mtp/tl/types/Chat.hpp>
#include <mtp/tl/types/InputPeer.hpp>
#include <mtp/tl/types/MessageEntity.hpp>
#include <mtp/tl/types/MessageFwdHeader.hpp>
#include <mtp/tl/types/Username.hpp>

using namespace mtp;
using namespace mtp::test;
using mtp::detail::meet_peers;
using mtp::detail::met_peers;
using mtp::detail::state_keeper;

namespace {

constexpr peer_id bob{peer_kind::user, 43};
constexpr peer_id club{peer_kind::channel, 5};

tl::username named(std::string_view name, bool active) {
  tl::username out;
  out.username = name;
  out.active = active;
  return out;
}

tl::user tl_bob() {
  tl::user out;
  out.id = bob.id;
  out.access_hash = 77;
  out.first_name = "Bob";
  out.last_name = "Builder";
  out.phone = "4912345678";
  out.usernames.emplace();
  out.usernames->push_back(named("bob", true));
  out.usernames->push_back(named("Builder", true));
  out.usernames->push_back(named("sold", false));
  return out;
}

tl::channel tl_club() {
  tl::channel out;
  out.id = club.id;
  out.access_hash = 55;
  out.title = "The club";
  out.username = "club";
  out.broadcast = true;
  return out;
}

tl::user min_of(tl::user of) {
  of.min = true;
  of.access_hash = 999;  // good for photos only
  of.phone.reset();
  return of;
}

met_peers meet(state_keeper& by, tl::user const& who) {
  tl::list<tl::User> users;
  users.push_back(who);
  tl::list<tl::Chat> const none;
  auto out = meet_peers(users, none, by);
  by.change(out.change);
  return out;
}

task<> meet_club(state_keeper& by) {
  tl::list<tl::Chat> chats;
  chats.push_back(tl_club());
  tl::list<tl::User> const none;
  auto met = meet_peers(none, chats, by);
  by.change(std::move(met.change));
  co_await by.flush();
}

/// A keeper of a user's account over records.
void with_keeper(std::shared_ptr<record_store> records, std::function<task<>(state_keeper&)> what) {
  auto const body = [&]() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    auto place = detail::make_place(records, real_environment(), executor, {});
    state_keeper keeper(real_environment(), executor, std::move(place), {});
    co_await keeper.open();
    session_change change;
    change.self = stored_self{.id = 9};
    keeper.change(std::move(change));
    co_await what(keeper);
    co_await keeper.flush();
    co_await keeper.close();
  };
  run(body());
}

tl::message in_club(std::int32_t id) {
  tl::message out;
  out.id = id;
  out.peer_id = tl::peerChannel{.channel_id = club.id};
  return out;
}

}  // namespace

TEST_CASE("of whom a client meets it keeps names, usernames and phone number", "[client][peers]") {
  auto const records = memory_records();
  with_keeper(records, [](state_keeper& keeper) -> task<> {
    meet(keeper, tl_bob());
    co_await meet_club(keeper);
  });
  with_keeper(records, [](state_keeper& keeper) -> task<> {
    auto const found = co_await keeper.peer_by_username("BUILDER");
    REQUIRE(found);
    CHECK(found->id == bob);
    CHECK(found->name == "Bob Builder");
    CHECK(found->usernames == std::vector<std::string>{"bob", "Builder"});
    CHECK(found->access_hash == 77);
    CHECK(found->whole);
    CHECK(found->learnt > 1'700'000'000);
    auto const sold = co_await keeper.peer_by_username("sold");
    CHECK(!sold);
    auto const by_phone = co_await keeper.peer_by_phone(std::string("4912345678"));
    CHECK(by_phone == found);
    auto const of_club = co_await keeper.peer_by_username("club");
    REQUIRE(of_club);
    CHECK(of_club->name == "The club");
    CHECK(of_club->shape == peer_shape::broadcast);
  });
}

TEST_CASE("whom a client met is found before it is stored, and as it is now", "[client][peers]") {
  with_keeper(memory_records(), [](state_keeper& keeper) -> task<> {
    meet(keeper, tl_bob());
    auto found = co_await keeper.peer_by_username("bob");
    CHECK((found && found->name == "Bob Builder"));
    co_await keeper.flush();
    auto renamed = tl_bob();
    *renamed.usernames->begin() = named("bobby", true);
    renamed.phone.reset();
    meet(keeper, renamed);
    found = co_await keeper.peer_by_username("bob");
    CHECK(!found);
    found = co_await keeper.peer_by_phone(std::string("4912345678"));
    CHECK(!found);
    found = co_await keeper.peer_by_username("bobby");
    CHECK((found && found->id == bob));
  });
}

TEST_CASE("whom a client knows already costs no commit", "[client][peers]") {
  with_keeper(memory_records(), [](state_keeper& keeper) -> task<> {
    meet(keeper, tl_bob());
    co_await keeper.flush();
    auto const again = meet(keeper, tl_bob());
    CHECK(again.change.empty());
    auto const less = meet(keeper, min_of(tl_bob()));
    CHECK(less.change.empty());
    CHECK(less.unnamed.empty());
    auto other = tl_bob();
    other.last_name = "Breaker";
    auto const changed = meet(keeper, other);
    CHECK(changed.change.peers.at(bob).name == "Bob Breaker");
  });
}

TEST_CASE("a message vouches for a min peer, by which requests name it", "[client][peers]") {
  auto const way = GENERATE(0, 1, 2, 3);
  with_keeper(memory_records(), [way](state_keeper& keeper) -> task<> {
    co_await meet_club(keeper);
    auto const met = meet(keeper, min_of(tl_bob()));
    CHECK(met.change.empty());
    CHECK(met.unnamed.size() == 1);
    auto named = co_await detail::to_input(bob, keeper);
    CHECK(!named);
    auto by = in_club(31);
    auto other = detail::vouch_for(met.unnamed, by, keeper);  // names nobody
    CHECK(other.empty());
    if (way == 0) by.from_id = tl::peerUser{.user_id = bob.id};
    if (way == 1) by.via_bot_id = bob.id;
    if (way == 2) {
      tl::messageFwdHeader from;
      from.from_id = tl::peerUser{.user_id = bob.id};
      by.fwd_from = std::move(from);
    }
    if (way == 3) {
      by.entities.emplace();
      by.entities->push_back(tl::messageEntityMentionName{.user_id = bob.id});
    }
    keeper.change(detail::vouch_for(met.unnamed, by, keeper));
    for (int round = 0; round < 2; ++round) {  // before and after it is stored
      named = co_await detail::to_input(bob, keeper);
      auto const* seen = named.get_if<tl::inputPeerUserFromMessage>();
      REQUIRE(seen);
      CHECK(seen->msg_id == 31);
      CHECK(seen->user_id == bob.id);
      auto const* where = seen->peer.get_if<tl::inputPeerChannel>();
      REQUIRE(where);
      CHECK(where->access_hash == 55);
      co_await keeper.flush();
    }
    by.id = 32;
    CHECK(detail::vouch_for(met.unnamed, by, keeper).empty());  // one will do
    meet(keeper, tl_bob());
    named = co_await detail::to_input(bob, keeper);
    CHECK(named.holds<tl::inputPeerUser>());
  });
}

TEST_CASE("a program looks up whom its session met without asking the server", "[client][peers]") {
  play([](client_stage& s) -> task<> {
    co_await live(s, [&s](client& c) -> task<> {
      co_await log_in(c);
      auto updates = c.updates();
      auto news = s.api.alice_writes("hi");
      news.get_if<tl::updates_>()->users.push_back(tl_bob());
      s.server.push(to_bytes(news));
      auto const text = co_await next_text(updates);
      CHECK(text == "hi");
    });
    co_await live(s, [&s](client& c) -> task<> {
      auto const asked = s.api.asked;
      auto const found = co_await c.peers().known(bob);
      REQUIRE(found);
      CHECK(found->name == "Bob Builder");
      auto const by_name = co_await c.peers().known_by_username("https://t.me/Bob");
      CHECK(by_name == found);
      auto const by_phone = co_await c.peers().known_by_phone(std::string("+49 12345678"));
      CHECK(by_phone == found);
      auto const nobody = co_await c.peers().known({peer_kind::user, 44});
      CHECK(!nobody);
      auto const no_name = co_await c.peers().known_by_username("@nobody_here");
      CHECK(!no_name);
      auto const no_number = co_await c.peers().known_by_phone(std::string());
      CHECK(!no_number);
      CHECK(s.api.asked == asked);
    });
  });
}
