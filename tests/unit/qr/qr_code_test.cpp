// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/qr/qr_code.hpp>

#include <support/catch.hpp>

#include <stdexcept>
#include <string>
#include <vector>

using namespace mtp;

namespace {

/// The modules that a drawing shows, true where they are dark.
std::vector<std::vector<bool>> modules_of(std::string const& drawing) {
  std::vector<std::vector<bool>> out(2);
  for (std::size_t at = 0; at < drawing.size();) {
    bool const block = drawing[at] != ' ' && drawing[at] != '\n';
    auto const one = drawing.substr(at, block ? 3 : 1);
    at += one.size();
    if (one == "\n") {
      out.resize(out.size() + 2);
      continue;
    }
    REQUIRE((one == " " || one == "\u2588" || one == "\u2580" || one == "\u2584"));
    out[out.size() - 2].push_back(one == " " || one == "\u2584");
    out[out.size() - 1].push_back(one == " " || one == "\u2580");
  }
  out.resize(out.size() - 2);
  return out;
}

/// One of the three marks by which a reader finds a code.
bool is_mark(std::vector<std::vector<bool>> const& modules, std::size_t row, std::size_t column) {
  bool same = true;
  for (std::size_t y = 0; y < 7; ++y) {
    for (std::size_t x = 0; x < 7; ++x) {
      bool const edge = y == 0 || y == 6 || x == 0 || x == 6;
      bool const heart = y >= 2 && y <= 4 && x >= 2 && x <= 4;
      same = same && modules[row + y][column + x] == (edge || heart);
    }
  }
  return same;
}

}  // namespace

TEST_CASE("a QR code is drawn with its marks and its quiet zone", "[qr]") {
  auto const modules =
      modules_of(qr_code("tg://login?token=AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0e"));
  auto const width = modules.front().size();
  REQUIRE(width > 25);
  CHECK((width - 4 - 17) % 4 == 0);
  auto const last = width - 2 - 7;
  CHECK(is_mark(modules, 2, 2));
  CHECK(is_mark(modules, 2, last));
  CHECK(is_mark(modules, last, 2));
  CHECK_FALSE(is_mark(modules, last, last));
  for (std::size_t column = 0; column < width; ++column) {
    CHECK_FALSE(modules[0][column]);
    CHECK_FALSE(modules[1][column]);
    CHECK_FALSE(modules[width - 1][column]);
  }
}

TEST_CASE("another text is another QR code, and what fits in none is refused", "[qr]") {
  CHECK(qr_code("one") != qr_code("two"));
  CHECK(qr_code("one") == qr_code("one"));
  CHECK_THROWS_AS(qr_code(""), std::length_error);
  CHECK_THROWS_AS(qr_code(std::string(3000, 'x')), std::length_error);
}
