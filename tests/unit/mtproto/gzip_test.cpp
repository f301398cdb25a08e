// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/mtproto/gzip.hpp>

#include "handmade.hpp"
#include "support/catch.hpp"
#include "support/hex.hpp"
#include "support/seeded_random.hpp"
#include "support/vectors/service.hpp"

#include <zlib.h>

using namespace mtp;
using namespace mtp::mtproto;
using namespace mtp::test;

namespace {

bytes zlib_packed(bytes_view data) {
  uLongf size = compressBound(static_cast<uLong>(data.size()));
  bytes out(size);
  compress(out.data(), &size, data.data(), static_cast<uLong>(data.size()));
  out.resize(size);
  return out;
}

constexpr auto refused = protocol_errc::inflated_too_large;

}  // namespace

TEST_CASE("what is packed is unpacked, from both kinds of header", "[mtproto][gzip]") {
  seeded_random random(1);
  for (std::size_t size : {0, 1, 4, 1000, 100000}) {
    bytes data(size);
    random.fill(mutable_bytes(data).first(size / 2));
    auto const packed = gzip(data);
    CHECK((packed[0] == 0x1f && packed[1] == 0x8b));
    auto const back = gunzip(packed, size);
    REQUIRE(back.has_value());
    CHECK(*back == data);
    auto const other = gunzip(zlib_packed(data), size);
    REQUIRE(other.has_value());
    CHECK(*other == data);
  }
}

TEST_CASE("the known answer is 200 zeros", "[mtproto][gzip][vectors]") {
  std::size_t budget = 200;
  auto const got = service::inflate(from_hex(vectors::gzip_200_zeros), budget);
  REQUIRE(got.has_value());
  CHECK(*got == bytes(200));
  CHECK(budget == 0);
}

TEST_CASE("a bomb is stopped at the limit (M13)", "[mtproto][gzip]") {
  auto const bomb = gzip(bytes(std::size_t{64} << 20));
  REQUIRE(bomb.size() < 100000);
  CHECK(gunzip(bomb, 1 << 20).error() == refused);
  CHECK(gunzip(gzip(bytes(1001)), 1000).error() == refused);
  CHECK(gunzip(gzip(bytes(1000)), 1000).has_value());
}

TEST_CASE("damaged, cut and prolonged data is refused", "[mtproto][gzip]") {
  seeded_random random(2);
  bytes data(500);
  random.fill(data);
  auto const packed = gzip(data);
  for (std::size_t length = 0; length < packed.size(); ++length)
    CHECK(gunzip(bytes_view(packed).first(length), 1000).error() == refused);
  auto longer = packed;
  longer.push_back(0);
  CHECK(gunzip(longer, 1000).error() == refused);
  for (std::size_t at = 10; at < packed.size(); ++at) {
    auto broken = packed;
    broken[at] ^= 0x20;
    auto const got = gunzip(broken, 1000);
    if (got.has_value()) CHECK(*got == data);
  }
}

TEST_CASE("only what shrinks by a tenth is packed", "[mtproto][gzip]") {
  seeded_random random(3);
  bytes noise(2000);
  random.fill(noise);
  CHECK(service::deflate_if_useful(noise) == noise);
  bytes const zeros(2000);
  auto const packed = service::deflate_if_useful(zeros);
  CHECK(packed.size() < 100);
  CHECK(packed.size() % 4 == 0);
  std::size_t budget = 5000;
  CHECK(*service::inflate(packed, budget) == zeros);
  CHECK(budget == 3000);
}

TEST_CASE("packed inside packed is refused", "[mtproto][gzip]") {
  auto const once = service::deflate_if_useful(bytes(2000));
  auto const twice = handmade::start(handmade::id::gzip_packed).string(gzip(once)).take();
  std::size_t budget = 5000;
  CHECK(service::inflate(twice, budget).error() == protocol_errc::malformed);
}

TEST_CASE("the middle of a body says whether it is worth compressing", "[mtproto]") {
  seeded_random random(3);
  bytes noise_inside(20'000);
  random.fill(mutable_bytes(noise_inside).subspan(6000, 8000));
  CHECK(service::deflate_if_useful(noise_inside) == noise_inside);
  bytes noise_outside(20'000);
  random.fill(mutable_bytes(noise_outside).first(2000));
  CHECK(service::deflate_if_useful(noise_outside).size() < 3000);
}
