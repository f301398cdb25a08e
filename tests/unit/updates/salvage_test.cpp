// SPDX-License-Identifier: MIT OR Apache-2.0
//
// A constructor that this schema does not know costs the value that it stands in, no other.
#include "updates/salvage.hpp"

#include "engine_stage.hpp"

#include <mtp/tl/decode.hpp>

using namespace mtp;
using mtp::test::engine_stage;
using mtp::updates::salvage;

namespace {

constexpr std::uint32_t strange_id = 0xdeadbe01;

/// The value `update` with its constructor replaced, inside the encoded `whole`.
template <class T>
slice with_stranger(T const& whole, std::uint32_t id, int which = 0) {
  auto out = *tl::encode(whole);
  for (std::size_t at = 0; at + 4 <= out.size(); at += 4) {
    if (load_le<std::uint32_t>(&out[at]) != id || which-- != 0) continue;
    store_le(&out[at], strange_id);
    break;
  }
  return slice(std::move(out));
}

tl::Update message(std::string const& text, std::int32_t pts) {
  tl::message content;
  content.id = pts;
  content.peer_id = tl::peerUser{.user_id = 42};
  content.message = tl::string(text);
  tl::updateNewMessage out;
  out.message = std::move(content);
  out.pts = pts;
  out.pts_count = 1;
  return out;
}

tl::Updates batch_of(std::initializer_list<tl::Update> all) {
  tl::updates_ out;
  for (auto const& one : all) out.updates.push_back(one);
  out.users.push_back(tl::userEmpty{.id = 42});
  out.date = 7;
  return tl::Updates(std::move(out));
}

}  // namespace

TEST_CASE("an unknown update of a batch is cut out, wherever it stands", "[updates]") {
  tl::Update const strange = tl::updateReadFeaturedStickers{};
  auto const id = tl::updateReadFeaturedStickers::tl_id;
  int const place = GENERATE(0, 1, 2);
  auto all = place == 0   ? batch_of({strange, message("a", 1), message("b", 2)})
             : place == 1 ? batch_of({message("a", 1), strange, message("b", 2)})
                          : batch_of({message("a", 1), message("b", 2), strange});
  auto const body = with_stranger(all, id);
  CHECK(!tl::decode<tl::Updates>(body));
  auto const found = salvage(body);
  REQUIRE(found);
  REQUIRE(found->unreadable.size() == 1);
  CHECK(found->unreadable[0].size() == 4);
  auto const rest = tl::decode<tl::Updates>(found->body);
  auto const* kept = (*rest)->get_if<tl::updates_>();
  CHECK(kept->updates.size() == 2);
  CHECK(kept->users.size() == 1);
  CHECK(kept->date == 7);
}

TEST_CASE("an unknown constructor deep in an update costs that update whole", "[updates]") {
  auto const all = batch_of({message("a", 1), message("b", 2), message("c", 3)});
  auto const body = with_stranger(all, tl::peerUser::tl_id, 1);
  auto const found = salvage(body);
  REQUIRE(found);
  REQUIRE(found->unreadable.size() == 1);
  CHECK(found->unreadable[0].size() == tl::encode(message("b", 2))->size());
  auto const rest = tl::decode<tl::Updates>(found->body);
  CHECK((*rest)->get_if<tl::updates_>()->updates.size() == 2);
}

TEST_CASE("several unknown values are cut out, users too", "[updates]") {
  auto all = batch_of({message("a", 1), tl::updateReadFeaturedStickers{}, message("b", 2),
                       tl::updateReadFeaturedStickers{}});
  auto body = *tl::encode(all);
  for (std::size_t at = 0; at + 4 <= body.size(); at += 4) {
    auto const id = load_le<std::uint32_t>(&body[at]);
    if (id == tl::updateReadFeaturedStickers::tl_id || id == tl::userEmpty::tl_id)
      store_le(&body[at], strange_id);
  }
  auto const found = salvage(slice(std::move(body)));
  REQUIRE(found);
  CHECK(found->unreadable.size() == 3);
  auto const rest = tl::decode<tl::Updates>(found->body);
  CHECK((*rest)->get_if<tl::updates_>()->updates.size() == 2);
  CHECK((*rest)->get_if<tl::updates_>()->users.empty());
}

TEST_CASE("unknown values of differences are cut out", "[updates]") {
  tl::message first, second;
  first.id = 1;
  second.id = 2;
  first.peer_id = tl::peerUser{.user_id = 42};
  second.peer_id = tl::peerChannel{.channel_id = 7};
  SECTION("of the account") {
    tl::updates::difference all;
    all.new_messages = {tl::Message(first), tl::Message(second)};
    all.state = tl::updates::state{.pts = 9};
    auto const found =
        salvage(with_stranger(tl::updates::Difference(std::move(all)), tl::peerChannel::tl_id));
    REQUIRE(found);
    auto const rest = tl::decode<tl::updates::Difference>(found->body);
    auto const* kept = (*rest)->get_if<tl::updates::difference>();
    CHECK(kept->new_messages.size() == 1);
    CHECK(kept->state.pts == 9);
  }
  SECTION("of a channel") {
    tl::updates::channelDifference all;
    all.pts = 9;
    if (GENERATE(false, true)) all.timeout = 30;
    all.new_messages = {tl::Message(first), tl::Message(second)};
    auto const found = salvage(
        with_stranger(tl::updates::ChannelDifference(std::move(all)), tl::peerChannel::tl_id));
    REQUIRE(found);
    auto const rest = tl::decode<tl::updates::ChannelDifference>(found->body);
    CHECK((*rest)->get_if<tl::updates::channelDifference>()->new_messages.size() == 1);
  }
}

TEST_CASE("what cannot be mended is left, however it is broken", "[updates]") {
  auto const whole = *tl::encode(batch_of({message("a", 1), message("b", 2)}));
  for (std::size_t size = 0; size < whole.size(); ++size)
    CHECK(!salvage(slice(bytes(whole.begin(), whole.begin() + static_cast<int>(size)))));
  for (std::size_t at = 0; at < whole.size(); ++at) {
    auto broken = whole;
    broken[at] ^= 0xff;
    auto const found = salvage(slice(std::move(broken)));
    if (found) CHECK(tl::decode<tl::Updates>(found->body).has_value());
  }
}

TEST_CASE("the updates beside an unknown one are delivered, and it is too, as bytes", "[updates]") {
  engine_stage s;
  s.start();
  (void)s.server.write("a");
  (void)s.server.write("b");
  auto const all = batch_of({message("a", 1), tl::updateReadFeaturedStickers{}, message("b", 2)});
  s.push(with_stranger(all, tl::updateReadFeaturedStickers::tl_id));
  s.run();
  CHECK(s.take_delivered() == "unknown a b");
  CHECK(s.stored.account->pts == 2);
  CHECK(s.losses.empty());
}
