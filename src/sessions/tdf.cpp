// SPDX-License-Identifier: MIT OR Apache-2.0
#include "sessions/tdf.hpp"

#include "sessions/reading.hpp"
#include "sessions/secret_writer.hpp"

#include <mtp/crypto/aes.hpp>
#include <mtp/crypto/hash.hpp>
#include <mtp/crypto/key_derivation.hpp>

#include <openssl/evp.h>

#include <algorithm>
#include <new>
#include <string>

namespace mtp::MTP_ABI::sessions {
namespace {

constexpr std::string_view mark = "TDF$";
constexpr std::size_t header_size = 4 + 4;
constexpr std::size_t checksum_size = 16;
/// Of the program that writes; older ones than this do not read the file, and none needs to change
/// it.
constexpr std::int32_t written_version = 5'008'003;

crypto::md5_digest checksum(bytes_view content, bytes_view version) {
  secret_writer all;
  all.raw(content).little(static_cast<std::uint32_t>(content.size())).raw(version);
  all.raw(as_bytes(mark));
  return crypto::md5(all.take().reveal());
}

/// Decrypts or encrypts, as `apply` does.
template <class Apply>
secret<bytes> crypt(Apply apply, bytes_view from, bytes_view hash, crypto::auth_key const& key) {
  int128 message_key;
  std::ranges::copy(hash.first(message_key.size()), message_key.begin());
  auto derived = crypto::derive_key_v1(key, message_key, crypto::direction::to_client);
  bytes to(from.size());
  apply(derived.key, derived.iv, from, to);
  return secret<bytes>(std::move(to));
}

}  // namespace

result<bytes_view> open_tdf(bytes_view file) {
  if (file.size() < mark.size()) return failed(portable_errc::cut_short);
  if (as_text(file.first(mark.size())) != mark) return failed(portable_errc::wrong_format);
  if (file.size() < header_size + checksum_size) return failed(portable_errc::cut_short);
  auto const content = file.subspan(header_size, file.size() - header_size - checksum_size);
  auto const version = file.subspan(mark.size(), header_size - mark.size());
  if (!std::ranges::equal(checksum(content, version), file.last(checksum_size)))
    return failed(portable_errc::bad_checksum);
  return content;
}

secret<bytes> make_tdf(bytes_view content) {
  std::uint8_t version[4];
  store_le(version, written_version);
  secret_writer out;
  out.raw(as_bytes(mark)).raw(version).raw(content).raw(checksum(content, version));
  return out.take();
}

result<secret<bytes>> decrypt_local(bytes_view data, crypto::auth_key const& key) {
  constexpr std::size_t hash_size = 16;
  if (data.size() <= hash_size || data.size() % crypto::aes_block != 0)
    return failed(portable_errc::bad_value);
  auto const hash = data.first(hash_size);
  auto const plain = crypt(crypto::ige_decrypt, data.subspan(hash_size), hash, key);
  bytes_view const all = plain.reveal();
  if (!std::ranges::equal(bytes_view(crypto::sha1(all)).first(hash_size), hash))
    return failed(portable_errc::bad_checksum);
  std::size_t const size = load_le<std::uint32_t>(all.data());
  bool const possible = size >= 4 && size <= all.size() && size + crypto::aes_block > all.size();
  if (!possible) return failed(portable_errc::bad_value);
  return copied(all.subspan(4, size - 4));
}

secret<bytes> encrypt_local(bytes_view plain, crypto::auth_key const& key, random_source& random) {
  secret_writer padded;
  padded.little(static_cast<std::uint32_t>(plain.size() + 4)).raw(plain);
  bytes padding((crypto::aes_block - padded.size() % crypto::aes_block) % crypto::aes_block);
  random.fill(padding);
  auto const whole = padded.raw(padding).take();
  auto const hash = crypto::sha1(whole.reveal());
  auto const hidden = crypt(crypto::ige_encrypt, whole.reveal(), hash, key);
  secret_writer out;
  return out.raw(bytes_view(hash).first(16)).raw(hidden.reveal()).take();
}

crypto::auth_key passcode_key(std::string_view passcode, bytes_view salt) {
  constexpr int strong = 100'000;
  crypto::wiped_bytes<64> const hash = crypto::sha512({salt, as_bytes(passcode), salt});
  crypto::wiped_bytes<crypto::auth_key::size> out;
  if (PKCS5_PBKDF2_HMAC(reinterpret_cast<char const*>(hash.data()), static_cast<int>(hash.size()),
                        salt.data(), static_cast<int>(salt.size()), passcode.empty() ? 1 : strong,
                        EVP_sha512(), static_cast<int>(out.size()), out.data()) != 1)
    throw std::bad_alloc();
  return crypto::auth_key(out);
}

std::string account_file(int index) {
  std::string const name = index == 0 ? "data" : "data#" + std::to_string(index + 1);
  auto const hash = crypto::md5(as_bytes(name));
  constexpr char digits[] = "0123456789ABCDEF";
  std::string out;
  for (std::uint8_t byte : bytes_view(hash).first(8)) {
    out += digits[byte & 15];
    out += digits[byte >> 4];
  }
  return out;
}

}  // namespace mtp::MTP_ABI::sessions
