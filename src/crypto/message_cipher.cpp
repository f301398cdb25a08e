// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/crypto/message_cipher.hpp>

#include "decrypt_and_hash.hpp"
#include "ige_stream.hpp"
#include "sha256.hpp"

#include <algorithm>
#include <cassert>

namespace mtp::MTP_ABI::crypto {
namespace {

/// The part of the key that enters the hash of every message.
std::span<std::uint8_t const, 32> hashed_part(auth_key const& key, direction way) {
  return key.data().subspan<88>().subspan(static_cast<std::size_t>(way)).first<32>();
}

sha256_digest message_key_large(auth_key const& key, std::span<bytes_view const> parts,
                                direction way) {
  return sha256_of(hashed_part(key, way), parts);
}

int128 middle(sha256_digest const& large) {
  int128 out;
  std::copy_n(large.begin() + 8, out.size(), out.begin());
  return out;
}

std::uint32_t token_of(sha256_digest const& large) {
  return load_le<std::uint32_t>(large.data()) | 0x80000000U;
}

/// Encrypts pieces of any sizes as if they stood in a row.
class row_encryptor {
 public:
  row_encryptor(aes_key_iv const& key, std::uint8_t* to) : stream_(key.key, key.iv), to_(to) {}

  void take(bytes_view part) {
    if (filled_ != 0) part = part.subspan(fill(part));
    std::size_t const whole = part.size() / aes_block;
    if (whole != 0) encrypt(part.data(), whole);
    fill(part.subspan(whole * aes_block));
  }

  bool ends_with_whole_block() const { return filled_ == 0; }

 private:
  std::size_t fill(bytes_view part) {
    std::size_t const taken = std::min(part.size(), aes_block - filled_);
    std::copy_n(part.begin(), taken, open_.begin() + static_cast<std::ptrdiff_t>(filled_));
    filled_ += taken;
    if (filled_ == aes_block) {
      filled_ = 0;
      encrypt(open_.data(), 1);
    }
    return taken;
  }

  void encrypt(std::uint8_t const* from, std::size_t blocks) {
    stream_.run(from, to_, blocks);
    to_ += blocks * aes_block;
  }

  ige_stream<true> stream_;
  std::uint8_t* to_;
  int128 open_ = {};  // the block that is not full yet
  std::size_t filled_ = 0;
};

[[maybe_unused]] std::size_t size_of(std::span<bytes_view const> parts) {
  std::size_t size = 0;
  for (bytes_view part : parts) size += part.size();
  return size;
}

}  // namespace

int128 message_key(auth_key const& key, bytes_view padded_plain, direction way) {
  return middle(message_key_large(key, {&padded_plain, 1}, way));
}

int128 message_key_v1(bytes_view plain) {
  auto const digest = sha1(plain);
  int128 out;
  std::copy_n(digest.begin() + 4, out.size(), out.begin());
  return out;
}

std::uint32_t quick_ack_token(auth_key const& key, bytes_view padded_plain) {
  return token_of(message_key_large(key, {&padded_plain, 1}, direction::to_server));
}

std::uint32_t seal(auth_key const& key, direction way, std::span<bytes_view const> parts,
                   mutable_bytes packet) {
  assert(!key.is_empty() && packet.size() == packet_header + size_of(parts));
  auto const large = message_key_large(key, parts, way);
  int128 const mk = middle(large);
  row_encryptor row(derive_key(key, mk, way), packet.data() + packet_header);
  for (bytes_view part : parts) row.take(part);
  assert(row.ends_with_whole_block());
  store_le(packet.data(), key.id());
  std::copy(mk.begin(), mk.end(), packet.begin() + 8);
  return token_of(large);
}

void seal_in_place(auth_key const& key, direction way, mutable_bytes packet) {
  assert(packet.size() >= packet_header);
  bytes_view const text = packet.subspan(packet_header);
  seal(key, way, {&text, 1}, packet);
}

bytes seal(auth_key const& key, direction way, bytes_view padded_plain) {
  bytes packet(packet_header + padded_plain.size());
  seal(key, way, {&padded_plain, 1}, packet);
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
  auto const large = decrypt_and_hash(derive_key(key, mk, way), hashed_part(key, way), text);
  if (!constant_time_equal(middle(large), mk)) return failure{protocol_errc::bad_message_key};
  return text;
}

result<bytes, protocol_errc> open(auth_key const& key, direction way, bytes_view packet) {
  bytes copy(packet.begin(), packet.end());
  auto opened = open_in_place(key, way, copy);
  if (!opened) return failure{opened.error()};
  return bytes(opened->begin(), opened->end());
}

}  // namespace mtp::MTP_ABI::crypto
