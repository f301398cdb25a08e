// SPDX-License-Identifier: MIT OR Apache-2.0
#include <support/vectors/hash.hpp>

#include <mtp/crypto/hash.hpp>
#include <mtp/crypto/wipe.hpp>
#include <support/catch.hpp>
#include <support/hex.hpp>

using namespace mtp;
using namespace mtp::test;

namespace {

std::string compute(vectors::hash const& v) {
  bytes const input = from_hex(v.input);
  bytes const key = from_hex(v.key);
  if (v.algorithm == "md5") return to_hex(crypto::md5(input));
  if (v.algorithm == "sha1") return to_hex(crypto::sha1(input));
  if (v.algorithm == "sha256") return to_hex(crypto::sha256(input));
  if (v.algorithm == "sha512") return to_hex(crypto::sha512(input));
  if (v.algorithm == "hmac-sha256") return to_hex(crypto::hmac_sha256(key, input));
  if (v.algorithm == "pbkdf2-hmac-sha512")
    return to_hex(crypto::pbkdf2_sha512(key, from_hex(v.salt), v.iterations));
  return "unknown algorithm";
}

}  // namespace

TEST_CASE("hashes give the published digests", "[crypto][hash]") {
  for (auto const& v : vectors::hash_all) {
    CAPTURE(v.algorithm, v.input);
    CHECK(compute(v) == v.output);
  }
}

TEST_CASE("hmac_sha512 gives the digest of RFC 4231, case 2", "[crypto][hash]") {
  CHECK(to_hex(crypto::hmac_sha512(as_bytes("Jefe"), as_bytes("what do ya want for nothing?"))) ==
        "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
        "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737");
}

TEST_CASE("a hash of parts is the hash of them in a row", "[crypto][hash]") {
  CHECK(crypto::sha1({as_bytes("a"), bytes_view{}, as_bytes("bc")}) ==
        crypto::sha1(as_bytes("abc")));
  CHECK(crypto::sha256({as_bytes("ab"), as_bytes("c")}) == crypto::sha256(as_bytes("abc")));
  CHECK(crypto::sha512({as_bytes("abc")}) == crypto::sha512(as_bytes("abc")));
}

TEST_CASE("crc32 agrees with the check value and goes on where it stopped", "[crypto][hash]") {
  CHECK(crypto::crc32(as_bytes("123456789")) == 0xcbf43926);
  CHECK(crypto::crc32(as_bytes("6789"), crypto::crc32(as_bytes("12345"))) == 0xcbf43926);
  CHECK(crypto::crc32({}, 0x12345678) == 0x12345678);
}

TEST_CASE("constant_time_equal compares whole spans", "[crypto]") {
  CHECK(crypto::constant_time_equal(as_bytes("abc"), as_bytes("abc")));
  CHECK(crypto::constant_time_equal({}, {}));
  CHECK_FALSE(crypto::constant_time_equal(as_bytes("abc"), as_bytes("abd")));
  CHECK_FALSE(crypto::constant_time_equal(as_bytes("abc"), as_bytes("ab")));
}

TEST_CASE("wipe leaves zeros", "[crypto]") {
  bytes data = {1, 2, 3};
  crypto::wipe(data);
  CHECK(data == bytes(3, 0));
}
