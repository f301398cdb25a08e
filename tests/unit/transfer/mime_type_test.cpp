// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/transfer/mime_type.hpp>

#include "support/catch.hpp"

using namespace mtp;
using namespace std::string_view_literals;

namespace {

std::string_view type(std::string_view head, std::string_view name) {
  return mime_type_of(as_bytes(head), name);
}

}  // namespace

TEST_CASE("a file is what it begins with, whatever its name says", "[transfer]") {
  CHECK(type("\xff\xd8\xff\xe0"sv, "a.png") == "image/jpeg");
  CHECK(type("\x89PNG\r\n\x1a\n"sv, "a.jpeg") == "image/png");
  CHECK(type("RIFF\1\2\3\4WEBPVP8 "sv, "") == "image/webp");
  CHECK(type("\0\0\0\x18"
             "ftypisom"sv,
             "film") == "video/mp4");
  CHECK(type("%PDF-1.7"sv, "a.txt") == "application/pdf");
}

TEST_CASE("of what many kinds begin with, the name says which it is", "[transfer]") {
  CHECK(type("PK\x03\x04"sv, "letter.docx").ends_with("wordprocessingml.document"));
  CHECK(type("PK\x03\x04"sv, "all.zip") == "application/zip");
  CHECK(type("PK\x03\x04"sv, "all") == "application/zip");
  CHECK(type("\x1a\x45\xdf\xa3"sv, "film.webm") == "video/webm");
  CHECK(type("\x1f\x8b"sv, "sticker.tgs") == "application/x-tgsticker");
}

TEST_CASE("what nobody knows is bytes", "[transfer]") {
  CHECK(type("hello", "Notes.TXT") == "text/plain");
  CHECK(type("", "a.b.json") == "application/json");
  CHECK(type("", "json") == "application/octet-stream");
  CHECK(type("", "") == "application/octet-stream");
  CHECK(type("RIFF", "x.") == "application/octet-stream");
  CHECK(type("\xff\xd8"sv, "") == "application/octet-stream");
}
