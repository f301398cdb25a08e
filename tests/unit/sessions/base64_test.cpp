// SPDX-License-Identifier: MIT OR Apache-2.0
#include "sessions/base64.hpp"

#include "support/catch.hpp"
#include "support/seeded_random.hpp"

#include <mtp/sessions/portable_errc.hpp>

using namespace mtp;
using sessions::alphabet;
using sessions::decode_base64;
using sessions::encode_base64;

namespace {

std::string encoded(std::string_view text, bool padded) {
  return encode_base64(as_bytes(text), alphabet::standard, padded).reveal();
}

std::string decoded(std::string_view text) {
  auto const raw = decode_base64(text, alphabet::standard);
  return raw ? std::string(as_text(raw->reveal())) : raw.error().message();
}

}  // namespace

TEST_CASE("base64 of the RFC", "[sessions][base64]") {
  // RFC 4648, section 10.
  std::string_view const plain[] = {"", "f", "fo", "foo", "foob", "fooba", "foobar"};
  std::string_view const padded[] = {"",         "Zg==",     "Zm8=",    "Zm9v",
                                     "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"};
  for (std::size_t i = 0; i < std::size(plain); ++i) {
    std::string const bare(padded[i].substr(0, padded[i].find('=')));
    CHECK(encoded(plain[i], true) == padded[i]);
    CHECK(encoded(plain[i], false) == bare);
    CHECK(decoded(padded[i]) == plain[i]);
    CHECK(decoded(bare) == plain[i]);
  }
}

TEST_CASE("each alphabet of base64 refuses the characters of the other", "[sessions][base64]") {
  bytes const data = {0xfb, 0xff};
  CHECK(encode_base64(data, alphabet::standard, true).reveal() == "+/8=");
  CHECK(encode_base64(data, alphabet::url, true, "1").reveal() == "1-_8=");
  CHECK(decode_base64("+/8=", alphabet::url).error() == portable_errc::wrong_format);
  CHECK(decode_base64("-_8=", alphabet::standard).error() == portable_errc::wrong_format);
  CHECK(decode_base64("-_8=", alphabet::url)->reveal() == data);
}

TEST_CASE("what is no base64 is refused", "[sessions][base64]") {
  for (char const* text : {"Z", "Zm9vY", "Zg=", "Zg===", "Z===", "====", "Zm 9v", "Zm9v\n"})
    CHECK(!decode_base64(text, alphabet::standard));
}

TEST_CASE("bytes of every length survive base64", "[sessions][base64]") {
  test::seeded_random random(3);
  for (std::size_t size = 0; size < 300; ++size) {
    bytes data(size);
    random.fill(data);
    for (bool padded : {false, true}) {
      auto const text = encode_base64(data, alphabet::url, padded);
      CHECK(decode_base64(text.reveal(), alphabet::url)->reveal() == data);
    }
  }
}
