// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

// Known answers for everything that is derived from keys and nonces (gotd, mtcute, grammers, the
// documented sample of 2013).

#include "shared_keys.hpp"

#include <cstdint>
#include <string_view>

namespace mtp::test::vectors {

/// The key of one message.
struct derived {
  int version;
  int x;
  std::string_view auth_key;
  std::string_view message_key;
  std::string_view key;
  std::string_view iv;
};

inline constexpr derived derived_all[] = {
    {2, 0, counting_auth_key, "000102030405060708090a0b0c0d0e0f",
     "704ed09c8b41668ae8f99d244738f71dbddc44469b6bbd4aa8573dd042bd059e",
     "4d266000a550edabbf4c7ce40fd0043cc92230184cd317a5cc9c2482fd3b9318"},
    {2, 8, counting_auth_key, "000102030405060708090a0b0c0d0e0f",
     "217725799b245806458174a1fcfbc883906807b15033fdd0ea2b4d69cf9c364e",
     "669a6538917a4fa56ca32360a431c9160be4ad887140980dab91ce7bdc47ffbc"},
    {2, 0, mtcute_auth_key, "25d701f2a29205526757825a99eb2d32",
     "af3f8e1ffa75f4c981eec33a3e5bbaa2ea48f9bb93e91597627eb1f67960a0c9",
     "9874d77f95155b35221bff94b7df4594c6996e2a62e44fcb7d93c8c4e41b79ee"},
    {1, 0, mtcute_auth_key, "25d701f2a29205526757825a99eb2d32",
     "1fc7b40b1d9ffbdaf4d652525a748864259698f89214abf27c0d36cb9d4cd5db",
     "7251fbda39ec5e6e089f15ded5963b03d6d8d0f7078898431fc7b40b1d9ffbda"},
    {1, 8, mtcute_auth_key, "25d701f2a29205526757825a99eb2d32",
     "af0e4e01318654be40ab42b125909d43b44bdeef571ff1a5dfb81474ae26d467",
     "15c9ba6021d2c5cf04f0842540ae216a970b4eac8f46ef01af0e4e01318654be"},
    {1, 0, counting_auth_key, "000102030405060708090a0b0c0d0e0f",
     "17d7295ca9213d1ab656acdb1ad48b2ea7f3a8f7095098d5508b900bbd5fccfc",
     "2d7d16a65a84108e9805656caa474501cc580aa2edc33abfd0bfad785464d1c6"},
    {1, 8, counting_auth_key, "000102030405060708090a0b0c0d0e0f",
     "bb17b07eb91110647098b069bd1a9b6fe5c4bcc3c31f8e67e831d07a61085f68",
     "5197fc1e25b41fe36f18b5a3a8b2b36cb2cb061f1f157b3514fe42e74fb58359"},
};

/// The message key of MTProto 1.0.
struct message_key_v1 {
  std::string_view plain;
  std::string_view message_key;
};

inline constexpr message_key_v1 message_key_v1_all[] = {
    {"62696e642d6d6573736167652d746573742d7061796c6f6164", "fc11a3669566de22b87f66550dc3de6d"},
};

/// The key of the middle part of a key exchange; the third decrypts a recorded answer.
struct nonce_key {
  std::string_view new_nonce;
  std::string_view server_nonce;
  std::string_view key;
  std::string_view iv;
  std::string_view encrypted;
  std::string_view decrypted;
};

inline constexpr nonce_key nonce_key_all[] = {
    {"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
     "000102030405060708090a0b0c0d0e0f",
     "0758f1533b615d24f6e8a94a6fcbee0a55eaab2217d7295ca9213d1a2d7d16a6",
     "5a84108e9805656ce864070e166e6218f6783e8511471a5ab7802cf200010203", "", ""},
    {"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
     "002122232425262728292a2b2c2d2e2f",
     "0a2d0f607499a866848e41798a34315e4922c39fe55c6caf5bc322c4b8c08c6a",
     "9cb702d4fd6e5d25e864070e166e6218f6783e8511471a5ab7802cf200010203", "", ""},
    {"311c85db234aa2640afc4a76a735cf5b1f0fd68bd17fa181e1229ad867cc024d",
     "a5cf4d33f4a11ea877ba4aa573907330",
     "f011280887c7bb01df0fc4e17830e0b91fbb8be4b2267cb985ae25f33b527253",
     "3212d579ee35452ed23e0d0c92841aa7d31b2e9bdef2151e80d15860311c85db",
     "28a92fe20173b347a8bb324b5fab2667c9a8bbce6468d5b509a4cbddc186240ac912cf7006af8926de60"
     "6a2e74c0493caa57741e6c82451f54d3e068f5ccc49b4444124b9666ffb405aab564a3d01e67f6e91286"
     "7c8d20d9882707dc330b17b4e0dd57cb53bfaafa9ef5be76ae6c1b9b6c51e2d6502a47c883095c46c81e"
     "3be25f62427b585488bb3bf239213bf48eb8fe34c9a026cc8413934043974db03556633038392cecb51f"
     "94824e140b98637730a4be79a8f9dafa39bae81e1095849ea4c83467c92a3a17d997817c8a7ac61c3ff4"
     "14da37b7d66e949c0aec858f048224210fcc61f11c3a910b431ccbd104cccc8dc6d29d4a5d133be639a4"
     "c32bbff153e63aca3ac52f2e4709b8ae01844b142c1ee89d075d64f69a399feb04e656fe3675a6f8f412"
     "078f3d0b58da15311c1a9f8e53b3cd6bb5572c294904b726d0be337e2e21977da26dd6e33270251c2ca2"
     "9dfcc70227f0755f84cfda9ac4b8dd5f84f1d1eb36ba45cddc70444d8c213e4bd8f63b8ab95a2d0b4180"
     "dc91283dc063acfb92d6a4e407cde7c8c69689f77a007441d4a6a8384b666502d9b77fc68b5b43cc607e"
     "60a146223e110fcb43bc3c942ef981930cdc4a1d310c0b64d5e55d308d863251ab90502c3e46cc599e88"
     "6a927cda963b9eb16ce62603b68529ee98f9f5206419e03fb458ec4bd9454aa8f6ba777573cc54b32889"
     "5b1df25ead9fb4cd5198ee022b2b81f388d281d5e5bc580107ca01a50665c32b552715f335fd76264fad"
     "00ddd5ae45b94832ac79ce7c511d194bc42b70efa850bb15c2012c5215cabfe97ce66b8d8734d0ee759a"
     "638af013",
     "4b0af668cf60a358233f93b7341fca7e7f02a8c2ba0d89b53e0549828cca27e966b301a48fece2fca5cf"
     "4d33f4a11ea877ba4aa57390733002000000fe000100c71caeb9c6b1c9048e6c522f70f13f73980d4023"
     "8e3e21c14934d037563d930f48198a0aa7c14058229493d22530f4dbfa336f6e0ac925139543aed44cce"
     "7c3720fd51f69458705ac68cd4fe6b6b13abdc9746512969328454f18faf8c595f642477fe96bb2a941d"
     "5bcd1d4ac8cc49880708fa9b378e3c4f3a9060bee67cf9a4a4a695811051907e162753b56b0f6b410dba"
     "74d8a84b2a14b3144e0ef1284754fd17ed950d5965b4b9dd46582db1178d169c6bc465b0d6ff9ca3928f"
     "ef5b9ae4e418fc15e83ebea0f87fa9ff5eed70050ded2849f47bf959d956850ce929851f0d8115f635b1"
     "05ee2e4e15d04b2454bf6f4fadf034b10403119cd8e3b92fcc5bfe000100262aaba621cc4df587dc94cf"
     "8252258c0b9337dfb47545a49cdd5c9b8eae7236c6cadc40b24e88590f1cc2cc762ebf1cf11dcc0b393c"
     "aad6cee4ee5848001c73acbb1d127e4cb93072aa3d1c8151b6fb6aa6124b7cd782eaf981bdcfce9d7a00"
     "e423bd9d194e8af78ef6501f415522e44522281c79d906ddb79c72e9c63d83fb2a940ff779dfb5f2fd78"
     "6fb4ad71c9f08cf48758e534e9815f634f1e3a80a5e1c2af210c5ab762755ad4b2126dfa61a77fa9da96"
     "7d65dfd0afb5cdf26c4d4e1a88b180f4e0d0b45ba1484f95cb2712b50bf3f5968d9d55c99c0fb9fb67bf"
     "f56d7d4481b634514fba3488c4cda2fc0659990e8e868b28632875a9aa703bcdce8fcb7ae55199e2dddd"
     "536648d8"},
};

/// What the server proves at the end of a key exchange.
struct nonce_hash {
  std::string_view auth_key;
  std::string_view new_nonce;
  int number;
  std::string_view hash;
};

inline constexpr nonce_hash nonce_hash_all[] = {
    {counting_auth_key, "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f", 1,
     "c2ced2b33e593a55d27f4a5dabee7c67"},
    {counting_auth_key, "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f", 2,
     "f4318e85bd2ff3be84d9fefce3dce39f"},
    {counting_auth_key, "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f", 3,
     "4bf9d7b37db413ee431d28517631cb3d"},
};

/// A key with its two short names.
struct key_names {
  std::string_view auth_key;
  std::string_view id;
  std::string_view aux_hash;
};

inline constexpr key_names key_names_all[] = {
    {counting_auth_key, "32d1586ea457dfc8", "4916d6bdb7f78e68"},
    {leading_zero_auth_key, "4e668d7059653c9d", "2faf21bcf812c8a5"},
};

}  // namespace mtp::test::vectors
