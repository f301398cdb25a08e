// SPDX-License-Identifier: MIT OR Apache-2.0
#include "net/key_binding.hpp"

#include "support/catch.hpp"
#include "support/hex.hpp"

#include <algorithm>

using namespace mtp;
using test::from_hex;

namespace {

/// The key of gotd's test of the same function: 255, 254, ... 0.
crypto::auth_key permanent_key() {
  std::array<std::uint8_t, 256> data;
  for (std::size_t i = 0; i < data.size(); ++i) data[i] = static_cast<std::uint8_t>(255 - i);
  return crypto::auth_key(data);
}

constexpr net::key_binding binding{.nonce = 0x0001020304050607,
                                   .temporary_key = 0x0011223344556677,
                                   .session = 0x0010203040506070,
                                   .message_id = 0x0011223344556677,
                                   .expires_at = 1735689600};
constexpr char proof[] =
    "96d1b10e8f724a137bb888c6aa9280ce9664b5279ec8e944bacb4c9772e1fbb439b1c5605cbedeb01d86458335146b"
    "2857b5af0a3cedd9af96ec96f4cea213d51c73abe02e86de4d3e9e382788b92ed0d8d93563eb03ffd2c435ec4f3933"
    "70d390921d44f5c82ebb";

int128 random_bytes() {
  int128 out;
  out.fill(0xcd);
  return out;
}

}  // namespace

TEST_CASE("the proof of a binding is what another implementation makes", "[net][pfs]") {
  auto const made =
      net::encrypt_binding(permanent_key(), binding, random_bytes(), 0xcdcdcdcdcdcdcdcd);
  CHECK(made == from_hex(proof));
}

TEST_CASE("the request to bind a key names both keys and carries the proof", "[net][pfs]") {
  auto const made =
      net::binding_request(permanent_key(), binding, random_bytes(), 0xcdcdcdcdcdcdcdcd);
  bytes expected = from_hex("052ad4cd 96d1b10e8f724a13 0706050403020100 80857467 68");
  append(expected, from_hex(proof));
  append(expected, from_hex("000000"));
  CHECK(made == expected);
}

TEST_CASE("only boolTrue says that a key is bound", "[net][pfs]") {
  CHECK(net::is_bound(from_hex("b5757299")));
  CHECK(!net::is_bound(from_hex("379779bc")));
  CHECK(!net::is_bound(from_hex("b575729900000000")));
  CHECK(!net::is_bound(from_hex("b57572")));
  CHECK(!net::is_bound({}));
}
