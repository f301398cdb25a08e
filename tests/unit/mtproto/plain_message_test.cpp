// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/mtproto/plain_message.hpp>

#include <support/catch.hpp>
#include <support/hex.hpp>

using namespace mtp;
using namespace mtp::test;
using namespace mtp::mtproto;

TEST_CASE("a plain message is written as the documented sample", "[mtproto][plain]") {
  // The first message of the sample at core.telegram.org/mtproto/samples-auth_key.
  bytes const body = from_hex("f18e7ebe406709f612fadfbec3f0289d0aa67eef");
  bytes const packet = write_plain_message(0x65c53d50000672d4, body);
  CHECK(to_hex(packet) ==
        "0000000000000000d4720600503dc56514000000f18e7ebe406709f612fadfbec3f0289d0aa67eef");
  auto const read = read_plain_message(packet);
  REQUIRE(read);
  CHECK(read->id == 0x65c53d50000672d4);
  CHECK(to_hex(read->body) == to_hex(body));
  CHECK(is_plain_packet(packet));
}

TEST_CASE("what a transport added behind a plain message is left out", "[mtproto][plain]") {
  bytes packet = write_plain_message(4, bytes{1, 2, 3, 4});
  packet.insert(packet.end(), 7, 0xee);
  auto const read = read_plain_message(packet);
  REQUIRE(read);
  CHECK(to_hex(read->body) == "01020304");
}

TEST_CASE("a plain message cut anywhere is refused", "[mtproto][plain]") {
  bytes const packet = write_plain_message(4, bytes{1, 2, 3, 4});
  for (std::size_t size = 0; size < packet.size(); ++size) {
    auto const read = read_plain_message(bytes_view(packet).first(size));
    REQUIRE_FALSE(read);
    CHECK(read.error() == protocol_errc::malformed);
  }
}

TEST_CASE("a message that claims another length, or a key, is refused", "[mtproto][plain]") {
  bytes packet = write_plain_message(4, bytes{1, 2, 3, 4});
  for (std::uint32_t const length : {5U, 0x80000004U, 0xffffffffU}) {
    store_le(packet.data() + 16, length);
    CHECK_FALSE(read_plain_message(packet));
  }
  packet = write_plain_message(4, bytes{1, 2, 3, 4});
  packet[3] = 1;
  CHECK_FALSE(read_plain_message(packet));
  CHECK_FALSE(is_plain_packet(packet));
}
