// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/crypto/message_cipher.hpp>

#include <mtp/crypto/aes.hpp>
#include <mtp/crypto/hash.hpp>

#include <algorithm>
#include <cassert>

namespace mtp::crypto {
namespace {

sha256_digest message_key_large(auth_key const& key, bytes_view padded_plain, direction way) {
  auto const x = static_cast<std::size_t>(way);
  return sha256({bytes_view(key.data()).subspan(88 + x, 32), padded_plain});
}

int128 middle(sha256_digest const& large) {
  int128 out;
  std::copy_n(large.begin() + 8, out.size(), out.begin());
  return out;
}

}  // namespace

int128 message_key(auth_key const& key, bytes_view padded_plain, direction way) {
  return middle(message_key_large(key, padded_plain, way));
}

int128 message_key_v1(bytes_view plain) {
  auto const digest = sha1(plain);
  int128 out;
  std::copy_n(digest.begin() + 4, out.size(), out.begin());
  return out;
}

std::uint32_t quick_ack_token(auth_key const& key, bytes_view padded_plain) {
  auto const large = message_key_large(key, padded_plain, direction::to_server);
  return load_le<std::uint32_t>(large.data()) | 0x80000000U;
}

void seal_in_place(auth_key const& key, direction way, mutable_bytes packet) {
  assert(!key.is_empty() && packet.size() >= packet_header);
  mutable_bytes const text = packet.subspan(packet_header);
  int128 const mk = message_key(key, text, way);
  auto derived = derive_key(key, mk, way);
  ige_encrypt(derived.key, derived.iv, text, text);
  store_le(packet.data(), key.id());
  std::copy(mk.begin(), mk.end(), packet.begin() + 8);
}

bytes seal(auth_key const& key, direction way, bytes_view padded_plain) {
  bytes packet(packet_header + padded_plain.size());
  std::ranges::copy(padded_plain, packet.begin() + packet_header);
  seal_in_place(key, way, packet);
  return packet;
}

result<mutable_bytes, protocol_errc> open_in_place(auth_key const& key, direction way,
                                                   mutable_bytes packet) {
  if (packet.size() < packet_header + aes_block) return failure{protocol_errc::bad_message_length};
  if (key.is_empty() || load_le<std::int64_t>(packet.data()) != key.id())
    return failure{protocol_errc::wrong_auth_key};
  int128 mk;
  std::copy_n(packet.begin() + 8, mk.size(), mk.begin());
  std::size_t const whole = (packet.size() - packet_header) / aes_block * aes_block;
  mutable_bytes const text = packet.subspan(packet_header, whole);
  auto derived = derive_key(key, mk, way);
  ige_decrypt(derived.key, derived.iv, text, text);
  if (!constant_time_equal(message_key(key, text, way), mk))
    return failure{protocol_errc::bad_message_key};
  return text;
}

result<bytes, protocol_errc> open(auth_key const& key, direction way, bytes_view packet) {
  bytes copy(packet.begin(), packet.end());
  auto opened = open_in_place(key, way, copy);
  if (!opened) return failure{opened.error()};
  return bytes(opened->begin(), opened->end());
}

}  // namespace mtp::crypto
