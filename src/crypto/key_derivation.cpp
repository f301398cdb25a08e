// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/crypto/key_derivation.hpp>

#include "sha256.hpp"

#include <algorithm>
#include <initializer_list>

namespace mtp::MTP_ABI::crypto {
namespace {

/// Puts the pieces in a row; together they are as long as `out`.
void join(int256& out, std::initializer_list<bytes_view> pieces) {
  auto to = out.begin();
  for (bytes_view piece : pieces) to = std::copy(piece.begin(), piece.end(), to);
}

/// Sizes that the compiler knows: this is done for every packet.
template <std::size_t From, std::size_t To, std::size_t Size>
std::uint8_t* copy_part(std::array<std::uint8_t, Size> const& whole, std::uint8_t* to) {
  static_assert(From <= To && To <= Size);
  return std::copy_n(whole.begin() + From, To - From, to);
}

bytes_view part(bytes_view whole, std::size_t from, std::size_t to) {
  return whole.subspan(from, to - from);
}

}  // namespace

aes_key_iv derive_key(auth_key const& key, int128 const& message_key, direction way) {
  auto const* const secret = key.data().data() + static_cast<std::size_t>(way);
  wiped_bytes<52> first;
  std::copy_n(secret, 36, copy_part<0, 16>(message_key, first.begin()));
  wiped_bytes<52> second;
  copy_part<0, 16>(message_key, std::copy_n(secret + 40, 36, second.begin()));
  auto const [a, b] = sha256_pair(first, second);
  aes_key_iv out;
  copy_part<24, 32>(a, copy_part<8, 24>(b, copy_part<0, 8>(a, out.key.begin())));
  copy_part<24, 32>(b, copy_part<8, 24>(a, copy_part<0, 8>(b, out.iv.begin())));
  return out;
}

aes_key_iv derive_key_v1(auth_key const& key, int128 const& message_key, direction way) {
  auto const x = static_cast<std::size_t>(way);
  bytes_view const secret = key.data();
  wiped_bytes const a(sha1({message_key, part(secret, x, x + 32)}));
  wiped_bytes const b(
      sha1({part(secret, 32 + x, 48 + x), message_key, part(secret, 48 + x, 64 + x)}));
  wiped_bytes const c(sha1({part(secret, 64 + x, 96 + x), message_key}));
  wiped_bytes const d(sha1({message_key, part(secret, 96 + x, 128 + x)}));
  aes_key_iv out;
  join(out.key, {part(a, 0, 8), part(b, 8, 20), part(c, 4, 16)});
  join(out.iv, {part(a, 8, 20), part(b, 0, 8), part(c, 16, 20), part(d, 0, 8)});
  return out;
}

aes_key_iv derive_handshake_key(int256 const& new_nonce, int128 const& server_nonce) {
  wiped_bytes const a(sha1({new_nonce, server_nonce}));
  wiped_bytes const b(sha1({server_nonce, new_nonce}));
  wiped_bytes const c(sha1({new_nonce, new_nonce}));
  aes_key_iv out;
  join(out.key, {a, part(b, 0, 12)});
  join(out.iv, {part(b, 12, 20), c, part(new_nonce, 0, 4)});
  return out;
}

int128 new_nonce_hash(int256 const& new_nonce, std::uint8_t number, auth_key const& key) {
  std::array<std::uint8_t, 9> tail = {number};
  store_le(tail.data() + 1, key.aux_hash());
  auto const digest = sha1({new_nonce, tail});
  int128 out;
  std::copy(digest.begin() + 4, digest.end(), out.begin());
  return out;
}

int128 params_fail_hash(int256 const& new_nonce) {
  auto const digest = sha1(new_nonce);
  int128 out;
  std::copy(digest.begin() + 4, digest.end(), out.begin());
  return out;
}

std::int64_t first_server_salt(int256 const& new_nonce, int128 const& server_nonce) {
  return load_le<std::int64_t>(new_nonce.data()) ^ load_le<std::int64_t>(server_nonce.data());
}

}  // namespace mtp::MTP_ABI::crypto
