// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/crypto/hash.hpp>

#include <support/catch.hpp>
#include <support/hex.hpp>

using namespace mtp;
using mtp::test::to_hex;

TEST_CASE("crc32 agrees with the check value of CRC-32/ISO-HDLC", "[crypto][hash]") {
  CHECK(crypto::crc32(as_bytes("123456789")) == 0xcbf43926);
}
