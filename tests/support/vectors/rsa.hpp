// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

// Known answers for RSA: keys of Telegram with their fingerprints (mtcute, rsa-keys.txt), RSA_PAD
// of grammers (grammers-crypto/src/rsa.rs).

#include "shared_keys.hpp"

#include <cstdint>
#include <string_view>

namespace mtp::test::vectors {

/// A key by its modulus; `wire` is the fingerprint as it is sent.
struct rsa_fingerprint {
  std::string_view modulus;
  std::string_view wire;
  std::int64_t value;
};

inline constexpr rsa_fingerprint rsa_fingerprint_all[] = {
    {production_modulus, "85fd64de851d9dd0", -3414540481677951611},
    {test_modulus, "03268d20df9858b2", -5595554452916591101},
    {"c150023e2f70db7985ded064759cfecf0af328e69a41daf4d6f01b538135a6f91f8f8b2a0ec9ba9720ce"
     "352efcf6c5680ffc424bd634864902de0b4bd6d49f4e580230e3ae97d95c8b19442b3c0a10d8f5633fec"
     "edd6926a7f6dab0ddb7d457f9ea81b8465fcd6fffeed114011df91c059caedaf97625f6c96ecc7472555"
     "6934ef781d866b34f011fce4d835a090196e9a5f0e4449af7eb697ddb9076494ca5f81104a305b6dd276"
     "65722c46b60e5df680fb16b210607ef217652e60236c255f6a28315f4083a96791d7214bf64c1df4fd0d"
     "b1944fb26a2a57031b32eee64ad15a8ba68885cde74a5bfc920f6abf59ba5c75506373e7130f9042da92"
     "2179251f",
     "216be86c022bb4c3", -4344800451088585951},
    {"cabfb5f117b1da886d572f2cae818f0705c3dc33a82824a98c3a98a17802a81ee2a259f87830857ce054"
     "95f5d412f33f7e7282a45e3a56401fb656f856e3c3790492fd9c596041aa1dacb096ba159d71c88e0aa8"
     "c6201dd7ddb1446adeb9721a50a9a4c2533d2480fd592da352c4e9cd0f752fc3043cb27fe33ac1c19b9a"
     "f16e5f102c020a1d9cf46e48cf3066fa8b4c4bf60ac26475a25cd10b2124c801235d6a8123d16dbf9786"
     "f26d15901cce1bae7958861dc95d077c32bf35672f1aa6b4c3f9eb88c0fa9838ca3abc9a9b0d0e3fd42e"
     "62030dd02f71316f72f1298fe21f763805a87536206358590b176fe9cb395275bdf8f5af4be5886e487e"
     "19a598c7",
     "1577475111703a6f", 8014841706539611925},
};

/// The first temporary key makes a number above the modulus, the second is taken.
struct rsa_pad {
  std::string_view modulus;
  std::string_view data;
  std::string_view padding;
  std::string_view first_key;
  std::string_view second_key;
  std::string_view encrypted;
};

inline constexpr rsa_pad rsa_pad_all[] = {
    {test_modulus,
     "955ff5a9081a8e635f5743de9b00000004453dc27100000004622f1fcb000000f7a81627bbf511fa4afe"
     "f71e94a0937474586c1add9198dda81a5df8393871c8293623c5fb968894af1be7dfe9c7be813f930778"
     "9242fd0cb0c16a5cb39a8d3e",
     "12270000635593b03fee033d0672f9afddf9124de9e77df6251806cba93482e4c9e6e06e7d44e4c4baae"
     "821aff91af44789689faaee9bdfc7b2df8c08709afe57396c4638ceaa0dc30114f82447e81d3b53edc42"
     "3b32660c43a5b8ad057b6450",
     "7dada0920c4973913229e0f881aec7b9db0c392d34f52fb0995ea493ecb4c09d",
     "7dada0920c4973913229e0f881aec7b9db0c392d34f52fb0995ea493ecb4c09e",
     "b610642a828b4a61fe32931815cae318d311660580f1e0df768f3140f4d37dfcfcac0c2870318de4ff2d"
     "2e0e9669bcfdc0bad06cadb1b59d9726b427368a9c7b4fc0d5e7b2e99fc571968705c03acf5341fd7021"
     "bef653fa77b3776ae430e366fc46d232459ebe128b08d80e049ae579a48b56ca93b520709468587c81af"
     "96666046e9ea85091d729e921e8d8a36f57b27644052dae7387c7f4131701d59cda75251dac66c942762"
     "80ef950d3c44c21e5a2454f7da7a6818cf23ae9c490b72b2170d7cbc24f8a93db739d76f2d241c78b801"
     "23faaff3e664f074d6375d794dbf2800a0b5bb48d54eceafedfb355bfbebd287d9023264e3b536278882"
     "50787a9e"},
};

}  // namespace mtp::test::vectors
