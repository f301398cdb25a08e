// SPDX-License-Identifier: MIT OR Apache-2.0
#include <testing/api/image_size.hpp>

#include <support/catch.hpp>
#include <support/hex.hpp>

using namespace mtp;
using namespace mtp::testing;

TEST_CASE("the size of a picture is read from its header", "[testing][files]") {
  auto const png =
      test::from_hex("89504e470d0a1a0a 0000000d 49484452 00000280 000001e0 0806000000");
  CHECK(image_size_of(png) == image_size{640, 480});
  auto const jpeg = test::from_hex("ffd8 ffe0 0004 0000 ffc0 0011 08 01e0 0280 03");
  CHECK(image_size_of(jpeg) == image_size{640, 480});
}

TEST_CASE("a damaged or foreign picture has no size", "[testing][files]") {
  CHECK_FALSE(image_size_of({}));
  CHECK_FALSE(image_size_of(as_bytes("GIF89a")));
  auto const jpeg = test::from_hex("ffd8 ffe0 0004 0000 ffc0 0011 08 01e0 0280 03");
  for (std::size_t size = 0; size + 2 < jpeg.size(); ++size)
    CHECK_FALSE(image_size_of(bytes_view(jpeg).first(size)));
  CHECK_FALSE(image_size_of(test::from_hex("ffd8 ffe0 0000 ffe0 0000 ffe0 0000 ffe0")));
}
