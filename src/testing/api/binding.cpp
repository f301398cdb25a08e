// SPDX-License-Identifier: MIT OR Apache-2.0
// core.telegram.org/method/auth.bindTempAuthKey and core.telegram.org/api/pfs
#include "binding.hpp"

#include <mtp/crypto/aes.hpp>
#include <mtp/crypto/key_derivation.hpp>
#include <mtp/crypto/message_cipher.hpp>

#include <algorithm>

namespace mtp::testing {
namespace {

constexpr std::size_t header = 24;      // key id, message key
constexpr std::size_t plain_size = 72;  // random, message id, seq_no, length, the object
constexpr std::uint32_t bind_auth_key_inner = 0x75a3f765;

}  // namespace

std::optional<key_binding> open_binding(crypto::auth_key const& permanent, bytes_view encrypted) {
  bool const sound = encrypted.size() >= header + 80 && (encrypted.size() - header) % 16 == 0 &&
                     encrypted.size() <= header + 96;
  if (!sound || load_le<std::int64_t>(encrypted.data()) != permanent.id()) return {};
  int128 message_key;
  std::copy_n(encrypted.begin() + 8, message_key.size(), message_key.begin());
  auto key = crypto::derive_key_v1(permanent, message_key, crypto::direction::to_server);
  bytes plain(encrypted.size() - header);
  crypto::ige_decrypt(key.key, key.iv, encrypted.subspan(header), plain);
  if (crypto::message_key_v1(bytes_view(plain).first(plain_size)) != message_key) return {};
  auto const* at = plain.data() + 16;  // behind the random bytes
  key_binding out;
  out.message_id = load_le<std::int64_t>(at);
  bool const shape = load_le<std::uint32_t>(at + 8) == 0 && load_le<std::uint32_t>(at + 12) == 40 &&
                     load_le<std::uint32_t>(at + 16) == bind_auth_key_inner;
  if (!shape) return {};
  out.nonce = load_le<std::int64_t>(at + 20);
  out.temporary_key = load_le<std::int64_t>(at + 28);
  out.permanent_key = load_le<std::int64_t>(at + 36);
  out.temporary_session = load_le<std::int64_t>(at + 44);
  out.expires_at = load_le<std::int32_t>(at + 52);
  return out;
}

}  // namespace mtp::testing
