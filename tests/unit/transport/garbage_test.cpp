// SPDX-License-Identifier: MIT OR Apache-2.0
#include "streams.hpp"
#include "support/catch.hpp"

#include <mtp/transport/detector.hpp>

using namespace mtp;
using namespace mtp::transport;
using namespace mtp::test;

namespace {

constexpr std::size_t limit = 4096;

/// Feeds noise: whatever comes of it, memory stays within one frame.
void feed_noise(framing& from, seeded_random& random, std::size_t length) {
  bytes noise(length);
  random.fill(noise);
  std::size_t const step = 1 + random.make<std::uint8_t>();
  auto const got = read_all(from, noise, step);
  REQUIRE(got.max_buffered <= limit + 32);
  for (auto const& one : got.frames) {
    if (auto const* whole = std::get_if<packet>(&one)) REQUIRE(whole->payload.size() <= limit + 16);
  }
}

/// Feeds a good stream with some bytes changed.
void feed_damaged(variety v, seeded_random& random) {
  auto client = make_client(v, random);
  bytes wire;
  for (int i = 0; i < 4; ++i) client->encode(encrypted_shape(random.make<std::uint8_t>()), wire);
  for (int i = 0; i < 3; ++i)
    wire[random.make<std::uint32_t>() % wire.size()] ^= random.make<std::uint8_t>();
  detector at_door(random, {.framing = {.max_payload = limit}});
  auto found = at_door.feed(wire);
  if (!found || !*found) return;
  auto& codec = *(*found)->codec;
  auto got = codec.next();
  while (got && *got) got = codec.next();
  REQUIRE(codec.buffered() <= limit + 32);
}

}  // namespace

TEST_CASE("noise gives errors or waits, never a crash or a growing buffer", "[transport]") {
  for (std::uint64_t seed = 0; seed < 10000; ++seed) {
    seeded_random random(seed);
    auto const k = static_cast<kind>(seed % 4);
    auto const r = seed % 8 < 4 ? role::client : role::server;
    auto plain = make_framing(k, r, random, {.max_payload = limit});
    feed_noise(*plain, random, 1 + seed % 3000);
  }
}

TEST_CASE("noise at the door is refused or waited for", "[transport]") {
  for (std::uint64_t seed = 0; seed < 10000; ++seed) {
    seeded_random random(seed);
    detector at_door(random, {.framing = {.max_payload = limit}});
    bytes noise(200);
    random.fill(noise);
    if (seed % 5 == 0) std::fill_n(noise.begin(), 4, seed % 2 ? 0xee : 0xdd);
    if (seed % 5 == 1) noise[0] = 0xef;
    auto found = at_door.feed(noise);
    if (!found || !*found) continue;
    feed_noise(*(*found)->codec, random, 500);
  }
}

TEST_CASE("damaged streams give errors or waits", "[transport]") {
  auto const varieties = all_varieties();
  for (std::uint64_t seed = 0; seed < 3500; ++seed) {
    seeded_random random(seed);
    feed_damaged(varieties[seed % varieties.size()], random);
  }
}
