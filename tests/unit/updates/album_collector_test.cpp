// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The parts of albums, in every order, and what a program that is killed gets again.
#include "updates/album_collector.hpp"

#include "support/catch.hpp"
#include "updates/update_key.hpp"

#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/Update.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

using namespace mtp;
using namespace std::chrono_literals;
using updates::album_collector;
using updates::arrival;
using updates::reach;

namespace {

constexpr steady_time start = steady_time(1h);
tl::Peer const alice = tl::peerUser{.user_id = 42};
tl::Peer const bob = tl::peerUser{.user_id = 43};
tl::Peer const channel = tl::peerChannel{.channel_id = 7};

arrival as_arrival(tl::Update raw) { return {.update = received<tl::Update>::own(std::move(raw))}; }

tl::message text_in(tl::Peer const& chat, int id) {
  tl::message out;
  out.id = id;
  out.peer_id = chat;
  return out;
}

arrival text(tl::Peer const& chat, int id) {
  return as_arrival(tl::updateNewMessage{.message = text_in(chat, id)});
}

arrival part(tl::Peer const& chat, std::int64_t group, int id) {
  auto message = text_in(chat, id);
  message.grouped_id = group;
  return as_arrival(tl::updateNewMessage{.message = std::move(message)});
}

int id_of(tl::Update const& update) {
  auto const* fresh = update.get_if<tl::updateNewMessage>();
  auto const* message = fresh ? fresh->message.get_if<tl::message>() : nullptr;
  return message ? message->id : 0;
}

/// "1", "[2 3]" for an album, "@5" for a position, "edit", ...
std::string name_of(album_collector::output const& what) {
  if (auto const* position = std::get_if<reach>(&what))
    return "@" + std::to_string(position->account->pts);
  auto const& one = std::get<arrival>(what);
  if (!one.update) return "unreadable";
  if (!one.album) return std::to_string(id_of(*one.update));
  std::string out;
  for (auto const& each : *one.album) out += " " + std::to_string(id_of(*each));
  return "[" + out.substr(1) + "]";
}

std::string taken(album_collector& from) {
  std::string out;
  while (auto const one = from.take()) out += (out.empty() ? "" : " ") + name_of(*one);
  return out;
}

void push_position(album_collector& to, int pts) {
  to.push(reach{.account = update_state{.pts = pts}});
}

}  // namespace

TEST_CASE("what is no part of an album goes on at once", "[updates][albums]") {
  album_collector albums;
  albums.push(text(alice, 1), start);
  push_position(albums, 1);
  albums.push({.unreadable = slice(bytes{1, 2, 3, 4})}, start);
  CHECK(name_of(*albums.take()) == "1");
  CHECK(taken(albums) == "@1 unreadable");
  CHECK(albums.empty());
  CHECK(albums.next_expiry() == steady_time::max());
}

TEST_CASE("an album is complete when nothing came for a while", "[updates][albums]") {
  album_collector albums({.quiet = 1s});
  albums.push(part(alice, 9, 1), start);
  push_position(albums, 1);
  albums.push(part(alice, 9, 2), start + 500ms);
  push_position(albums, 2);
  CHECK(albums.next_expiry() == start + 1500ms);
  albums.expire(start + 1499ms);
  CHECK(taken(albums).empty());
  albums.expire(start + 1500ms);
  CHECK(taken(albums) == "[1 2] @2");
  CHECK(albums.empty());
}

TEST_CASE("an album waits while what was missed is being asked for, but not for ever",
          "[updates][albums]") {
  album_collector albums({.quiet = 1s, .max_wait = 10s});
  albums.set_catching_up(true);
  albums.push(part(alice, 9, 1), start);
  albums.push(part(alice, 9, 2), start + 9s);
  albums.expire(start + 9s);
  CHECK(taken(albums).empty());
  CHECK(albums.next_expiry() == start + 10s);
  albums.expire(start + 10s);
  CHECK(taken(albums) == "[1 2]");
  albums.push(part(alice, 8, 3), start);
  albums.set_catching_up(false);
  CHECK(albums.next_expiry() == start + 1s);
}

TEST_CASE("ten parts make an album, the eleventh begins another", "[updates][albums]") {
  album_collector albums;
  for (int id = 1; id <= 11; ++id) albums.push(part(alice, 9, id), start);
  CHECK(taken(albums) == "[1 2 3 4 5 6 7 8 9 10]");
  albums.release_all();
  CHECK(taken(albums) == "[11]");
}

TEST_CASE("another message of the same conversation comes behind the album", "[updates][albums]") {
  tl::messageService joined;
  joined.id = 4;
  joined.peer_id = alice;
  for (auto const& other :
       {text(alice, 4), part(alice, 8, 4), as_arrival(tl::updateNewMessage{.message = joined})}) {
    album_collector albums;
    for (int id : {2, 1, 3}) albums.push(part(alice, 9, id), start);
    albums.push(text(bob, 1), start);
    albums.push(other, start);
    albums.release_all();
    auto const all = taken(albums);
    CHECK(all.starts_with("1 [1 2 3] "));
  }
}

TEST_CASE("what becomes of a part comes behind its album", "[updates][albums]") {
  auto const edit = as_arrival(tl::updateEditMessage{.message = text_in(alice, 2)});
  auto const gone = as_arrival(tl::updateDeleteMessages{.messages = {7, 1}});
  for (auto const& change : {edit, gone}) {
    album_collector albums;
    for (int id : {1, 2}) albums.push(part(alice, 9, id), start);
    albums.push(change, start);
    CHECK(taken(albums) == "[1 2] 0");
  }
}

TEST_CASE("what becomes of other messages completes no album", "[updates][albums]") {
  album_collector albums;
  albums.push(part(alice, 9, 1), start);
  albums.push(part(channel, 8, 2), start);
  albums.push(as_arrival(tl::updateEditMessage{.message = text_in(alice, 7)}), start);
  albums.push(as_arrival(tl::updateEditMessage{.message = text_in(bob, 1)}), start);
  albums.push(as_arrival(tl::updateDeleteMessages{.messages = {2}}), start);
  albums.push(as_arrival(tl::updateDeleteChannelMessages{.channel_id = 7, .messages = {1}}), start);
  CHECK(taken(albums) == "0 0 0 0");
  albums.push(as_arrival(tl::updateDeleteChannelMessages{.channel_id = 7, .messages = {2}}), start);
  CHECK(taken(albums) == "[2] 0");
}

TEST_CASE("a part that comes twice counts once", "[updates][albums]") {
  album_collector albums;
  for (int id : {1, 2, 1}) albums.push(part(alice, 9, id), start);
  albums.release_all();
  CHECK(taken(albums) == "[1 2]");
}

TEST_CASE("no position goes on before an album that stands before it", "[updates][albums]") {
  album_collector albums;
  albums.push(part(alice, 9, 1), start);
  push_position(albums, 1);
  albums.push(part(bob, 8, 1), start);
  push_position(albums, 2);
  albums.push(text(channel, 5), start);
  push_position(albums, 3);
  CHECK(taken(albums) == "5");
  albums.push(text(bob, 2), start);
  push_position(albums, 4);
  CHECK(taken(albums) == "[1] 2");
  albums.release_all();
  CHECK(taken(albums) == "[1] @1 @4");
}

TEST_CASE("so many albums wait at a time, and no more", "[updates][albums]") {
  album_collector albums({.max_open = 2});
  for (int at = 1; at <= 4; ++at) albums.push(part(tl::peerUser{.user_id = at}, 9, at), start);
  CHECK(taken(albums) == "[1] [2]");
  albums.clear();
  albums.release_all();
  CHECK(taken(albums).empty());
  CHECK(albums.empty());
}

namespace {

/// Two albums and a text, in three conversations.
struct arrivals {
  std::vector<arrival> all = {part(alice, 9, 1), part(alice, 9, 2),   part(alice, 9, 3),
                              part(bob, 8, 4),   part(channel, 7, 6), part(channel, 7, 7)};
};

/// What one life of a program gets: names of updates, and how far it got.
struct life {
  std::vector<std::string> seen = {};
  int position = 0;
};

/// Comes in `order`, beginning behind `from`; ends after `last`, killed or when all is quiet.
life live(std::vector<int> const& order, int from, int last, bool killed) {
  arrivals const what;
  album_collector albums;
  life out{.position = from};
  auto const take_all = [&] {
    while (auto const one = albums.take()) {
      auto const* position = std::get_if<reach>(&*one);
      if (position) out.position = position->account->pts;
      if (!position) out.seen.push_back(name_of(*one));
    }
  };
  for (int at = from; at < last; ++at) {
    albums.push(what.all[static_cast<std::size_t>(order[static_cast<std::size_t>(at)])], start);
    push_position(albums, at + 1);
    take_all();
  }
  if (killed) return out;
  albums.expire(start + 1s);
  take_all();
  return out;
}

}  // namespace

TEST_CASE("albums are complete in every order, also for a program that is killed at any update",
          "[updates][albums]") {
  std::vector<std::string> const whole = {"[1 2 3]", "[4]", "[6 7]"};
  std::vector<int> order = {0, 1, 2, 3, 4, 5};
  int lives = 0;
  do {
    for (int killed_at = 0; killed_at <= 6; ++killed_at) {
      auto const first = live(order, 0, killed_at, true);
      auto const second = live(order, first.position, 6, false);
      CHECK(second.position == 6);
      std::set<std::string> seen(first.seen.begin(), first.seen.end());
      seen.insert(second.seen.begin(), second.seen.end());
      CHECK(seen == std::set<std::string>(whole.begin(), whole.end()));
      ++lives;
    }
  } while (std::ranges::next_permutation(order).found);
  CHECK(lives == 720 * 7);
}

TEST_CASE("an album with a part out of the history is out of the history", "[updates][albums]") {
  for (int fetched : {0, 1, 2}) {
    album_collector albums;
    for (int id : {1, 2}) {
      auto one = part(alice, 9, id);
      one.fetched = id == fetched;
      albums.push(std::move(one), start);
    }
    albums.release_all();
    CHECK(std::get<arrival>(*albums.take()).fetched == (fetched != 0));
  }
}
