// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Known answers: packages/file-id/src/parse-unique.test.ts of mtcute, which took them from bots.
#include <mtp/text/unique_file_id.hpp>

#include <mtp/core/error.hpp>
#include <support/catch.hpp>

using namespace mtp;

namespace {

void require_both_ways(std::string const& text, unique_file_id const& id) {
  CHECK(parse_unique_file_id(text) == id);
  CHECK(to_text(id) == text);
}

file_id photo_with(decltype(photo_file::which) which) {
  return {file_type::photo, 2, {}, photo_file{42, 9, which}};
}

}  // namespace

TEST_CASE("unique file id: known ones, both ways") {
  require_both_ways("AgADegAD997LEQ", {unique_file_type::document, 1282363671355326586});
  require_both_ways("AgADXFoAAuCjggc", {unique_file_type::document, 541175087705905756});
  require_both_ways("AQADdAwAAueoWEhy",
                    {unique_file_type::photo, unique_photo{5213102278772264052, 'm' + 5}});
  require_both_ways("AQADySHBDgAE_ykFAAE",
                    {unique_file_type::photo, legacy_place{247538121, 338431}});
}

TEST_CASE("unique file id: of the file id of the same file") {
  auto const sticker =
      parse_file_id("CAACAgIAAxkBAAEJny9gituz1_V_uSKBUuG_nhtzEtFOeQACXFoAAuCjggfYjw_KAAGSnkgfBA");
  CHECK(to_text(unique_id_of(sticker)) == "AgADXFoAAuCjggc");
}

TEST_CASE("unique file id: of every kind of picture") {
  legacy_place const place{-5, 77};
  auto const unique = [](auto which) { return unique_id_of(photo_with(which)).file; };
  CHECK(unique(photo_size{file_type::photo, 'a'}) == unique(peer_photo{1, 2, false}));
  CHECK(unique(photo_size{file_type::photo, 'c'}) == unique(peer_photo{1, 2, true}));
  CHECK(std::get<unique_photo>(unique(photo_size{file_type::photo, 'y'})) ==
        unique_photo{42, 'y' + 5});
  CHECK(std::get<unique_sticker_set_thumb>(unique(sticker_set_thumb{7, 8, 3})) ==
        unique_sticker_set_thumb{7, 3});
  CHECK(std::get<legacy_place>(unique(legacy_photo{place, 1})) == place);
  CHECK(std::get<legacy_place>(unique(peer_photo{1, 2, true, place})) == place);
  CHECK(std::get<legacy_place>(unique(sticker_set_thumb{7, 8, {}, place})) == place);
  CHECK_THROWS_AS(unique_id_of(photo_with(sticker_set_thumb{7, 8})), mtp::error);
}

TEST_CASE("unique file id: of files that are no pictures") {
  auto const kind = [](file_type of) {
    return unique_id_of({of, 1, {}, document_file{3, 4}}).kind;
  };
  CHECK(kind(file_type::animation) == unique_file_type::document);
  CHECK(kind(file_type::secure_decrypted) == unique_file_type::secure);
  CHECK(kind(file_type::encrypted) == unique_file_type::encrypted);
  CHECK(kind(file_type::temporary) == unique_file_type::temporary);
  file_id const web{file_type::document, 1, {}, web_file{"https://example.org", 4}};
  auto const id = unique_id_of(web);
  CHECK(id.kind == unique_file_type::web);
  CHECK(parse_unique_file_id(to_text(id)) == id);
}

TEST_CASE("unique file id: the picture of a set of stickers") {
  unique_file_id const id{unique_file_type::photo, unique_sticker_set_thumb{7, 3}};
  CHECK(parse_unique_file_id(to_text(id)) == id);
}

TEST_CASE("unique file id: texts that are none") {
  for (std::string const text : {"", "A", "AgADegAD997LE", "AgADegAD997LEQA", "BgADegAD997LEQ",
                                 "AQADdAwAAueoWA", "AgAD", "not an id!"}) {
    INFO(text);
    CHECK_THROWS_AS(parse_unique_file_id(text), mtp::error);
  }
}

TEST_CASE("unique file id: what does not fit its kind is not written") {
  unique_file_id const photo{unique_file_type::photo, std::int64_t{1}};
  unique_file_id const web{unique_file_type::web, std::int64_t{1}};
  unique_file_id const document{unique_file_type::document, unique_photo{1, 2}};
  for (auto const& wrong : {photo, web, document}) CHECK_THROWS_AS(to_text(wrong), mtp::error);
}
