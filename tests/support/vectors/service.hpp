// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

// Known answers about message ids and service messages (core.telegram.org/mtproto/service_messages
// and samples-auth_key; computed from them).
namespace mtp::test::vectors {

struct message_id_sample {
  std::string_view bytes;  ///< as on the wire
  std::int64_t second;
  int rest;  ///< when divided by 4
};
inline constexpr message_id_sample message_ids[] = {
    {"d4720600503dc565", 1707425104, 0},
    {"01d83175503dc565", 1707425104, 1},
    {"014c6e1e513dc565", 1707425105, 1},
    {"0100be91513dc565", 1707425105, 1},
};

/// A container of an acknowledgement of 5 and 9 and a ping.
inline constexpr std::string_view container_ack =
    "59b4d66215c4b51c0200000005000000000000000900000000000000";
inline constexpr std::string_view container_ping = "ec77be7a0807060504030201";
inline constexpr std::string_view container_body =
    "dcf8f173020000000400000000000060000000001c00000059b4d66215c4b51c0200000005000000000000000900"
    "0000000000000800000000000060000000000c000000ec77be7a0807060504030201";

/// 200 zeros as gzip_packed.
inline constexpr std::string_view gzip_200_zeros =
    "a1cf7230181f8b08000000000002036360181e000076a871c9c8000000000000";

/// rpc_result for the message 0x60...04: FLOOD_WAIT_3, code 420.
inline constexpr std::string_view flood_wait =
    "016d5cf3040000000000006019ca4421a40100000c464c4f4f445f574149545f33000000";

}  // namespace mtp::test::vectors
