// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

// Known answers for AES-256; the source of each stands in its name: grammers (grammers-crypto),
// mtcute (wasm tests), tdlib (tdutils/test/crypto.cpp), NIST (SP 800-38A).

#include <cstdint>
#include <string_view>

namespace mtp::test::vectors {

/// AES-256-IGE, hexadecimal.
struct ige {
  std::string_view name;
  std::string_view key;
  std::string_view iv;
  std::string_view plain;
  std::string_view cipher;
};

inline constexpr ige ige_all[] = {
    {"ige-grammers-enc", "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
     "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
     "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
     "e28112a53e5c89c7b1ea8071c133699fd4e86b26c4bac9fc5af1ab8ce27a44a4"},
    {"ige-grammers-dec", "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
     "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
     "e5777afacd7b2c16f7ac40cae61ef603fee6098fb8a8860ab9ee672cd7e5bacc",
     "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"},
    {"ige-mtcute-wasm", "5468697320697320616e20696d706c655468697320697320616e20696d706c65",
     "6d656e746174696f6e206f6620494745206d6f646520666f72204f70656e5353",
     "99706487a1cde613bc6de0b6f24b1c7aa448c8b9c3403e3467a8cad89340f53b",
     "792ea8ae577b1a66cb3bd92679b8030ca54ee631976bd3a04547fdcb4639fa69"},
    {"ige-zero-key-iv", "0000000000000000000000000000000000000000000000000000000000000000",
     "0000000000000000000000000000000000000000000000000000000000000000",
     "000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
     "000000000000",
     "dc95c078a2408989ad48a2149284208708c374848c228233c2b34f332bd2e9d38b70c515a6663d38cdb8"
     "e6532b266491"},
};

/// AES-256-IGE over what a linear congruential generator yields from the length as seed: the data,
/// then key, then vector.
struct ige_lcg {
  std::uint32_t length;
  std::uint32_t crc32_of_cipher;
  std::string_view key;
  std::string_view iv;
};

inline constexpr ige_lcg ige_lcg_all[] = {
    {0, 0x00000000U, "752c4c16b11f8aad936e2398e927ae1d12c651f2fd39c43b2add4d8da67fc3ee",
     "105c8ed29821a320fdec8b2b8d495bb92736bb003a1fe1a3c5e295b957cc2dc7"},
    {16, 0x79eee09fU, "d48738a34a08cf4f4675a41f19d7cf52a7a7fc9962cf66174ea7d85bfdf8ad67",
     "92fcd0adc15bbb0dcb3079d88402a5d04ecc6b261ef6847a74593cdf653f6ed4"},
    {32, 0x90744a4cU, "3ef36a602c7c290e9f61268b6ea7ff16fec2e55b47989477d17d5df8b1381eda",
     "8efd468ba172d4e8aeaa573d0e2ced49a7ed4639f052a1a8ef30cba53dcb25ad"},
    {256, 0x1f52d62bU, "04274ca6d84a957149c2516a665c5695cd560c68ae5b68c7c78af209686fc1f1",
     "6f087cb64bc259fcfb791fd80d7c26d0a28654d867c61f569bd890200eca3c79"},
    {1024, 0x5c1ae87dU, "5bcd36cc760122b51574c7550632bbf1a8b9273eeaf6c0614c45cdf0db7525ef",
     "36c130d48dd8e3849fd6c753ba48f108bd2d09d717ef4565c76e6dc85cf6d684"},
    {65536, 0x2b298d39U, "f074b87eeec677b410f511be270c1ce3918bc1d63e5db4beabe03f2fe8e1362f",
     "939d0233dcc1981f826b8149d327d276aef232dc823bda1e4edd8e53a126a700"},
};

/// AES-256-CTR; the stream is applied to pieces of `piece` bytes.
struct ctr {
  std::string_view key;
  std::string_view iv;
  std::string_view plain;
  std::string_view cipher;
  std::uint32_t piece;
};

inline constexpr ctr ctr_all[] = {
    {"603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4",
     "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff",
     "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411e5fb"
     "c1191a0a52eff69f2445df4f9b17ad2b417be66c3710",
     "601ec313775789a5b7a7f504bbf3d228f443e3ca4d62b59aca84e990cacaf5c52b0930daa23de94ce870"
     "17ba2d84988ddfc9c58db67aada613c2dd08457941a6",
     64},
    {"603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4",
     "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff",
     "6bc1bee22e406bc1bee22e406bc1bee22e406bc1bee22e406bc1bee22e406bc1bee22e40",
     "601ec31377577df2e078a555a3a17be0742e025ced8337463ff238dea1251055a52302dc", 6},
};

}  // namespace mtp::test::vectors
