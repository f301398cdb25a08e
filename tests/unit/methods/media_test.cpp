// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Media of every kind, alone and as albums, as the other side sees it.
#include "messages_stage.hpp"
#include "methods/messages/album_parts.hpp"

#include <mtp/tl/types/Document.hpp>
#include <mtp/tl/types/DocumentAttribute.hpp>
#include <mtp/tl/types/GeoPoint.hpp>
#include <mtp/tl/types/InputMedia.hpp>
#include <mtp/tl/types/InputPeer.hpp>
#include <mtp/tl/types/MessageMedia.hpp>
#include <mtp/tl/types/Photo.hpp>

#include <chrono>
#include <iostream>

using namespace mtp;
using namespace mtp::test;
using namespace std::chrono_literals;

namespace {

task<uploaded_file> put(client& c, std::string name) {
  bytes content(300, 7);
  auto const source = file_source::of_bytes(std::move(content), std::move(name));
  auto out = co_await c.upload(source);
  co_return out;
}

template <class Attribute>
Attribute const* attribute_of(message const& one) {
  REQUIRE(one.document());
  for (auto const& each : one.document()->attributes)
    if (auto const* found = each.get_if<Attribute>()) return found;
  return nullptr;
}

/// Sent by Alice, seen by Bob.
task<message> shown(client& alice, client& bob, tl::InputMedia media, std::string caption = "") {
  co_await alice.messages().send_media("@bob", media, caption);
  auto out = co_await last_in(bob, "@alice");
  co_return out;
}

}  // namespace

TEST_CASE("files are sent as what they are meant to be", "[methods][media]") {
  message_stage s;
  s.play([](client& alice, client& bob) -> task<> {
    auto const file = co_await put(alice, "thing.mp4");
    auto const video = co_await shown(
        alice, bob,
        media::video(file, {.duration = 2.5s, .width = 64, .height = 48}, {.spoiler = true}),
        "watch");
    CHECK(video.text() == "watch");
    CHECK(video.media().get_if<tl::messageMediaDocument>()->spoiler);
    CHECK(attribute_of<tl::documentAttributeVideo>(video)->w == 64);
    CHECK(attribute_of<tl::documentAttributeVideo>(video)->duration == 2.5);
    CHECK(attribute_of<tl::documentAttributeVideo>(video)->supports_streaming);
    auto const round = co_await shown(alice, bob, media::round_video(file, {.duration = 2s}));
    CHECK(round.media().get_if<tl::messageMediaDocument>()->round);
    auto const moving = co_await shown(alice, bob, media::animation(file));
    CHECK(attribute_of<tl::documentAttributeAnimated>(moving));
    auto const song = co_await shown(
        alice, bob, media::audio(file, {.duration = 9s, .title = "Song", .performer = "Band"}));
    CHECK(attribute_of<tl::documentAttributeAudio>(song)->title == tl::string("Song"));
    CHECK(attribute_of<tl::documentAttributeAudio>(song)->performer == tl::string("Band"));
    std::vector<std::uint8_t> const levels{31, 0, 31};
    auto const voice = co_await shown(alice, bob, media::voice(file, 3s, levels));
    CHECK(voice.media().get_if<tl::messageMediaDocument>()->voice);
    CHECK(attribute_of<tl::documentAttributeAudio>(voice)->waveform ==
          tl::bytes(bytes{0x1f, 0x7c}));
    auto const named = co_await shown(alice, bob, media::file(file, {.name = "other.bin"}));
    CHECK(attribute_of<tl::documentAttributeFilename>(named)->file_name == "other.bin");
    auto const sticker = co_await shown(alice, bob, media::sticker(file, "x"));
    CHECK(attribute_of<tl::documentAttributeSticker>(sticker)->alt == "x");
    auto const photo = co_await shown(alice, bob, media::photo(file));
    CHECK(photo.photo());
  });
}

TEST_CASE("what the servers have is sent again without an upload", "[methods][media]") {
  message_stage s;
  s.play([&](client& alice, client& bob) -> task<> {
    auto const file = co_await put(alice, "thing.bin");
    auto const first = co_await alice.messages().send_media("@talk", media::file(file));
    auto const parts = s.centre.calls("upload.saveFilePart");
    auto const again = co_await shown(alice, bob, media::again(first));
    CHECK(again.document()->id == first.document()->id);
    auto const by_id = co_await shown(alice, bob, media::again(file_id_of(*first.document())));
    CHECK(by_id.document()->id == first.document()->id);
    CHECK(s.centre.calls("upload.saveFilePart") == parts);
    auto const text = co_await alice.send_message("@bob", "nothing");
    CHECK(!media::again(text));
  });
}

TEST_CASE("contacts, places, throws and stories are sent", "[methods][media]") {
  message_stage s;
  s.play([](client& alice, client& bob) -> task<> {
    auto const contact = co_await shown(alice, bob, media::contact("+9996621003", "Carol"));
    CHECK(contact.media().get_if<tl::messageMediaContact>()->user_id == 44);
    auto const place =
        co_await shown(alice, bob, media::location({.latitude = 52.5, .longitude = 13.25}));
    auto const* point = place.media().get_if<tl::messageMediaGeo>()->geo.get_if<tl::geoPoint>();
    REQUIRE(point);
    CHECK(point->lat == 52.5);
    CHECK(point->long_ == 13.25);
    auto const venue =
        co_await shown(alice, bob, media::venue({.latitude = 1}, {.title = "Pub", .address = "1"}));
    CHECK(venue.media().get_if<tl::messageMediaVenue>()->title == "Pub");
    auto const dice = co_await shown(alice, bob, media::dice());
    CHECK(dice.media().get_if<tl::messageMediaDice>()->value >= 1);
    auto whose = co_await alice.input_peer("@bob");
    auto const story = co_await shown(alice, bob, media::story(std::move(whose), 3));
    CHECK(story.media().get_if<tl::messageMediaStory>()->id == 3);
    auto const game = media::game("chess");
    auto const refused = co_await refusal_of(alice.messages().send_media("@bob", game));
    CHECK(refused == "GAME_BOT_INVALID");
    tl::InputMedia const nothing = tl::inputMediaEmpty{};
    auto const empty = co_await refusal_of(alice.messages().send_media("@bob", nothing));
    CHECK(empty == "MEDIA_EMPTY");
  });
}

TEST_CASE("a live place moves, and stops", "[methods][media]") {
  message_stage s;
  s.play([](client& alice, client& bob) -> task<> {
    auto const sent = co_await alice.messages().send_media(
        "@bob", media::live_location({.latitude = 1}, {.period = 600s, .heading = 90}));
    auto const moved =
        co_await alice.messages().edit_media("@bob", sent.id(), media::moved_to({.latitude = 2}));
    auto const* live = moved.media().get_if<tl::messageMediaGeoLive>();
    REQUIRE(live);
    CHECK(live->geo.get_if<tl::geoPoint>()->lat == 2);
    CHECK(live->period == 600);
    co_await alice.messages().edit_media("@bob", sent.id(), media::live_location_ended());
    auto const seen = co_await last_in(bob, "@alice");
    CHECK(seen.media().get_if<tl::messageMediaGeoLive>()->period == 0);
    auto const text = co_await alice.send_message("@bob", "x");
    auto const wrong = co_await refusal_of(
        alice.messages().edit_media("@bob", text.id(), media::moved_to({.latitude = 2})));
    CHECK(wrong == "MEDIA_PREV_INVALID");
    auto const brief = media::live_location({}, {.period = 1s});
    auto const refused = co_await refusal_of(alice.messages().send_media("@bob", brief));
    CHECK(refused == "PERIOD_INVALID");
  });
}

// [album]
mtp::task<> send_holiday(mtp::client& client, mtp::uploaded_file const& beach,
                         mtp::uploaded_file const& waves) {
  std::vector<mtp::album_part> const parts{
      {.media = mtp::media::photo(beach), .caption = "The beach"},
      {.media = mtp::media::video(waves), .caption = "and its waves"},
  };
  auto const sent = co_await client.messages().send_album("@alice", parts, {.silent = true});
  std::cout << sent.size() << " messages\n";
}
// [/album]

TEST_CASE("an album keeps the order and each caption", "[methods][media]") {
  message_stage s;
  s.play([](client& alice, client& bob) -> task<> {
    auto const file = co_await put(bob, "thing.mp4");
    co_await send_holiday(bob, file, file);
    auto const seen = co_await alice.get_history("@bob", 10);
    REQUIRE(seen.size() == 2);
    CHECK(seen[1].text() == "The beach");
    CHECK(seen[0].text() == "and its waves");
    CHECK(seen[0].album_id().has_value());
    CHECK(seen[0].album_id() == seen[1].album_id());
    CHECK(seen[0].is_silent());
  });
}

TEST_CASE("a long and mixed album goes as several, in order", "[methods][media]") {
  message_stage s;
  s.play([&](client& alice, client& bob) -> task<> {
    auto const file = co_await put(alice, "thing.mp4");
    std::vector<album_part> parts;
    for (int i = 0; i < 12; ++i)
      parts.push_back({.media = media::photo(file), .caption = std::to_string(i)});
    parts.push_back({.media = media::voice(file, 1s), .caption = "12"});
    parts.push_back({.media = media::file(file), .caption = "13"});
    parts.push_back({.media = media::file(file), .caption = "14"});
    auto const sent = co_await alice.messages().send_album("@news", parts);
    REQUIRE(sent.size() == 15);
    for (std::size_t i = 0; i < sent.size(); ++i) CHECK(sent[i].text() == std::to_string(i));
    CHECK(sent[0].album_id() == sent[9].album_id());
    CHECK(sent[10].album_id() == sent[11].album_id());
    CHECK(sent[9].album_id() != sent[10].album_id());
    CHECK(!sent[12].album_id());
    CHECK(sent[13].album_id() == sent[14].album_id());
    CHECK(s.centre.calls("messages.sendMultiMedia") == 3);
    auto const seen = co_await bob.get_history("@news", 20);
    CHECK(seen.size() == 15);
    std::vector<album_part> const none;
    auto const nothing = co_await refusal_of(alice.messages().send_album("@news", none));
    CHECK(nothing == bad_argument());
  });
}

TEST_CASE("parts of an album are cut where their kind changes", "[methods][media]") {
  using detail::album_kind;
  using detail::cut_into_albums;
  using cuts = std::vector<std::pair<std::size_t, std::size_t>>;
  CHECK(cut_into_albums({}, 10).empty());
  CHECK(cut_into_albums({album_kind::alone, album_kind::alone}, 10) == cuts{{0, 1}, {1, 1}});
  CHECK(cut_into_albums({album_kind::visual, album_kind::visual, album_kind::file}, 10) ==
        cuts{{0, 2}, {2, 1}});
  CHECK(cut_into_albums(std::vector(5, album_kind::music), 2) == cuts{{0, 2}, {2, 2}, {4, 1}});
}
