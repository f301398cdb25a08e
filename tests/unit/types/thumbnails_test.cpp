// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/types/thumbnails.hpp>

#include <mtp/core/error.hpp>
#include <mtp/crypto/hash.hpp>
#include <support/catch.hpp>
#include <support/hex.hpp>

using namespace mtp;
using test::from_hex;

namespace {

std::string sha256_of(bytes_view data) { return test::to_hex(crypto::sha256(data)); }

}  // namespace

TEST_CASE("a stripped preview becomes a JPEG of its size") {
  auto const jpeg = expand_stripped_thumbnail(from_hex("011e28000102030405060708090a0b0c0d0e0f"));
  CHECK(jpeg.size() == 641);
  CHECK(jpeg[164] == 0x1e);
  CHECK(jpeg[166] == 0x28);
  // Of a picture that was made up, around the header that TDLib, grammers and Telethon share.
  CHECK(sha256_of(jpeg) == "52d493edd97ef6b2d376916b664de528646299db59383d00a2e656c9311c29c5");
}

TEST_CASE("what is no stripped preview is refused") {
  for (std::string const hex : {"", "01", "011e", "021e2800"})
    CHECK_THROWS_AS(expand_stripped_thumbnail(from_hex(hex)), mtp::error);
}

TEST_CASE("an outline becomes a path of SVG") {
  // After the rules of core.telegram.org/api/files#vector-thumbnails.
  CHECK(expand_outline(from_hex("c0058545ffd5")) == "MA5,5-5,Vz");
  CHECK(expand_outline({}) == "Mz");
  CHECK(expand_outline(from_hex("3f407f80bf")) == "M63-0-63,0,63z");
}

TEST_CASE("an outline becomes a document of SVG") {
  auto const svg = outline_as_svg(from_hex("c005"));
  CHECK(svg.starts_with("<svg "));
  CHECK(svg.find("<path d=\"MA5z\"/>") != std::string::npos);
}
