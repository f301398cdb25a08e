// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/types/file_ids.hpp>

#include <mtp/core/error.hpp>
#include <mtp/tl/types/Document.hpp>
#include <mtp/tl/types/DocumentAttribute.hpp>
#include <mtp/tl/types/InputDocument.hpp>
#include <mtp/tl/types/InputFileLocation.hpp>
#include <mtp/tl/types/InputMedia.hpp>
#include <mtp/tl/types/InputPeer.hpp>
#include <mtp/tl/types/InputPhoto.hpp>
#include <mtp/tl/types/InputStickerSet.hpp>
#include <mtp/tl/types/InputWebFileLocation.hpp>
#include <mtp/tl/types/Photo.hpp>
#include <support/catch.hpp>

using namespace mtp;

namespace {

tl::document document_with(tl::list<tl::DocumentAttribute> attributes) {
  return {.id = 7,
          .access_hash = 8,
          .file_reference = std::string("ref"),
          .dc_id = 4,
          .attributes = std::move(attributes)};
}

file_type kind_with(tl::list<tl::DocumentAttribute> attributes) {
  return file_id_of(document_with(std::move(attributes))).kind;
}

file_id picture(decltype(photo_file::which) which) {
  return {file_type::profile_photo, 2, {'r'}, photo_file{7, 8, which}};
}

tl::InputPeer peer_of(std::int64_t marked) {
  auto const location = to_location(picture(peer_photo{marked, 9, true}));
  return location.get_if<tl::inputPeerPhotoFileLocation>()->peer;
}

}  // namespace

TEST_CASE("file ids: a document says by its attributes what it is") {
  tl::documentAttributeVideo const video{};
  tl::documentAttributeVideo const round{.round_message = true};
  tl::documentAttributeAudio const voice{.voice = true};
  CHECK(kind_with({}) == file_type::document);
  CHECK(kind_with({tl::documentAttributeFilename{"a.txt"}}) == file_type::document);
  CHECK(kind_with({video}) == file_type::video);
  CHECK(kind_with({round}) == file_type::video_note);
  CHECK(kind_with({tl::documentAttributeAudio{}}) == file_type::audio);
  CHECK(kind_with({voice}) == file_type::voice_note);
  CHECK(kind_with({video, tl::documentAttributeAnimated{}}) == file_type::animation);
  CHECK(kind_with({video, tl::documentAttributeSticker{}}) == file_type::sticker);
  CHECK(kind_with({video, tl::documentAttributeCustomEmoji{}}) == file_type::sticker);
}

TEST_CASE("file ids: a document goes to text and back, and can be sent and asked for") {
  auto const id = parse_file_id(to_text(file_id_of(document_with({}))));
  CHECK(id.dc == 4);
  auto const media = to_input_media(id);
  auto const& sent = *media.get_if<tl::inputMediaDocument>();
  CHECK(*sent.id.get_if<tl::inputDocument>() == tl::inputDocument{7, 8, std::string("ref")});
  CHECK(*to_location(id).get_if<tl::inputDocumentFileLocation>() ==
        tl::inputDocumentFileLocation{7, 8, std::string("ref"), ""});
}

TEST_CASE("file ids: a photo goes to text and back, and can be sent and asked for") {
  tl::photo const photo{
      .id = 7, .access_hash = 8, .file_reference = std::string("ref"), .dc_id = 2};
  auto const id = parse_file_id(to_text(file_id_of(photo, 'y')));
  auto const media = to_input_media(id);
  auto const& sent = *media.get_if<tl::inputMediaPhoto>();
  CHECK(*sent.id.get_if<tl::inputPhoto>() == tl::inputPhoto{7, 8, std::string("ref")});
  CHECK(*to_location(id).get_if<tl::inputPhotoFileLocation>() ==
        tl::inputPhotoFileLocation{7, 8, std::string("ref"), "y"});
}

TEST_CASE("file ids: the preview of a document is asked for, not sent") {
  auto const id = parse_file_id(to_text(thumbnail_id_of(document_with({}), 'm')));
  CHECK(*to_location(id).get_if<tl::inputDocumentFileLocation>() ==
        tl::inputDocumentFileLocation{7, 8, std::string("ref"), "m"});
  CHECK_THROWS_AS(to_input_media(id), mtp::error);
}

TEST_CASE("file ids: where pictures of peers and sets of stickers are") {
  CHECK(*peer_of(77).get_if<tl::inputPeerUser>() == tl::inputPeerUser{77, 9});
  CHECK(*peer_of(-77).get_if<tl::inputPeerChat>() == tl::inputPeerChat{77});
  CHECK(*peer_of(-1000000000077).get_if<tl::inputPeerChannel>() == tl::inputPeerChannel{77, 9});
  auto const set = to_location(picture(sticker_set_thumb{5, 6, 3}));
  auto const& thumb = *set.get_if<tl::inputStickerSetThumb>();
  CHECK(thumb.thumb_version == 3);
  CHECK(*thumb.stickerset.get_if<tl::inputStickerSetID>() == tl::inputStickerSetID{5, 6});
  auto const old = to_location(picture(legacy_photo{{1, 2}, 3}));
  CHECK(*old.get_if<tl::inputPhotoLegacyFileLocation>() ==
        tl::inputPhotoLegacyFileLocation{7, 8, std::string("r"), 1, 2, 3});
}

TEST_CASE("file ids: where encrypted and secure files, and those of the web, are") {
  document_file const file{7, 8};
  auto const encrypted = to_location({file_type::encrypted, 1, {}, file});
  CHECK(*encrypted.get_if<tl::inputEncryptedFileLocation>() ==
        tl::inputEncryptedFileLocation{7, 8});
  auto const secure = to_location({file_type::secure, 1, {}, file});
  CHECK(*secure.get_if<tl::inputSecureFileLocation>() == tl::inputSecureFileLocation{7, 8});
  file_id const web{file_type::document, 4, {}, web_file{"https://example.org", 9}};
  CHECK(*to_web_location(web).get_if<tl::inputWebFileLocation>() ==
        tl::inputWebFileLocation{"https://example.org", 9});
  CHECK_THROWS_AS(to_location(web), mtp::error);
}

TEST_CASE("file ids: what cannot be sent or asked for says so") {
  document_file const file{7, 8};
  CHECK_THROWS_AS(to_input_media({file_type::encrypted, 1, {}, file}), mtp::error);
  CHECK_THROWS_AS(to_input_photo({file_type::document, 1, {}, file}), mtp::error);
  CHECK_THROWS_AS(to_input_document(picture(photo_size{})), mtp::error);
  CHECK_THROWS_AS(to_location({file_type::temporary, 1, {}, file}), mtp::error);
  CHECK_THROWS_AS(to_web_location({file_type::document, 1, {}, file}), mtp::error);
  CHECK_THROWS_AS(to_location(picture(peer_photo{7, 8, true, legacy_place{}})), mtp::error);
  CHECK_THROWS_AS(to_location(picture(peer_photo{0, 8, true})), mtp::error);
  CHECK_THROWS_AS(to_location(picture(sticker_set_thumb{7, 8})), mtp::error);
}
