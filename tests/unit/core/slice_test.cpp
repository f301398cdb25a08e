// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/core/slice.hpp>

#include <support/catch.hpp>

#include <algorithm>
#include <numeric>

using namespace mtp;

namespace {

slice counted(std::size_t size) {
  slice out = slice::uninitialised(size);
  auto const room = out.edit();
  std::iota(room.begin(), room.end(), std::uint8_t{0});
  return out;
}

}  // namespace

TEST_CASE("a slice takes bytes over without moving them", "[core][slice]") {
  bytes data{1, 2, 3, 4};
  auto const* const where = data.data();
  slice const taken(std::move(data));
  CHECK(taken.data() == where);
  CHECK(taken == bytes{1, 2, 3, 4});
  CHECK(taken.buffer_size() >= 4);
}

TEST_CASE("parts of a slice lie where they lay, and keep the buffer", "[core][slice]") {
  slice whole = counted(100);
  auto const* const where = whole.data();
  slice middle = whole.part(10, 5);
  slice const inner = middle.part(bytes_view(middle).subspan(1, 2));
  whole = {};
  middle = slice();
  CHECK(inner.data() == where + 11);
  CHECK(inner == bytes{11, 12});
  CHECK(inner.buffer_size() == 100);
}

TEST_CASE("the only slice of a buffer may be written, also after others went", "[core][slice]") {
  slice whole = counted(4);
  { slice const other = whole; }
  whole.edit()[1] = 9;
  CHECK(whole == bytes{0, 9, 2, 3});
  slice part = std::move(whole).part(1, 2);
  part.edit()[0] = 7;
  CHECK(part == bytes{7, 2});
}

TEST_CASE("empty slices are equal and own nothing", "[core][slice]") {
  CHECK(slice() == slice(bytes()));
  CHECK(slice().buffer_size() == 0);
  slice moved = counted(3);
  slice const to = std::move(moved);
  CHECK(moved.empty());
  CHECK(to.size() == 3);
  CHECK(bytes_view(to).size() == 3);
}

TEST_CASE("slices of equal bytes are equal, whoever owns them", "[core][slice]") {
  CHECK(counted(8) == counted(8));
  CHECK_FALSE(counted(8) == counted(9));
  CHECK(counted(8).part(0, 3) == counted(3));
}
