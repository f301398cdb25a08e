// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/crypto/hash.hpp>

#include "openssl.hpp"
#include "sha256.hpp"

#include <openssl/hmac.h>
#include <zlib.h>

#include <algorithm>

namespace mtp::MTP_ABI::crypto {
namespace {

// Fetched once: looking an algorithm up costs more than hashing a small packet. Never freed, so
// that it outlives every other static object.
EVP_MD const* fetch(char const* name) {
  return ossl::check_new(EVP_MD_fetch(nullptr, name, nullptr));
}

template <class Digest>
Digest digest(EVP_MD const* algorithm, std::initializer_list<bytes_view> parts) {
  // Each thread keeps one for each digest: making one costs more than hashing a small packet.
  thread_local auto const context = ossl::check_new(ossl::digest_context(EVP_MD_CTX_new()));
  Digest out;
  ossl::check(EVP_DigestInit_ex2(context.get(), algorithm, nullptr));
  for (bytes_view part : parts)
    ossl::check(EVP_DigestUpdate(context.get(), part.data(), part.size()));
  ossl::check(EVP_DigestFinal_ex(context.get(), out.data(), nullptr));
  return out;
}

template <class Digest>
Digest hmac(char const* algorithm, bytes_view key, bytes_view data) {
  Digest out;
  std::size_t written = 0;
  ossl::check_new(EVP_Q_mac(nullptr, "HMAC", nullptr, algorithm, nullptr, key.data(), key.size(),
                            data.data(), data.size(), out.data(), out.size(), &written));
  return out;
}

}  // namespace

md5_digest md5(bytes_view data) {
  static auto const algorithm = fetch("MD5");
  return digest<md5_digest>(algorithm, {data});
}

sha1_digest sha1(std::initializer_list<bytes_view> parts) {
  static auto const algorithm = fetch("SHA1");
  return digest<sha1_digest>(algorithm, parts);
}

sha256_digest sha256(std::initializer_list<bytes_view> parts) {
  return sha256_of({}, {parts.begin(), parts.size()});
}

sha512_digest sha512(std::initializer_list<bytes_view> parts) {
  static auto const algorithm = fetch("SHA512");
  return digest<sha512_digest>(algorithm, parts);
}

sha1_digest sha1(bytes_view data) { return sha1({data}); }
sha256_digest sha256(bytes_view data) { return sha256_of(data, {}); }
sha512_digest sha512(bytes_view data) { return sha512({data}); }

sha256_digest hmac_sha256(bytes_view key, bytes_view data) {
  return hmac<sha256_digest>("SHA256", key, data);
}

sha512_digest hmac_sha512(bytes_view key, bytes_view data) {
  return hmac<sha512_digest>("SHA512", key, data);
}

sha512_digest pbkdf2_sha512(bytes_view password, bytes_view salt, unsigned iterations) {
  sha512_digest out;
  ossl::check(PKCS5_PBKDF2_HMAC(as_text(password).data(), static_cast<int>(password.size()),
                                salt.data(), static_cast<int>(salt.size()),
                                static_cast<int>(iterations), EVP_sha512(),
                                static_cast<int>(out.size()), out.data()));
  return out;
}

std::uint32_t crc32(bytes_view data, std::uint32_t so_far) {
  if (data.empty()) return so_far;  // zlib takes a null pointer for a wish to start anew
  return static_cast<std::uint32_t>(::crc32_z(so_far, data.data(), data.size()));
}

}  // namespace mtp::MTP_ABI::crypto
