// SPDX-License-Identifier: MIT OR Apache-2.0
#include "net/key_binding.hpp"

#include "core/wire.hpp"

#include <mtp/crypto/aes.hpp>
#include <mtp/crypto/key_derivation.hpp>
#include <mtp/crypto/message_cipher.hpp>
#include <mtp/crypto/wipe.hpp>

#include <algorithm>

namespace mtp::MTP_ABI::net {
namespace {

constexpr std::uint32_t bind_auth_key_inner_id = 0x75a3f765;
constexpr std::uint32_t bind_temp_auth_key_id = 0xcdd42a05;
constexpr std::uint32_t bool_true_id = 0x997275b5;
constexpr std::size_t plain_size = 72;
constexpr std::size_t padded_size = 80;
constexpr std::size_t header_size = 24;  // the id of the key, the message key

/// The random bytes stand where salt and session stand in other messages.
bytes plain_binding(crypto::auth_key const& permanent, key_binding const& what,
                    int128 const& random) {
  return wire::writer()
      .raw(random)
      .number(what.message_id)
      .number(std::int32_t{0})   // seq_no
      .number(std::int32_t{40})  // length
      .number(bind_auth_key_inner_id)
      .number(what.nonce)
      .number(what.temporary_key)
      .number(permanent.id())
      .number(what.session)
      .number(what.expires_at)
      .take();
}

}  // namespace

bytes encrypt_binding(crypto::auth_key const& permanent, key_binding const& what,
                      int128 const& random, std::uint64_t padding) {
  bytes plain = plain_binding(permanent, what, random);
  int128 const message_key = crypto::message_key_v1(bytes_view(plain).first(plain_size));
  append(plain, wire::writer().number(padding).take());
  auto key = crypto::derive_key_v1(permanent, message_key, crypto::direction::to_server);
  bytes out = wire::writer().number(permanent.id()).raw(message_key).take();
  out.resize(header_size + padded_size);
  crypto::ige_encrypt(key.key, key.iv, plain, mutable_bytes(out).subspan(header_size));
  crypto::wipe(plain);
  return out;
}

bytes binding_request(crypto::auth_key const& permanent, key_binding const& what,
                      int128 const& random, std::uint64_t padding) {
  return wire::writer()
      .number(bind_temp_auth_key_id)
      .number(permanent.id())
      .number(what.nonce)
      .number(what.expires_at)
      .text(encrypt_binding(permanent, what, random, padding))
      .take();
}

bool is_bound(bytes_view answer) {
  return answer.size() == 4 && wire::constructor_of(answer) == bool_true_id;
}

}  // namespace mtp::MTP_ABI::net
