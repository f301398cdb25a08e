// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

// A Diffie-Hellman exchange in the known group whose key begins with a zero byte (found by search).

#include "shared_keys.hpp"

#include <cstdint>
#include <string_view>

namespace mtp::test::vectors {

/// Both secrets, both public values and the key.
struct leading_zero {
  std::string_view a;
  std::string_view b;
  std::string_view g_a;
  std::string_view g_b;
  std::string_view auth_key;
  std::string_view auth_key_id;
};

inline constexpr leading_zero leading_zero_all[] = {
    {"0b2eb9af7bd0ed58df785f52f107cb35b895b3288e6d46b3145487d3484219941e9e0cfff19d2923ef07"
     "136dcc718d91fe5d2c88f7fffe53bb39d7dc506c4ab7a8c09a9e0c0ffee6e2b566a374cd7d5c96bd4be2"
     "91befcf464a26e173945d03138ebb36760093e32bca37f1d1cab161c927027bf6f4733d7180aa51b75ea"
     "928139606c648e6a4df7465b183f2e5efd75fdff5089a8be7f9bfe92fe87b06f2c419320dc80c69d382c"
     "88d40c6baadee26219fdf26c94098845b125454242ec104efc35fff1f102b97fdcb82c90905e315dab45"
     "ed71c8af6593a9d9049cb45f9e6d8267a4c81a76c3ddf26d547e6d51ee941973bbe5c44339998a8a7fdf"
     "9c720c26",
     "21b2acd7e9802b39f638df216c4691808b1bc5249adbfb9cb26d415ea6e1d9076569995cce4f5a0d63d2"
     "884ac16387d24a7b80e0ee962d5e536f2c259123736af9a777814f0a6ee13345366393c701cbf9bd867d"
     "d20ea7a7e32a444f50cddc8e83d2b352cdb9c469863f231ed0567f822af60c1fd8a9fbed924c54ec8ed1"
     "87bd693894cf9b712d202ae7525d44b795848d39bd4a9c529383666688b1ffd445f85cce19b250d3eb0f"
     "559845ba878a435dbda871df0008d4880251b2b39f84b77bea650e4721bdad4395336924669f131f9b72"
     "caa5577a6e11f52c06ad70d8751f63b546f1ad5c3a76aa8d28feded231dc2d10eb1679e4fcc43ff4fee3"
     "1059abe5",
     "0b0664542a75a4d76a653b29ffdbae9a891eeea5b3cfeb1da9016e1b0245d8d8df78ddc3f8da8ac752ea"
     "815131c21ecb0f59a83d444cf26311d3223f3eadb78b608c8b79cd08cdfd9a04900e84adb13bde9a87b1"
     "10b5f965bea22ec13ca49220bade0b084babe2c143651c36888c375d2262d1e25a04f2a910fc0744e788"
     "0d45e35d501473b3fdb80d4c4e9c3eba6f3c8839cb21203ee8fab5d6395f2315dea7b111433b0dd85612"
     "bd59b3461aab39d794d38c2bd91f123655bd0c17be9ffd9baf8344f465d3de2e4f3f26f68056f9d9fbf1"
     "0a92d6093f77db7fa0ce222e9f209a7c11fd794bce9f52468409064fd2c9814251889812b653ac772e49"
     "b32977cf",
     "03737f051178fbc55a1be01461d8d92144a8f1b82d52aef87449ffc2bcbb1d428e4c7c70d1c217de7630"
     "f3652dce0600de4e0921b22ebf73c95e502964a7d469eafc9280b1729ae1f6733a4c20beba0fe37015e1"
     "df9c9c50795218825798096133d86154b8aeaa8854b21014ed77a3653b728cfe3d2acb1a8aaf1403936c"
     "63cf2dfa63161492f2d16e56bba7c9753297ecb1307ec59eb1ef22749b620fd5ca36d3c2f65a05ef1b0a"
     "2468cd0bef3a76c9759ff9214a63053736df41284d717fe50cbcf4c96c6a9c0670731ab89a60d97ef15d"
     "88da7be68b5970d712f59f8b84e798436aee6004f4fd7f7167bc0bfcffba744c15b13c5acb676a957e12"
     "664514ad",
     leading_zero_auth_key, "4e668d7059653c9d"},
};

}  // namespace mtp::test::vectors
