// SPDX-License-Identifier: MIT OR Apache-2.0
#include <support/vectors/aes.hpp>

#include <mtp/crypto/aes.hpp>
#include <mtp/crypto/hash.hpp>
#include <support/catch.hpp>
#include <support/hex.hpp>
#include <support/seeded_random.hpp>

using namespace mtp;
using namespace mtp::test;

namespace {

bytes encrypted(int256 const& key, int256 iv, bytes data) {
  crypto::ige_encrypt(key, iv, data, data);
  return data;
}

bytes decrypted(int256 const& key, int256 iv, bytes data) {
  crypto::ige_decrypt(key, iv, data, data);
  return data;
}

/// The generator of tdlib's test: seed is the length, each byte the bits 23 to 30 of the next
/// state.
class lcg {
 public:
  explicit lcg(std::uint32_t seed) : state_(seed) {}
  void fill(mutable_bytes out) {
    for (auto& byte : out) {
      state_ = state_ * 123457567U + 987651241U;
      byte = static_cast<std::uint8_t>(state_ >> 23);
    }
  }

 private:
  std::uint32_t state_;
};

}  // namespace

TEST_CASE("IGE gives the known answers both ways", "[crypto][aes]") {
  for (auto const& v : vectors::ige_all) {
    CAPTURE(v.name);
    auto const key = array_from_hex<int256>(v.key);
    auto const iv = array_from_hex<int256>(v.iv);
    CHECK(to_hex(encrypted(key, iv, from_hex(v.plain))) == v.cipher);
    CHECK(to_hex(decrypted(key, iv, from_hex(v.cipher))) == v.plain);
  }
}

TEST_CASE("IGE gives tdlib's sums over generated data of all sizes", "[crypto][aes]") {
  for (auto const& v : vectors::ige_lcg_all) {
    CAPTURE(v.length);
    bytes plain(v.length);
    int256 key;
    int256 iv;
    lcg generator(v.length);
    generator.fill(plain);
    generator.fill(key);
    generator.fill(iv);
    CHECK(to_hex(key) == v.key);
    CHECK(to_hex(iv) == v.iv);
    bytes const cipher = encrypted(key, iv, plain);
    CHECK(crypto::crc32(cipher) == v.crc32_of_cipher);
    CHECK(decrypted(key, iv, cipher) == plain);
  }
}

TEST_CASE("IGE in pieces, into another buffer, is IGE of the whole in place", "[crypto][aes]") {
  seeded_random random(1);
  auto const key = random.make<int256>();
  auto const iv = random.make<int256>();
  for (std::size_t const size : {16U, 48U, 4096U, 4112U, 8192U, 12352U}) {
    CAPTURE(size);
    bytes plain(size);
    random.fill(plain);
    bytes const whole = encrypted(key, iv, plain);
    std::size_t const cut = size / 32 * 16;
    bytes out(size);
    int256 running = iv;
    for (auto [from, to] : {std::pair{std::size_t{0}, cut}, std::pair{cut, size}}) {
      crypto::ige_encrypt(key, running, bytes_view(plain).subspan(from, to - from),
                          mutable_bytes(out).subspan(from, to - from));
    }
    CHECK(out == whole);
    bytes back(size);
    running = iv;
    for (auto [from, to] : {std::pair{std::size_t{0}, cut}, std::pair{cut, size}}) {
      crypto::ige_decrypt(key, running, bytes_view(whole).subspan(from, to - from),
                          mutable_bytes(back).subspan(from, to - from));
    }
    CHECK(back == plain);
  }
}

TEST_CASE("a counter stream does not care how it is cut", "[crypto][aes]") {
  for (auto const& v : vectors::ctr_all) {
    crypto::ctr_stream stream(array_from_hex<int256>(v.key), array_from_hex<int128>(v.iv));
    bytes data = from_hex(v.plain);
    for (std::size_t at = 0; at < data.size(); at += v.piece) {
      stream.apply(
          mutable_bytes(data).subspan(at, std::min<std::size_t>(v.piece, data.size() - at)));
    }
    CHECK(to_hex(data) == v.cipher);
  }
}

TEST_CASE("a counter stream survives being moved", "[crypto][aes]") {
  auto const& v = vectors::ctr_all[0];
  crypto::ctr_stream first(array_from_hex<int256>(v.key), array_from_hex<int128>(v.iv));
  bytes data = from_hex(v.plain);
  first.apply(mutable_bytes(data).first(5));
  crypto::ctr_stream second = std::move(first);
  second.apply(mutable_bytes(data).subspan(5));
  CHECK(to_hex(data) == v.cipher);
}
