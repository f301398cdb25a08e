// SPDX-License-Identifier: MIT OR Apache-2.0
#include "api_stage.hpp"

#include <support/catch.hpp>

using namespace mtp;
using namespace mtp::testing;
using test::api_client;
using test::api_stage;

namespace {

bytes pattern(std::size_t size) {
  bytes out(size);
  for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<std::uint8_t>(i * 7 + i / 251);
  return out;
}

void upload(api_client& client, bytes_view whole, std::size_t part_size) {
  std::int32_t part = 0;
  for (std::size_t at = 0; at < whole.size(); at += part_size) {
    tl::upload::saveFilePart q;
    q.file_id = 5;
    q.file_part = part++;
    q.bytes = tl::bytes(whole.subspan(at, std::min(part_size, whole.size() - at)));
    REQUIRE(client.yes(q));
  }
}

tl::messages::sendMedia document(api_client& client, tl::InputPeer to, std::int32_t parts) {
  tl::inputFile file;
  file.id = 5;
  file.parts = parts;
  file.name = "data.bin";
  tl::inputMediaUploadedDocument media;
  media.file = std::move(file);
  tl::messages::sendMedia q;
  q.peer = std::move(to);
  q.media = std::move(media);
  q.random_id = 9;
  (void)client;
  return q;
}

}  // namespace

TEST_CASE("a file goes up, is sent, and comes down unchanged", "[testing][api][files]") {
  api_stage s;
  api_client alice(s);
  alice.sign_in("9996621001");
  auto const whole = pattern(300'000);
  upload(alice, whole, 32 * 1024);
  auto const sent = alice.call(document(alice, alice.peer_of("echo_bot"), 10));
  REQUIRE(sent);

  api_client bot(s);
  bot.sign_in_bot();
  tl::updates::getDifference missed;
  missed.pts = 1;
  auto const news = bot.call(missed);
  auto const& message =
      *news->get_if<tl::updates::difference>()->new_messages[0].get_if<tl::message>();
  auto const& file =
      *message.media.get_if<tl::messageMediaDocument>()->document.get_if<tl::document>();
  CHECK(file.size == 300'000);
  REQUIRE(file.attributes.size() == 1);
  CHECK(file.attributes[0].get_if<tl::documentAttributeFilename>()->file_name == "data.bin");

  tl::upload::getFile q;
  q.location = tl::inputDocumentFileLocation{
      .id = file.id, .access_hash = file.access_hash, .file_reference = file.file_reference};
  q.limit = 128 * 1024;
  bytes down;
  while (true) {
    auto const part = bot.call(q);
    REQUIRE(part);
    append(down, part->get_if<tl::upload::file>()->bytes.view());
    if (part->get_if<tl::upload::file>()->bytes.size() < 128 * 1024) break;
    q.offset += q.limit;
  }
  CHECK(down == whole);
  q.offset = 1;
  CHECK(bot.refusal(q) == "400 OFFSET_INVALID");
  s.population.files().expire_references();
  q.offset = 0;
  CHECK(bot.refusal(q) == "400 FILE_REFERENCE_EXPIRED");
}

TEST_CASE("an incomplete upload cannot be sent", "[testing][api][files]") {
  api_stage s;
  api_client alice(s);
  alice.sign_in("9996621001");
  upload(alice, pattern(3000), 1024);
  CHECK(alice.refusal(document(alice, alice.peer_of("echo_bot"), 4)) == "400 FILE_PART_3_MISSING");
  CHECK(alice.refusal(document(alice, alice.peer_of("echo_bot"), 3)).empty());
}

TEST_CASE("a photo has a size to be downloaded by", "[testing][api][files]") {
  api_stage s;
  api_client alice(s);
  alice.sign_in("9996621001");
  upload(alice, pattern(5000), 8192);
  tl::inputFile file;
  file.id = 5;
  file.parts = 1;
  tl::inputMediaUploadedPhoto media;
  media.file = std::move(file);
  tl::messages::uploadMedia q;
  q.peer = tl::inputPeerSelf{};
  q.media = std::move(media);
  auto const kept = alice.call(q);
  REQUIRE(kept);
  auto const& photo = *kept->get_if<tl::messageMediaPhoto>()->photo.get_if<tl::photo>();
  REQUIRE(photo.sizes.size() == 1);
  CHECK(photo.sizes[0].get_if<tl::photoSize>()->size == 5000);
}

TEST_CASE("what is to be hidden stays hidden when it is sent", "[testing][api][files]") {
  api_stage s;
  api_client alice(s);
  alice.sign_in("9996621001");
  upload(alice, pattern(100), 128);
  auto const to = alice.peer_of("echo_bot");
  auto const send = [&](tl::InputMedia media) {
    tl::messages::sendMedia q;
    q.peer = to;
    q.media = std::move(media);
    auto const sent = alice.call(q);
    REQUIRE(sent);
    auto const& update = sent->get_if<tl::updates_>()->updates[0];
    return update.get_if<tl::updateNewMessage>()->message.get_if<tl::message>()->media;
  };
  for (bool const hidden : {true, false}) {
    tl::inputFile file;
    file.id = 5;
    file.parts = 1;
    tl::inputMediaUploadedDocument fresh;
    fresh.file = file;
    fresh.spoiler = hidden;
    auto const sent = send(fresh);
    CHECK(sent.get_if<tl::messageMediaDocument>()->spoiler == hidden);
    auto const* document = sent.get_if<tl::messageMediaDocument>()->document.get_if<tl::document>();
    tl::inputDocument name;
    name.id = document->id;
    name.access_hash = document->access_hash;
    name.file_reference = document->file_reference;
    tl::inputMediaDocument known;
    known.id = name;
    known.spoiler = !hidden;
    CHECK(send(known).get_if<tl::messageMediaDocument>()->spoiler == !hidden);

    tl::inputMediaUploadedPhoto picture;
    picture.file = file;
    picture.spoiler = hidden;
    auto const shown = send(picture);
    CHECK(shown.get_if<tl::messageMediaPhoto>()->spoiler == hidden);
    auto const* photo = shown.get_if<tl::messageMediaPhoto>()->photo.get_if<tl::photo>();
    tl::inputPhoto photo_name;
    photo_name.id = photo->id;
    photo_name.access_hash = photo->access_hash;
    photo_name.file_reference = photo->file_reference;
    tl::inputMediaPhoto known_photo;
    known_photo.id = photo_name;
    known_photo.spoiler = !hidden;
    CHECK(send(known_photo).get_if<tl::messageMediaPhoto>()->spoiler == !hidden);
  }
}
