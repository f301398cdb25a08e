// SPDX-License-Identifier: MIT OR Apache-2.0
//
// An album is found from any of its messages.
#include "support/catch.hpp"
#include "support/client_stage.hpp"

#include <mtp/mtp.hpp>
#include <mtp/tl/decode.hpp>
#include <mtp/tl/functions/channels.hpp>
#include <mtp/tl/functions/messages.hpp>
#include <mtp/tl/types/InputChannel.hpp>
#include <mtp/tl/types/InputMessage.hpp>
#include <mtp/tl/types/messages/Messages.hpp>

#include <algorithm>
#include <functional>
#include <optional>
#include <vector>

using namespace mtp;
using namespace mtp::test;

namespace {

peer_id const alice{peer_kind::user, scripted_api::alice_id};
peer_id const news{peer_kind::channel, 500};

tl::message part(std::int32_t id, peer_id where, std::optional<std::int64_t> album,
                 std::string_view caption = "") {
  tl::message out;
  out.id = id;
  if (where.kind == peer_kind::channel) out.peer_id = tl::peerChannel{.channel_id = where.id};
  if (where.kind == peer_kind::user) out.peer_id = tl::peerUser{.user_id = where.id};
  out.grouped_id = album;
  out.message = caption;
  return out;
}

/// A server with some messages, which gives those that are asked for.
struct shelf {
  std::vector<tl::message> messages = {};
  std::vector<std::int32_t> asked = {};
  std::int64_t channel = 0;

  std::optional<scripted_api::reply> operator()(std::uint32_t id, bytes_view query) {
    slice const body(bytes(query.begin(), query.end()));
    if (id == tl::messages::getMessages::tl_id) {
      auto const q = tl::decode<tl::messages::getMessages>(body);
      return give((*q)->id);
    }
    if (id != tl::channels::getMessages::tl_id) return {};
    auto const q = tl::decode<tl::channels::getMessages>(body);
    channel = (*q)->channel.get_if<tl::inputChannel>()->channel_id;
    return give((*q)->id);
  }

 private:
  scripted_api::reply give(tl::list<tl::InputMessage> const& ids) {
    tl::messages::messages out;
    asked.clear();
    for (auto const& each : ids) asked.push_back(each.get_if<tl::inputMessageID>()->id);
    for (auto const id : asked) {
      auto const at = std::ranges::find(messages, id, &tl::message::id);
      if (at == messages.end()) out.messages.push_back(tl::messageEmpty{.id = id});
      if (at != messages.end()) out.messages.push_back(*at);
    }
    return test::to_bytes(tl::messages::Messages(std::move(out)));
  }
};

task<> make_member(client_stage& s) {
  session_state state;
  state.self = stored_self{.id = scripted_api::bot_id, .bot = true};
  state.access_hashes[alice] = 4242;
  state.access_hashes[news] = 77;
  auto batch = import_session(state, client_consumer);
  co_await s.records->open(real_environment(), s.executor);
  co_await s.records->commit(batch.take_records());
  co_await s.records->close();
  s.api.signed_in = true;
}

void with_shelf(shelf& of, std::function<task<>(client&)> work) {
  play([&](client_stage& s) -> task<> {
    co_await make_member(s);
    s.api.first = std::ref(of);
    co_await live(s, work);
  });
}

std::vector<std::int32_t> ids_of(std::vector<message> const& all) {
  std::vector<std::int32_t> out;
  for (auto const& each : all) out.push_back(each.id());
  return out;
}

}  // namespace

TEST_CASE("an album is whole from any of its messages, which need not be adjacent",
          "[methods][messages]") {
  shelf of{.messages = {part(60, alice, 9, "first"), part(61, alice, std::nullopt),
                        part(62, {peer_kind::user, 43}, 9), part(70, alice, 9, "second"),
                        part(71, alice, 8), part(99, alice, 9, "third")}};
  with_shelf(of, [&](client& c) -> task<> {
    for (std::int32_t const id : {60, 70, 99}) {
      auto const album = co_await c.messages().get_album(alice, id);
      CHECK(ids_of(album) == std::vector<std::int32_t>{60, 70, 99});
      CHECK(album.front().text() == "first");
      CHECK(album.back().text() == "third");
      CHECK(of.asked.size() <= 100);
    }
  });
}

TEST_CASE("a message of no album is alone, one that is not there is nothing",
          "[methods][messages]") {
  shelf of{.messages = {part(1, alice, std::nullopt), part(2, alice, std::nullopt),
                        part(3, {peer_kind::user, 43}, 9)}};
  with_shelf(of, [&](client& c) -> task<> {
    auto const alone = co_await c.messages().get_album(alice, 1);
    CHECK(ids_of(alone) == std::vector<std::int32_t>{1});
    CHECK(of.asked.front() == 1);
    for (std::int32_t const id : {3, 4, 2147483647}) {
      auto const none = co_await c.messages().get_album(alice, id);
      CHECK(none.empty());
    }
    CHECK(of.asked.back() == 2147483647);
    auto const failed = co_await failure_of(c.messages().get_album(alice, 0));
    CHECK(code_of(failed) == client_errc::bad_argument);
  });
}

TEST_CASE("an album of a channel is asked of the channel", "[methods][messages]") {
  shelf of{.messages = {part(5, news, 9), part(6, news, 9)}};
  with_shelf(of, [&](client& c) -> task<> {
    auto const album = co_await c.messages().get_album(news, 6);
    CHECK(ids_of(album) == std::vector<std::int32_t>{5, 6});
    CHECK(of.channel == 500);
  });
}
