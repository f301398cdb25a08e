// SPDX-License-Identifier: MIT OR Apache-2.0
// core.telegram.org/method/auth.bindTempAuthKey and core.telegram.org/api/pfs
#include "binding.hpp"

#include "core/wire.hpp"

#include <mtp/crypto/aes.hpp>
#include <mtp/crypto/key_derivation.hpp>
#include <mtp/crypto/message_cipher.hpp>

#include <algorithm>

namespace mtp::MTP_ABI::testing {
namespace {

constexpr std::size_t header = 24;      // key id, message key
constexpr std::size_t plain_size = 72;  // random, message id, seq_no, length, the object
constexpr std::size_t random_size = 16;
constexpr std::uint32_t bind_auth_key_inner = 0x75a3f765;

/// `message` is all of it, behind the random bytes.
std::optional<binding_proof> read_binding(bytes_view message) {
  wire::reader in(message);
  binding_proof out;
  out.message_id = in.number<std::int64_t>();
  auto const sequence = in.number<std::uint32_t>();
  auto const length = in.number<std::uint32_t>();
  auto const id = in.number<std::uint32_t>();
  if (sequence != 0 || length != 40 || id != bind_auth_key_inner) return {};
  out.nonce = in.number<std::int64_t>();
  out.temporary_key = in.number<std::int64_t>();
  out.permanent_key = in.number<std::int64_t>();
  out.temporary_session = in.number<std::int64_t>();
  out.expires_at = in.number<std::int32_t>();
  return out;
}

}  // namespace

std::optional<binding_proof> open_binding(crypto::auth_key const& permanent, bytes_view encrypted) {
  bool const sound = encrypted.size() >= header + 80 && (encrypted.size() - header) % 16 == 0 &&
                     encrypted.size() <= header + 96;
  if (!sound || load_le<std::int64_t>(encrypted.data()) != permanent.id()) return {};
  int128 message_key;
  std::copy_n(encrypted.begin() + 8, message_key.size(), message_key.begin());
  auto key = crypto::derive_key_v1(permanent, message_key, crypto::direction::to_server);
  bytes plain(encrypted.size() - header);
  crypto::ige_decrypt(key.key, key.iv, encrypted.subspan(header), plain);
  if (crypto::message_key_v1(bytes_view(plain).first(plain_size)) != message_key) return {};
  return read_binding(bytes_view(plain).subspan(random_size));
}

}  // namespace mtp::MTP_ABI::testing
