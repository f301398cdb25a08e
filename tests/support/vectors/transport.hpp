// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <cstdint>

// Known answers of the transports. The sources are the tests of the libraries named in each, and
// the examples of core.telegram.org/mtproto/mtproto-transports.
namespace mtp::test::vectors {

/// A packet in the full transport; the payload is the bytes 0, 1, 2, ... of that length.
struct full_vector {
  char const* source;
  unsigned payload_length;
  std::uint32_t number;
  char const* head;  ///< length and number
  char const* sum;   ///< the checksum behind the payload
};

inline constexpr full_vector full_packets[] = {
    {"grammers full.rs", 0, 0, "0c00000000000000", "26ca8d32"},
    {"grammers full.rs pack_normal", 128, 0, "8c00000000000000", "86739537"},
    {"grammers full.rs pack_twice", 128, 1, "8c00000001000000", "9609f04a"},
};

/// What stands before a packet of this length.
struct header_vector {
  char const* source;
  unsigned payload_length;
  bool quick_ack;
  char const* header;
};

inline constexpr header_vector abridged_headers[] = {
    {"grammers abridged.rs (128,1024); boundary cases computed", 128, false, "20"},
    {"grammers abridged.rs (128,1024); boundary cases computed", 504, false, "7e"},
    {"grammers abridged.rs (128,1024); boundary cases computed", 508, false, "7f7f0000"},
    {"grammers abridged.rs (128,1024); boundary cases computed", 1024, false, "7f000100"},
    {"core.telegram.org mtproto-transports (computed)", 128, true, "a0"},
    {"core.telegram.org mtproto-transports (computed)", 1024, true, "ff000100"},
};

inline constexpr header_vector intermediate_headers[] = {
    {"grammers intermediate.rs", 128, false, "80000000"},
    {"core.telegram.org mtproto-transports (computed)", 128, true, "80000080"},
};

/// Transport errors: as four bytes, and in the two short framings (grammers, mtcute).
struct error_vector {
  std::int32_t code;
  char const* payload;
};
inline constexpr error_vector transport_errors[] = {
    {-404, "6cfeffff"},
    {-429, "53feffff"},
    {-444, "44feffff"},
    {-403, "6dfeffff"},
};
inline constexpr char const* abridged_error_404 = "016cfeffff";
inline constexpr char const* intermediate_error_404 = "040000006cfeffff";

/// One acknowledgement in its three forms; the token belongs to `quick_ack_key` and 64 zero bytes.
inline constexpr std::uint32_t quick_ack_token = 2720545870;
inline constexpr char const* quick_ack_intermediate = "4e3c28a2";
inline constexpr char const* quick_ack_abridged = "a2283c4e";
inline constexpr char const* quick_ack_padded_payload = "ffffffff4e3c28a2";

/// Obfuscated connections as gotd, mtcute and mtg test them. Empty texts: not part of the vector.
struct obfuscation_vector {
  char const* source;
  char const* random;
  char const* tag;
  int dc;
  bool names_dc;
  char const* secret;
  char const* header;
  char const* encrypt_key;
  char const* encrypt_iv;
  char const* decrypt_key;
  char const* decrypt_iv;
  char const* plain;  ///< after the header
  char const* encrypts_to;
  char const* decrypts_to;
};

inline constexpr obfuscation_vector obfuscated_clients[] = {
    {"gotd/td mtproxy/obfuscated2/obfuscated2_test.go Test_generateKeys",
     "616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616"
     "16161616161616161616161616161616161",
     "dddddddd", 2, true, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
     "616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616"
     "1616161616161616161ab4162424f66fddc",
     "dc7e657f108bc7575e7367393d26be3e90f9639420a5fb4a6ff741019ca1a8c3",
     "61616161616161616161616161616161",
     "dc7e657f108bc7575e7367393d26be3e90f9639420a5fb4a6ff741019ca1a8c3",
     "61616161616161616161616161616161", "", "", ""},
    {"gotd/td mtproxy/obfuscated2/obfuscated2_test.go TestEncrypt",
     "f5768f50b731260a46be1027c2eeaa39350624f0b6da59eba56c81fe4510c2e0b61d3dd323ee02388633e3837a0c1"
     "c24fa6f29ccd724be6f416ff7b026f6cce6",
     "dddddddd", 2, true, "8a96ef6e42a18c21837580cd1c91c5a8",
     "f5768f50b731260a46be1027c2eeaa39350624f0b6da59eba56c81fe4510c2e0b61d3dd323ee02388633e3837a0c1"
     "c24fa6f29ccd724be6fbea2dde16dc59dd2",
     "5a4be5232bb556e470df2c648164f0ec1bdf53a0c799f40fb3d3935784a826c1",
     "8633e3837a0c1c24fa6f29ccd724be6f",
     "b2046c5af17d0e09b8a4c74ae4afdc6ea67ef1583be1fa8d89ecdb889e6df105",
     "eb59dab6f024063539aaeec22710be46", "61626364", "ca7a8226", "8f711982"},
    {"mtcute packages/core/src/network/transports/obfuscated.test.ts",
     "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
     "fffffffffffffffffffffffffffffffffff",
     "eeeeeeee", 0, false, "",
     "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
     "ffffffffffffffffffffce8ab2203db2bff",
     "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
     "ffffffffffffffffffffffffffffffff",
     "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
     "ffffffffffffffffffffffffffffffff", "", "", ""},
    {"mtcute packages/core/src/network/transports/obfuscated.test.ts",
     "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
     "fffffffffffffffffffffffffffffffffff",
     "eeeeeeee", 1, true, "00000000000000000000000000000000",
     "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
     "fffffffffffffffffffecec4cbda8bb188b",
     "5386979cea452edad064dcfd4d8bba3007c85fbfb0dbf9b60ff491d99bf01d5f",
     "ffffffffffffffffffffffffffffffff",
     "5386979cea452edad064dcfd4d8bba3007c85fbfb0dbf9b60ff491d99bf01d5f",
     "ffffffffffffffffffffffffffffffff", "", "", ""},
    {"mtcute packages/core/src/network/transports/obfuscated.test.ts",
     "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
     "fffffffffffffffffffffffffffffffffff",
     "eeeeeeee", -1, true, "00000000000000000000000000000000",
     "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
     "fffffffffffffffffffecec4cbd5644188b",
     "5386979cea452edad064dcfd4d8bba3007c85fbfb0dbf9b60ff491d99bf01d5f",
     "ffffffffffffffffffffffffffffffff",
     "5386979cea452edad064dcfd4d8bba3007c85fbfb0dbf9b60ff491d99bf01d5f",
     "ffffffffffffffffffffffffffffffff", "", "", ""},
};

/// What a server makes of a client's header (mtg, client-handshake-snapshot-585c944d672f60a2).
inline constexpr struct {
  char const* header =
      "3365b2c5e8b021007e64e17137348d1edbbd39d11291fc6fdc990a162982c54a18037043fd097d9d707f388a2708"
      "a2d4282712d15cd9d8febffb9a10f4623c60";
  char const* secret = "367a189aee18fa31c190054efd4a8e95";
  int dc = 2;
  char const* encrypts = "0102030405060708090a";
  char const* encrypts_to = "b73030ac2cf4d2874446";
  char const* decrypts = "61626364656667";
  char const* decrypts_to = "42422fc0640380";
} obfuscated_server;

}  // namespace mtp::test::vectors
