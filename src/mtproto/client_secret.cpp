// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client_secret.hpp"

#include "core/wire.hpp"
#include "handshake_objects.hpp"

#include <mtp/crypto/hash.hpp>
#include <mtp/crypto/rsa_padding.hpp>

#include <algorithm>
#include <utility>

namespace mtp::MTP_ABI::mtproto {
namespace {

template <class Kind>
std::optional<client_secret> read_kind(bytes_view& data) {
  auto const read = read_object<Kind>(data);
  if (!read) return std::nullopt;
  client_secret out{.pq = read->pq.copy(), .p = read->p.copy(), .q = read->q.copy()};
  out.nonce = read->nonce;
  out.server_nonce = read->server_nonce;
  out.new_nonce = read->new_nonce;
  if constexpr (requires { read->dc; }) out.dc = read->dc;
  if constexpr (requires { read->expires_in; }) out.expires_in = read->expires_in;
  return out;
}

std::optional<client_secret> read_any(bytes_view& data) {
  switch (wire::constructor_of(data)) {
    case tl::mtproto::p_q_inner_data::tl_id: return read_kind<tl::mtproto::p_q_inner_data>(data);
    case tl::mtproto::p_q_inner_data_dc::tl_id:
      return read_kind<tl::mtproto::p_q_inner_data_dc>(data);
    case tl::mtproto::p_q_inner_data_temp::tl_id:
      return read_kind<tl::mtproto::p_q_inner_data_temp>(data);
    case tl::mtproto::p_q_inner_data_temp_dc::tl_id:
      return read_kind<tl::mtproto::p_q_inner_data_temp_dc>(data);
    default: return std::nullopt;
  }
}

std::optional<client_secret> read_legacy(crypto::rsa_legacy_content const& content) {
  bytes_view const whole = content.data_and_padding;
  bytes_view rest = whole;
  auto secret = read_any(rest);
  if (!secret) return std::nullopt;
  bytes_view const object = whole.first(whole.size() - rest.size());
  if (!crypto::constant_time_equal(crypto::sha1(object), content.hash)) return std::nullopt;
  return secret;
}

}  // namespace

std::optional<client_secret> open_client_secret(crypto::rsa_private_key const& key,
                                                bytes_view encrypted) {
  crypto::rsa_block block;
  if (encrypted.size() != block.size()) return std::nullopt;
  std::ranges::copy(encrypted, block.begin());
  auto const decrypted = key.decrypt(block);
  if (!decrypted) return std::nullopt;
  if (auto const padded = crypto::rsa_pad_open(*decrypted)) {
    bytes_view data = *padded;
    return read_any(data);
  }
  auto const legacy = crypto::rsa_legacy_open(*decrypted);
  return legacy ? read_legacy(*legacy) : std::nullopt;
}

}  // namespace mtp::MTP_ABI::mtproto
