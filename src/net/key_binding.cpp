// SPDX-License-Identifier: MIT OR Apache-2.0
#include "net/key_binding.hpp"

#include <mtp/crypto/aes.hpp>
#include <mtp/crypto/key_derivation.hpp>
#include <mtp/crypto/message_cipher.hpp>
#include <mtp/crypto/wipe.hpp>

#include <algorithm>

namespace mtp::net {
namespace {

constexpr std::uint32_t bind_auth_key_inner_id = 0x75a3f765;
constexpr std::uint32_t bind_temp_auth_key_id = 0xcdd42a05;
constexpr std::uint32_t bool_true_id = 0x997275b5;
constexpr std::size_t plain_size = 72;
constexpr std::size_t padded_size = 80;
constexpr std::size_t header_size = 24;  // the id of the key, the message key

template <class Integer>
void put(bytes& out, Integer value) {
  std::uint8_t raw[sizeof value];
  store_le(raw, value);
  append(out, raw);
}

/// The random bytes stand where salt and session stand in other messages.
bytes plain_binding(crypto::auth_key const& permanent, key_binding const& what,
                    int128 const& random) {
  bytes out(random.begin(), random.end());
  put(out, what.message_id);
  put(out, std::int32_t{0});   // seq_no
  put(out, std::int32_t{40});  // length
  put(out, bind_auth_key_inner_id);
  put(out, what.nonce);
  put(out, what.temporary_key);
  put(out, permanent.id());
  put(out, what.session);
  put(out, what.expires_at);
  return out;
}

}  // namespace

bytes encrypt_binding(crypto::auth_key const& permanent, key_binding const& what,
                      int128 const& random, std::uint64_t padding) {
  bytes plain = plain_binding(permanent, what, random);
  int128 const message_key = crypto::message_key_v1(bytes_view(plain).first(plain_size));
  put(plain, padding);
  auto key = crypto::derive_key_v1(permanent, message_key, crypto::direction::to_server);
  bytes out;
  put(out, permanent.id());
  append(out, message_key);
  out.resize(header_size + padded_size);
  crypto::ige_encrypt(key.key, key.iv, plain, mutable_bytes(out).subspan(header_size));
  crypto::wipe(plain);
  return out;
}

bytes binding_request(crypto::auth_key const& permanent, key_binding const& what,
                      int128 const& random, std::uint64_t padding) {
  bytes const proof = encrypt_binding(permanent, what, random, padding);
  bytes out;
  put(out, bind_temp_auth_key_id);
  put(out, permanent.id());
  put(out, what.nonce);
  put(out, what.expires_at);
  put(out, static_cast<std::uint8_t>(proof.size()));
  append(out, proof);
  while (out.size() % 4 != 0) out.push_back(0);
  return out;
}

bool is_bound(bytes_view answer) {
  return answer.size() == 4 && load_le<std::uint32_t>(answer.data()) == bool_true_id;
}

}  // namespace mtp::net
