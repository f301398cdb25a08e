// SPDX-License-Identifier: MIT OR Apache-2.0
// IGE: y[i] = E(x[i] ^ y[i-1]) ^ x[i-1]. OpenSSL has no fast IGE, so both ways stand on modes that
// are. Each thread keeps its two contexts, because making one costs more than a small message.
#include "ige_portable.hpp"

#include "openssl.hpp"

#include <algorithm>
#include <cstring>

namespace mtp::MTP_ABI::crypto::portable {
namespace {

constexpr std::size_t chunk_size = 4096;
constexpr int256 no_key = {};

/// Sixteen bytes as two words, for xor.
struct block_words {
  std::uint64_t low = 0;
  std::uint64_t high = 0;

  static block_words load(std::uint8_t const* from) {
    block_words b;
    std::memcpy(&b, from, aes_block);
    return b;
  }
  void store(std::uint8_t* to) const { std::memcpy(to, this, aes_block); }
  friend block_words operator^(block_words a, block_words b) {
    return {a.low ^ b.low, a.high ^ b.high};
  }
};

ossl::cipher_context make(char const* name, bool encrypt) {
  auto* const algorithm = ossl::check_new(EVP_CIPHER_fetch(nullptr, name, nullptr));
  auto context = ossl::check_new(ossl::cipher_context(EVP_CIPHER_CTX_new()));
  int const made =
      EVP_CipherInit_ex2(context.get(), algorithm, no_key.data(), no_key.data(), encrypt, nullptr);
  EVP_CIPHER_free(algorithm);  // the context has its own share
  ossl::check(made);
  ossl::check(EVP_CIPHER_CTX_set_padding(context.get(), 0));
  return context;
}

/// A context with a key, which forgets the key in the end.
class keyed {
 public:
  keyed(EVP_CIPHER_CTX* context, int256 const& key, std::uint8_t const* iv) : context_(context) {
    ossl::check(EVP_CipherInit_ex2(context_, nullptr, key.data(), iv, -1, nullptr));
  }
  keyed(keyed const&) = delete;
  keyed& operator=(keyed const&) = delete;
  ~keyed() { EVP_CipherInit_ex2(context_, nullptr, no_key.data(), no_key.data(), -1, nullptr); }

  void update(std::uint8_t* data, std::size_t size) {
    int written = 0;
    ossl::check(EVP_CipherUpdate(context_, data, &written, data, static_cast<int>(size)));
  }

 private:
  EVP_CIPHER_CTX* context_;
};

EVP_CIPHER_CTX* cbc_of_this_thread() {
  thread_local auto const context = make("AES-256-CBC", true);
  return context.get();
}

EVP_CIPHER_CTX* ecb_of_this_thread() {
  thread_local auto const context = make("AES-256-ECB", false);
  return context.get();
}

/// Encrypts by CBC. With c[i] = y[i] ^ x[i-1] the rule reads c[i] = E(x[i] ^ x[i-2] ^ c[i-1]),
/// where x[-1] is zero and c[0] is y[0]: CBC of the plain text mixed with itself two blocks later.
class cbc_encryptor {
 public:
  cbc_encryptor(int256 const& key, ige_feedback const& at)
      : cipher_(cbc_of_this_thread(), key, at.feedback.data()),
        last_(block_words::load(at.other.data())) {}
  ~cbc_encryptor() { wipe(mixed_); }

  /// At most chunk_size bytes.
  void step(std::uint8_t const* plain, std::uint8_t* cipher, std::size_t size) {
    block_words before = before_last_;
    block_words last = last_;
    for (std::size_t at = 0; at < size; at += aes_block) {
      block_words const x = block_words::load(plain + at);
      (x ^ before).store(mixed_.data() + at);
      before = last;
      last = x;
    }
    cipher_.update(mixed_.data(), size);
    finish(plain, cipher, size);
    before_last_ = before;
    last_ = last;
  }

  /// The last block of plain text.
  block_words last() const { return last_; }

 private:
  void finish(std::uint8_t const* plain, std::uint8_t* cipher, std::size_t size) {
    block_words previous = last_;
    for (std::size_t at = 0; at < size; at += aes_block) {
      block_words const x = block_words::load(plain + at);  // before it is overwritten in place
      (block_words::load(mixed_.data() + at) ^ previous).store(cipher + at);
      previous = x;
    }
  }

  keyed cipher_;
  block_words before_last_;
  block_words last_;
  std::array<std::uint8_t, chunk_size> mixed_;
};

}  // namespace

void ige_encrypt(int256 const& key, ige_feedback& at, std::uint8_t const* from, std::uint8_t* to,
                 std::size_t blocks) {
  if (blocks == 0) return;
  std::size_t const size = blocks * aes_block;
  cbc_encryptor encryptor(key, at);
  for (std::size_t done = 0; done < size; done += chunk_size)
    encryptor.step(from + done, to + done, std::min(chunk_size, size - done));
  std::memcpy(at.feedback.data(), to + size - aes_block, aes_block);
  encryptor.last().store(at.other.data());
}

void ige_decrypt(int256 const& key, ige_feedback& at, std::uint8_t const* from, std::uint8_t* to,
                 std::size_t blocks) {
  keyed cipher(ecb_of_this_thread(), key, nullptr);
  block_words x = block_words::load(at.feedback.data());
  block_words y = block_words::load(at.other.data());
  int128 work;
  for (; blocks != 0; --blocks, from += aes_block, to += aes_block) {
    block_words const next = block_words::load(from);
    (next ^ x).store(work.data());
    cipher.update(work.data(), aes_block);
    x = block_words::load(work.data()) ^ y;
    x.store(to);
    y = next;
  }
  x.store(at.feedback.data());
  y.store(at.other.data());
}

}  // namespace mtp::MTP_ABI::crypto::portable
