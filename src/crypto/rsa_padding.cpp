// SPDX-License-Identifier: MIT OR Apache-2.0
// RSA_PAD as described at core.telegram.org/mtproto/auth_key, section 4.1, and what stood before
// it.
#include <mtp/crypto/rsa_padding.hpp>

#include <mtp/crypto/aes.hpp>
#include <mtp/crypto/hash.hpp>
#include <mtp/crypto/wipe.hpp>

#include <algorithm>
#include <cassert>

namespace mtp::MTP_ABI::crypto {
namespace {

constexpr std::size_t padded_size = 192;
constexpr std::size_t body_size = padded_size + 32;

using padded_data = wiped_bytes<padded_size>;

wiped_bytes<32> mixed(int256 const& key, bytes_view encrypted_body) {
  wiped_bytes<32> out(sha256(encrypted_body));
  for (std::size_t i = 0; i < out.size(); ++i) out[i] ^= key[i];
  return out;
}

/// The number that RSA encrypts; perhaps not below the modulus.
wiped_bytes<256> locked(padded_data const& padded, int256 const& key) {
  wiped_bytes<body_size> body;
  std::ranges::reverse_copy(padded, body.begin());
  std::ranges::copy(sha256({key, padded}), body.begin() + padded_size);
  wiped_bytes<256> out;
  mutable_bytes const encrypted = mutable_bytes(out).subspan(32);
  int256 iv = {};
  ige_encrypt(key, iv, body, encrypted);
  std::ranges::copy(mixed(key, encrypted), out.begin());
  return out;
}

}  // namespace

rsa_block rsa_pad_encrypt(rsa_public_key const& key, bytes_view data, random_source& random) {
  assert(data.size() <= max_rsa_pad);
  padded_data padded;
  std::ranges::copy(data, padded.begin());
  random.fill(mutable_bytes(padded).subspan(data.size()));
  for (;;) {
    wiped_bytes<32> temporary;
    random.fill(temporary);
    if (auto out = key.encrypt(locked(padded, temporary))) return *out;
  }
}

rsa_block rsa_legacy_encrypt(rsa_public_key const& key, bytes_view data, random_source& random) {
  assert(data.size() <= max_rsa_legacy);
  wiped_bytes<256> padded;
  std::ranges::copy(sha1(data), padded.begin() + 1);
  std::ranges::copy(data, padded.begin() + 21);
  random.fill(mutable_bytes(padded).subspan(21 + data.size()));
  auto out = key.encrypt(padded);
  assert(out && "a number with a leading zero byte is below any modulus of 2048 bits");
  return *out;
}

std::optional<std::array<std::uint8_t, 192>> rsa_pad_open(rsa_block const& decrypted) {
  bytes_view const encrypted = bytes_view(decrypted).subspan(32);
  wiped_bytes<32> key;
  std::copy_n(decrypted.begin(), key.size(), key.begin());
  key = mixed(key, encrypted);
  wiped_bytes<body_size> body;
  int256 iv = {};
  ige_decrypt(key, iv, encrypted, body);
  std::array<std::uint8_t, padded_size> out;
  std::reverse_copy(body.begin(), body.begin() + padded_size, out.begin());
  if (!constant_time_equal(sha256({key, out}), bytes_view(body).subspan(padded_size)))
    return std::nullopt;
  return out;
}

std::optional<rsa_legacy_content> rsa_legacy_open(rsa_block const& decrypted) {
  if (decrypted[0] != 0) return std::nullopt;
  rsa_legacy_content out;
  std::copy_n(decrypted.begin() + 1, out.hash.size(), out.hash.begin());
  std::copy_n(decrypted.begin() + 21, out.data_and_padding.size(), out.data_and_padding.begin());
  return out;
}

}  // namespace mtp::MTP_ABI::crypto
