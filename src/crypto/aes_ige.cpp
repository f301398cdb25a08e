// SPDX-License-Identifier: MIT OR Apache-2.0
// IGE: y[i] = E(x[i] ^ y[i-1]) ^ x[i-1], where the vector holds y[0], then x[0].
//
// OpenSSL has no fast IGE, so both ways stand on modes that are. This file is the one place to put
// kernels of our own behind the two functions.
#include <mtp/crypto/aes.hpp>

#include "openssl.hpp"

#include <mtp/crypto/wipe.hpp>

#include <algorithm>
#include <cassert>
#include <cstring>

namespace mtp::crypto {
namespace {

constexpr std::size_t chunk_size = 4096;

/// Sixteen bytes as two words, for xor.
struct block {
  std::uint64_t low = 0;
  std::uint64_t high = 0;

  static block load(std::uint8_t const* from) {
    block b;
    std::memcpy(&b, from, aes_block);
    return b;
  }
  void store(std::uint8_t* to) const { std::memcpy(to, this, aes_block); }
  friend block operator^(block a, block b) { return {a.low ^ b.low, a.high ^ b.high}; }
};

EVP_CIPHER const* fetch(char const* name) {
  return ossl::check_new(EVP_CIPHER_fetch(nullptr, name, nullptr));
}

ossl::cipher_context start(EVP_CIPHER const* algorithm, int256 const& key, std::uint8_t const* iv,
                           bool encrypt) {
  auto context = ossl::check_new(ossl::cipher_context(EVP_CIPHER_CTX_new()));
  ossl::check(EVP_CipherInit_ex2(context.get(), algorithm, key.data(), iv, encrypt, nullptr));
  ossl::check(EVP_CIPHER_CTX_set_padding(context.get(), 0));
  return context;
}

void update(EVP_CIPHER_CTX* context, std::uint8_t* data, std::size_t size) {
  int written = 0;
  ossl::check(EVP_CipherUpdate(context, data, &written, data, static_cast<int>(size)));
}

/// Encrypts by CBC. With c[i] = y[i] ^ x[i-1] the rule reads c[i] = E(x[i] ^ x[i-2] ^ c[i-1]),
/// where x[-1] is zero and c[0] is y[0]: CBC of the plain text mixed with itself two blocks later.
class cbc_encryptor {
 public:
  cbc_encryptor(int256 const& key, int256 const& iv) : last_(block::load(iv.data() + aes_block)) {
    static auto const algorithm = fetch("AES-256-CBC");
    context_ = start(algorithm, key, iv.data(), true);
  }
  ~cbc_encryptor() { wipe(mixed_); }

  /// At most chunk_size bytes.
  void step(std::uint8_t const* plain, std::uint8_t* cipher, std::size_t size) {
    block before = before_last_;
    block last = last_;
    for (std::size_t at = 0; at < size; at += aes_block) {
      block const x = block::load(plain + at);
      (x ^ before).store(mixed_.data() + at);
      before = last;
      last = x;
    }
    update(context_.get(), mixed_.data(), size);
    finish(plain, cipher, size);
    before_last_ = before;
    last_ = last;
  }

  /// The last block of plain text.
  block last() const { return last_; }

 private:
  void finish(std::uint8_t const* plain, std::uint8_t* cipher, std::size_t size) {
    block previous = last_;
    for (std::size_t at = 0; at < size; at += aes_block) {
      block const x = block::load(plain + at);  // before it is overwritten in place
      (block::load(mixed_.data() + at) ^ previous).store(cipher + at);
      previous = x;
    }
  }

  ossl::cipher_context context_;
  block before_last_;
  block last_;
  std::array<std::uint8_t, chunk_size> mixed_;
};

}  // namespace

void ige_encrypt(int256 const& key, int256& iv, bytes_view plain, mutable_bytes cipher) {
  assert(plain.size() == cipher.size() && plain.size() % aes_block == 0);
  if (plain.empty()) return;
  cbc_encryptor encryptor(key, iv);
  for (std::size_t at = 0; at < plain.size(); at += chunk_size) {
    encryptor.step(plain.data() + at, cipher.data() + at, std::min(chunk_size, plain.size() - at));
  }
  std::copy_n(cipher.end() - aes_block, aes_block, iv.begin());
  encryptor.last().store(iv.data() + aes_block);
}

void ige_decrypt(int256 const& key, int256& iv, bytes_view cipher, mutable_bytes plain) {
  assert(plain.size() == cipher.size() && plain.size() % aes_block == 0);
  static auto const algorithm = fetch("AES-256-ECB");
  auto context = start(algorithm, key, nullptr, false);
  block y = block::load(iv.data());
  block x = block::load(iv.data() + aes_block);
  std::array<std::uint8_t, aes_block> work;
  for (std::size_t at = 0; at < cipher.size(); at += aes_block) {
    block const next = block::load(cipher.data() + at);
    (next ^ x).store(work.data());
    update(context.get(), work.data(), aes_block);
    x = block::load(work.data()) ^ y;
    x.store(plain.data() + at);
    y = next;
  }
  y.store(iv.data());
  x.store(iv.data() + aes_block);
}

}  // namespace mtp::crypto
