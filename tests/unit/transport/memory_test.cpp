// SPDX-License-Identifier: MIT OR Apache-2.0
// What framing costs in memory: one buffer for a large packet each way, none for a silent
// connection.
#include "streams.hpp"
#include "support/catch.hpp"
#include "support/heap_use.hpp"

#include <algorithm>

using namespace mtp;
using namespace mtp::test;

namespace {

constexpr std::size_t large = std::size_t{512} << 10;

/// Lets `wire` arrive as a socket hands it out: as much as there is room for, 64 KiB at most.
transport::packet receive(transport::framing& by, bytes_view wire) {
  for (;;) {
    auto frame = by.next();
    REQUIRE(frame.has_value());
    if (*frame) return std::get<transport::packet>(std::move(**frame));
    REQUIRE_FALSE(wire.empty());
    auto const room = by.prepare();
    std::size_t const part = std::min({room.size(), wire.size(), std::size_t{64} << 10});
    std::ranges::copy(wire.first(part), room.begin());
    by.commit(part);
    wire = wire.subspan(part);
  }
}

}  // namespace

TEST_CASE("a large packet arrives in one buffer, on every framing", "[transport][memory]") {
  for (auto const v : all_varieties()) {
    INFO(name_of(v));
    seeded_random random(1);
    auto server = make_framing(v.kind, transport::role::server, random);
    bytes wire;
    auto const payload = encrypted_shape(large / 16);
    server->encode(payload, wire);
    auto client = make_framing(v.kind, transport::role::client, random);
    auto const before = heap.bytes;
    auto const packet = receive(*client, wire);
    CHECK(heap.bytes - before < large + (std::size_t{32} << 10));
    CHECK(packet.payload == payload);
    CHECK(client->buffered() == 0);
  }
}

TEST_CASE("a large packet is framed where it lies, on every framing", "[transport][memory]") {
  for (auto const v : all_varieties()) {
    INFO(name_of(v));
    seeded_random random(1);
    auto client = make_client(v, random);
    auto first = packet_buffer::copy_of(encrypted_shape(1));
    client->wrap(first);  // takes the opening of the connection along
    auto packet = packet_buffer::copy_of(encrypted_shape(large / 16));
    auto const* const where = packet.view().data();
    auto const before = heap.bytes;
    client->wrap(packet);
    CHECK(heap.bytes - before < 1024);
    CHECK(packet.view().data() <= where);
    CHECK(packet.view().data() + packet_buffer::head_room >= where);
  }
}

TEST_CASE("what is announced takes no memory before it comes", "[transport][memory]") {
  seeded_random random(1);
  auto server = make_framing(transport::kind::intermediate, transport::role::server, random);
  std::uint8_t head[4];
  store_le(head, std::uint32_t{16} << 20);
  auto const before = heap.bytes;
  server->feed(head);
  REQUIRE(server->next().has_value());
  server->feed(bytes(100));
  REQUIRE(server->next().has_value());
  CHECK(heap.bytes - before < std::size_t{2} << 20);
}
