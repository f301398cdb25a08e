// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

// Whole encrypted messages (gotd, mtcute).

#include "shared_keys.hpp"

#include <cstdint>
#include <string_view>

namespace mtp::test::vectors {

/// `x` is 0 from client to server, 8 from server to client; `expected` says what a client thinks of
/// the content.
struct message {
  std::string_view name;
  int x;
  std::string_view auth_key;
  std::string_view plain;
  std::string_view packet;
  std::string_view expected;
};

inline constexpr message message_all[] = {
    {"encrypt-v2-client", 0, counting_auth_key,
     "48656c6c6f2c20776f726c6421205468697320646174612073686f756c642072656d61696e2073656375"
     "72652100000000000000000000000000000000000000",
     "32d1586ea457dfc8a81729d46db54019a2bfd7f744f9b96c4f716cfdc4477db2a2c15f6ddb85235fb955"
     "2f1d8407c6aaea00cc844c5a1bf6ac44b79b5edc2a23868b3d6073a590992c0f2975243d563ea180d218"
     "ee757c9a",
     "accept"},
    {"decrypt-v2-server-container", 8,
     "5d2e7d65f49ec28bd029a88761ea27b8a4c79f12226525443e7d7c596ef3303530db2107e89aa997c7a0"
     "164ab694187adeff156bd6ef7118a1962347753c0e7e89a0354b8ec364f9997e71bc6923fb86e8e43491"
     "e010606a6ce845e2fa01940977ef0aa32adf5a97dbf6d428ec0434d717a2d3ad19622cc05887642113c7"
     "965ffb862a3e3ccb0ab95addda57f89245dbd76b492348f8e94bd5a7c0e0b84808523cfd1ea80b32fe9a"
     "d198bc2e103fceb7d52492ecc0273a28674bc923eee59265ab17a002df1f4aa2c59b819a5e5e1d105ec1"
     "17336f5c76c6b187037d4b4270cee9cc21071d97e9bca220c6d7b01b998cf2e5cdb9a50ecda1852a36e6"
     "35690c8e",
     "fc826a02248b28fd60f2c4822443ad6801f0c1c2918b305e0200000058000000dcf8f1730200000001a8"
     "c1c2918b305e010000001c0000000809c29ec4fd33ad918b305e18a88ea607ee5816fc826a02248b28fd"
     "01ccc1c2918b305e0200000014000000c5737734c4fd33ad918b305e6408300000000000fce66704a3cd"
     "8ee9d0ae6fab672c60c04a3f1fd4490e51f6",
     "7a7183c2c10e4f4df945fa9a9abd35e7c3840b61f045304f39674c19c0e209784f50f6226a073529d675"
     "c92cbf0bfa8c99a79b3f39c72a5d9a026d431ab7407ca04ecc55187d6c45f17871524edd90cea02ed728"
     "e14d7cb18aea2a636158f09459a9437710d894c79f368c4e8164b7647ea98612aefe942c5d92121acb8d"
     "b02dccceb66d0f8720ac12a06db0582bfd955be34f365118e3bab8cd080ce6b45b28eac56dcd2a29374e",
     "accept"},
    {"encrypt-v2-mtcute", 0, mtcute_auth_key,
     "efbeaddeaddeefbeefbeedfeedfeefbe3412efbeefbe3412090300001000000068656c6c6f2c20776f72"
     "6c642121212129afd26df40fb8ed10b6b4ad6d56ef5d",
     "40fa5bb7cb56a895f6f5a88914892aadf87c68031cc953ba29d68e118021f329be386a620d49f3ad3a50"
     "c60dcef3733f214e8cefa3e403c11d193637d4971dc15db7f74b26fd16cb0e8fee30bf7e3f68858fe829"
     "27e2cd06",
     "accept"},
    {"decrypt-v2-mtcute-ok", 8, mtcute_auth_key,
     "efbeaddeaddeefbeefbeedfeedfeefbe3412efbeefbe3412090300001000000068656c6c6f2c20776f72"
     "6c642121212129afd26df40fb8ed10b6b4ad6d56ef5d",
     "40fa5bb7cb56a8950c394b884f1529efc42fea22d972fea650a714ce6d2d1bdb3d98ff5929b8768c4017"
     "71a69795f36a7e720dcafac2efbccd0ba368e8a7f48b07362cac1a32ffcabe188b51a36cc4d54e1d0633"
     "cf9eaf35",
     "accept"},
    {"decrypt-v2-mtcute-bad_session_id", 8, mtcute_auth_key,
     "efbeaddeaddeefbeedfeefbeefbeedfe3412efbeefbe3412090300001000000068656c6c6f2c20776f72"
     "6c642121212129afd26df40fb8ed10b6b4ad6d56ef5d",
     "40fa5bb7cb56a895a986a7e97f4e90aa2769b5e702c6e86f5e1e82c6ff0c68292521a2ba9704fa37fb34"
     "1d895cf32662c6cf47ba31cbf27c30d5c03f6c2930f430fd8858b836b73fe32d4a95b8ebcdbc9ca8908f"
     "7964c40a",
     "bad_session_id"},
    {"decrypt-v2-mtcute-length_too_long", 8, mtcute_auth_key,
     "efbeaddeaddeefbeefbeedfeedfeefbe3412efbeefbe3412090300007f96980068656c6c6f2c20776f72"
     "6c642121212129afd26df40fb8ed10b6b4ad6d56ef5d",
     "40fa5bb7cb56a8950d19412233dd5d24be697c73274e08fbe515cf65e0c5f70cad75fd2badc18c9f999f"
     "287351144eeb1cfcaa9bea33ef5058999ad96a49830608d2859425685a55b21fab413bfabc42ec5da283"
     "853b28c0",
     "reject:length_too_long"},
    {"decrypt-v2-mtcute-length_not_multiple_of_4", 8, mtcute_auth_key,
     "efbeaddeaddeefbeefbeedfeedfeefbe3412efbeefbe3412090300000300000068656c6c6f2c20776f72"
     "6c642121212129afd26df40fb8ed10b6b4ad6d56ef5d",
     "40fa5bb7cb56a8957b4e4bec561eee4a5a1025bc8a35d3d0c79a3685d2b90ff05f638e9c42c9fd9448b0"
     "ce8e7d49e7ea1ce458e47b825b5c7fd8ddf5b4fded462a4bcc02f3ff2e89de6764d6d219f575e457fdcf"
     "8c163cdf",
     "reject:length_not_multiple_of_4"},
};

/// The token that acknowledges a message to the server.
struct quick_ack {
  std::string_view auth_key;
  std::string_view plain;
  std::string_view message_key;
  std::uint32_t token;
};

inline constexpr quick_ack quick_ack_all[] = {
    {counting_auth_key,
     "000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
     "00000000000000000000000000000000000000000000",
     "abb29426fe057be28014f342ff20b9b0", 2720545870},
};

}  // namespace mtp::test::vectors
