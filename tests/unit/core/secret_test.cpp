// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/core/secret.hpp>

#include <support/catch.hpp>
#include <support/room.hpp>

#include <memory_resource>
#include <string>
#include <type_traits>
#include <vector>

using namespace mtp;
using mtp::test::room;

namespace {

/// Short enough to stand inside the string object.
std::string const short_text = "hunter2hunter2";

}  // namespace

TEST_CASE("a secret leaves nothing behind when it goes away", "[core][secret]") {
  room<secret<std::string>> place;
  auto& one = place.make(short_text);
  REQUIRE(place.holds(as_bytes(short_text)));
  CHECK(one.reveal() == short_text);
  place.destroy();
  CHECK_FALSE(place.holds(as_bytes("unter")));
}

TEST_CASE("a secret is made of text as it stands in a program", "[core][secret]") {
  secret<std::string> one = "12345";
  CHECK(one.reveal() == "12345");
  one = "777";
  CHECK(one.reveal() == "777");
  static_assert(!std::is_convertible_v<char const*, secret<std::vector<int>>>);
}

TEST_CASE("a secret leaves nothing behind when it is moved", "[core][secret]") {
  room<secret<std::string>> place;
  auto& one = place.make(short_text);
  secret<std::string> const other = std::move(one);
  CHECK(other.reveal() == short_text);
  CHECK_FALSE(place.holds(as_bytes("unter")));
  one = other;
  REQUIRE(place.holds(as_bytes(short_text)));
  secret<std::string> third;
  third = std::move(one);
  CHECK(third == other);
  CHECK_FALSE(place.holds(as_bytes("unter")));
}

TEST_CASE("a secret leaves nothing behind when it gets another value", "[core][secret]") {
  room<secret<std::string>> place;
  auto& one = place.make(short_text);
  one = secret<std::string>("x");
  CHECK(one.reveal() == "x");
  CHECK_FALSE(place.holds(as_bytes("unter")));
  one = short_text;
  secret<std::string> const shorter("y");
  one = shorter;
  CHECK(one.reveal() == "y");
  CHECK_FALSE(place.holds(as_bytes("unter")));
  auto& same = one;
  one = same;
  CHECK(one.reveal() == "y");
}

TEST_CASE("the memory of a secret is wiped before it is given back", "[core][secret]") {
  room<std::array<std::uint8_t, 64>> memory;
  auto& space = memory.make();
  std::pmr::monotonic_buffer_resource resource(space.data(), space.size(),
                                               std::pmr::null_memory_resource());
  bytes const key(40, 0xab);
  {
    std::pmr::vector<std::uint8_t> value(key.begin(), key.end(), &resource);
    secret const one(std::move(value));
    REQUIRE(memory.holds(key));
  }
  CHECK_FALSE(memory.holds(bytes(2, 0xab)));
}

TEST_CASE("a secret number is wiped", "[core][secret]") {
  room<secret<std::uint64_t>> place;
  place.make(0x1122334455667788ULL);
  REQUIRE((place.holds(bytes{0x55, 0x66}) || place.holds(bytes{0x66, 0x55})));
  place.destroy();
  CHECK_FALSE(place.holds(bytes{0x55, 0x66}));
  CHECK_FALSE(place.holds(bytes{0x66, 0x55}));
}
