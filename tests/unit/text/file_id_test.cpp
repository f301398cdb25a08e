// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Known answers: packages/file-id/src/parse.test.ts of mtcute, which took them from bots.
#include <mtp/text/file_id.hpp>

#include <mtp/core/error.hpp>
#include <support/catch.hpp>
#include <support/hex.hpp>
#include <support/seeded_random.hpp>

#include <vector>

using namespace mtp;
using test::from_hex;

namespace {

bool is_refused(std::string const& text) {
  try {
    (void)parse_file_id(text);
  } catch (error const& e) {
    return e.code() == client_errc::bad_argument;
  }
  return false;
}

file_id photo_with(decltype(photo_file::which) which) {
  return {file_type::photo, 2, {1, 2, 3}, photo_file{-7, 9, which}};
}

/// One of each shape that an id may have.
std::vector<file_id> one_of_each() {
  legacy_place const place{-5, 77};
  return {
      {file_type::document, 1, {}, document_file{1, -1}},
      {file_type::voice_note, 5, bytes(300, 7), document_file{INT64_MIN, INT64_MAX}},
      {file_type::live_photo, 4, {0}, document_file{0, 0}},
      photo_with(photo_size{file_type::photo, 'y'}),
      photo_with(photo_size{file_type::thumbnail, 'm'}),
      photo_with(peer_photo{-1000000000042, 5, false}),
      photo_with(peer_photo{77, 5, true}),
      photo_with(peer_photo{77, 5, true, place}),
      photo_with(peer_photo{77, 5, false, place}),
      photo_with(sticker_set_thumb{8, 9}),
      photo_with(sticker_set_thumb{8, 9, 3}),
      photo_with(sticker_set_thumb{8, 9, {}, place}),
      photo_with(legacy_photo{place, 11}),
      {file_type::document, 4, {}, web_file{"https://example.org/a", 12}},
  };
}

}  // namespace

TEST_CASE("file id: a sticker's") {
  auto const id =
      parse_file_id("CAACAgIAAxkBAAEJny9gituz1_V_uSKBUuG_nhtzEtFOeQACXFoAAuCjggfYjw_KAAGSnkgfBA");
  CHECK(id.kind == file_type::sticker);
  CHECK(id.dc == 2);
  CHECK(id.reference == from_hex("0100099f2f608adbb3d7f57fb9228152e1bf9e1b7312d14e79"));
  CHECK(std::get<document_file>(id.file) == document_file{541175087705905756, 5232780349138767832});
}

TEST_CASE("file id: a document's") {
  auto const id =
      parse_file_id("BQACAgIAAxkBAAEJnzNgit00IDsKd07OdSeanwz8osecYAACdAwAAueoWEicaPvNdOYEwB8E");
  CHECK(id.kind == file_type::document);
  CHECK(id.reference == from_hex("0100099f33608add34203b0a774ece75279a9f0cfca2c79c60"));
  CHECK(std::get<document_file>(id.file) ==
        document_file{5213102278772264052, -4610306729174144868});
}

TEST_CASE("file id: a preview's, in an old version") {
  auto const id = parse_file_id(
      "AAMCAgADGQEAAQmfL2CK27PX9X-5IoFS4b-"
      "eG3MS0U55AAJcWgAC4KOCB9iPD8oAAZKeSK1c8w4ABAEAB20AA1kCAAIfB"
      "A");
  CHECK(id.kind == file_type::thumbnail);
  CHECK(id.dc == 2);
  auto const& photo = std::get<photo_file>(id.file);
  CHECK(photo.id == 541175087705905756);
  CHECK(photo.access_hash == 5232780349138767832);
  CHECK(std::get<photo_size>(photo.which) == photo_size{file_type::thumbnail, 'm'});
}

TEST_CASE("file id: the pictures of a group, in an old version") {
  auto const big = parse_file_id("AQADAgATqfDdly4AAwMAA4siCOX_____AAhKowIAAR4E");
  auto const small = parse_file_id("AQADAgATqfDdly4AAwIAA4siCOX_____AAhIowIAAR4E");
  CHECK(std::get<peer_photo>(std::get<photo_file>(small.file).which) ==
        peer_photo{-452451701, 0, false, legacy_place{200116400297, 172872}});
  CHECK(big.kind == file_type::profile_photo);
  CHECK(big.reference.empty());
  auto const& photo = std::get<photo_file>(big.file);
  CHECK(photo.id == 0);
  CHECK(std::get<peer_photo>(photo.which) ==
        peer_photo{-452451701, 0, true, legacy_place{200116400297, 172874}});
}

TEST_CASE("file id: what is written is read again") {
  for (auto const& one : one_of_each()) {
    auto const text = to_text(one);
    INFO(text);
    CHECK(parse_file_id(text) == one);
  }
}

TEST_CASE("file id: the oldest version has no sources, and none at its end") {
  // Made from the layout: kind photo, data centre 2, id 1, access hash 2, volume 3, secret 4, local
  // 5, each run of zeros as a zero and its length, then version 2.
  auto const id = parse_file_id("AgADAgADAQAHAgAHAwAHBAAHBQADAg");
  CHECK(id == file_id{file_type::photo, 2, {}, photo_file{1, 2, legacy_photo{{3, 5}, 4}}});
}

TEST_CASE("file id: texts that are none") {
  auto const good = to_text(one_of_each().front());
  CHECK(is_refused(""));
  CHECK(is_refused("A"));
  CHECK(is_refused("BA"));
  CHECK(is_refused("AgQ"));
  CHECK(is_refused(good + "!"));
  CHECK(is_refused(std::string(5000, 'A')));
  CHECK(is_refused("hello world"));
}

TEST_CASE("file id: cut anywhere it is none") {
  for (auto const& one : one_of_each()) {
    auto const text = to_text(one);
    for (std::size_t size = 0; size < text.size(); ++size) {
      INFO(text << " cut after " << size);
      CHECK(is_refused(text.substr(0, size)));
    }
  }
}

TEST_CASE("file id: any bytes are read or refused") {
  test::seeded_random random(5);
  std::string const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  int read = 0;
  for (int i = 0; i < 20'000; ++i) {
    auto text = to_text(one_of_each()[static_cast<std::size_t>(i) % one_of_each().size()]);
    std::uint8_t at[2];
    random.fill(at);
    text[at[0] % text.size()] = digits[at[1] % 64];
    if (is_refused(text)) continue;
    auto const id = parse_file_id(text);
    CHECK(parse_file_id(to_text(id)) == id);
    ++read;
  }
  CHECK(read > 1000);
}

TEST_CASE("file id: a file of another kind is not written") {
  file_id const picture{file_type::photo, 2, {}, document_file{1, 2}};
  file_id const document{file_type::video, 2, {}, photo_file{1, 2, photo_size{}}};
  file_id const endless{file_type::document, 2, {}, web_file{std::string(5000, 'x'), 2}};
  for (auto const& wrong : {picture, document, endless})
    CHECK_THROWS_AS(to_text(wrong), mtp::error);
}
