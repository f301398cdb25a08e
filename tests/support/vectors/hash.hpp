// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

// Known answers of FIPS 180-4, RFC 1321, RFC 4231 and for PBKDF2.

#include <cstdint>
#include <string_view>

namespace mtp::test::vectors {

/// A digest of `input`; `key` is the key of an HMAC or the password, `salt` and `iterations` belong
/// to PBKDF2.
struct hash {
  std::string_view algorithm;
  std::string_view input;
  std::string_view output;
  std::string_view key;
  std::string_view salt;
  unsigned iterations;
};

inline constexpr hash hash_all[] = {
    {"sha1", "616263", "a9993e364706816aba3e25717850c26c9cd0d89d", "", "", 0},
    {"sha256", "616263", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "", "",
     0},
    {"sha1", "", "da39a3ee5e6b4b0d3255bfef95601890afd80709", "", "", 0},
    {"sha256", "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "", "", 0},
    {"md5", "616263", "900150983cd24fb0d6963f7d28e17f72", "", "", 0},
    {"sha512", "616263",
     "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba"
     "3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
     "", "", 0},
    {"hmac-sha256", "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
     "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843", "4a656665", "", 0},
    {"pbkdf2-hmac-sha512", "",
     "f5d17022c96af46c0a1dc49a58bbe654a28e98104883e4af4de974cda2c74122dd082f4105a93fc80692"
     "ca4eb1a784cfeda81bfaa33f5192cc9143d818bd7581",
     "70617373776f7264", "73616c74", 100000},
};

}  // namespace mtp::test::vectors
