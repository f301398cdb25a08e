// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/mtproto/server_handshake.hpp>

#include "big_endian.hpp"
#include "client_secret.hpp"
#include "core/wire.hpp"
#include "handshake_cipher.hpp"
#include "handshake_objects.hpp"

#include <mtp/mtproto/plain_message.hpp>

#include <algorithm>
#include <utility>

namespace mtp::MTP_ABI::mtproto {
namespace {

constexpr std::int32_t wrong_data_centre = -444;

/// The object itself without what stands behind it.
bytes_view before(bytes_view whole, bytes_view rest) {
  return whole.first(whole.size() - rest.size());
}

}  // namespace

server_handshake::server_handshake(crypto::rsa_private_key const& key, random_source& random,
                                   server_handshake_options options)
    : key_(key),
      random_(random),
      options_(std::move(options)),
      group_(crypto::dh_group::unchecked(options_.prime, options_.generator)) {}

server_handshake::action server_handshake::on_packet(bytes_view packet, moment now) {
  if (refusing_) return refused("an earlier packet was refused");
  drop_expired(now);
  auto const message = read_plain_message(packet);
  return message ? step(message->body, now) : refused("not a plain message");
}

server_handshake::action server_handshake::step(bytes_view body, moment now) {
  switch (wire::constructor_of(body)) {
    case tl::mtproto::req_pq::tl_id: return on_pq<tl::mtproto::req_pq>(body, now);
    case tl::mtproto::req_pq_multi::tl_id: return on_pq<tl::mtproto::req_pq_multi>(body, now);
    case tl::mtproto::req_DH_params::tl_id: return on_dh_parameters(body, now);
    case tl::mtproto::set_client_DH_params::tl_id: return on_client_value(body, now);
    default: return refused("not a request of the key exchange");
  }
}

server_handshake::refuse server_handshake::refused(std::string_view reason, std::int32_t code) {
  refusing_ = true;
  exchanges_.clear();
  return refuse{.code = code, .reason = reason};
}

void server_handshake::drop_expired(moment now) {
  std::erase_if(exchanges_, [&](exchange const& e) {
    return now.steady - e.started > options_.exchange_timeout;
  });
}

server_handshake::exchange* server_handshake::find(int128 const& nonce,
                                                   int128 const& server_nonce) {
  auto const found = std::ranges::find_if(exchanges_, [&](exchange const& e) {
    return e.nonce == nonce && e.server_nonce == server_nonce;
  });
  return found == exchanges_.end() ? nullptr : &*found;
}

template <class Request>
server_handshake::action server_handshake::on_pq(bytes_view body, moment now) {
  auto const request = read_object<Request>(body);
  if (!request) return refused("a broken req_pq");
  auto const known = std::ranges::find(exchanges_, request->nonce, &exchange::nonce);
  if (known != exchanges_.end()) return send{known->pq_answer};
  auto& e = begin(request->nonce, now);
  e.pq_answer = packet(offer(e), now);
  return send{e.pq_answer};
}

server_handshake::exchange& server_handshake::begin(int128 const& nonce, moment now) {
  if (exchanges_.size() == max_exchanges) exchanges_.pop_front();
  auto& e = exchanges_.emplace_back();
  e.started = now.steady;
  e.nonce = nonce;
  random_.fill(e.server_nonce);
  draw_primes(e);
  return e;
}

server_handshake::action server_handshake::on_dh_parameters(bytes_view body, moment now) {
  bytes_view rest = body;
  auto const request = read_object<tl::mtproto::req_DH_params>(rest);
  if (!request) return refused("a broken req_DH_params");
  auto* const e = find(request->nonce, request->server_nonce);
  if (!e) return refused("parameters for an unknown exchange");
  bytes_view const object = before(body, rest);
  if (std::ranges::equal(object, e->last_request)) return send{e->last_answer};
  if (e->parameters_sent) return refused("parameters for the second time");
  if (request->p != shortest_big_endian(e->p) || request->q != shortest_big_endian(e->q))
    return refused("p and q are not the factors of pq");
  if (request->public_key_fingerprint != key_.public_key().fingerprint())
    return refused("encrypted for another key");
  auto const wrong = read_secret(*e, request->encrypted_data);
  if (!wrong.empty()) return refused(wrong);
  if (e->dc && options_.serves && !options_.serves(*e->dc))
    return refused("meant for another data centre", wrong_data_centre);
  e->parameters_sent = true;
  return answer(*e, object, parameters(*e, now), now);
}

std::string_view server_handshake::read_secret(exchange& e, bytes_view encrypted) {
  auto const secret = open_client_secret(key_, encrypted);
  if (!secret) return "inner data that cannot be decrypted";
  if (secret->nonce != e.nonce || secret->server_nonce != e.server_nonce)
    return "inner data with other nonces";
  if (secret->pq != shortest_big_endian(e.p * e.q) || secret->p != shortest_big_endian(e.p) ||
      secret->q != shortest_big_endian(e.q))
    return "inner data with other numbers";
  e.new_nonce = secret->new_nonce;
  e.dc = secret->dc;
  e.expires_in = secret->expires_in;
  return {};
}

server_handshake::action server_handshake::on_client_value(bytes_view body, moment now) {
  bytes_view rest = body;
  auto const request = read_object<tl::mtproto::set_client_DH_params>(rest);
  if (!request) return refused("a broken set_client_DH_params");
  auto* const e = find(request->nonce, request->server_nonce);
  if (!e || !e->parameters_sent) return refused("a value for an unknown exchange");
  bytes_view const object = before(body, rest);
  if (std::ranges::equal(object, e->last_request)) return send{e->last_answer};
  if (e->over) return refused("a value for an exchange that is over");
  auto const key = agree(*e, request->encrypted_data);
  if (!key) return refused("a value that is wrong");
  return conclude(*e, *key, object, now);
}

std::optional<crypto::auth_key> server_handshake::agree(exchange const& e, bytes_view encrypted) {
  auto const part =
      open_inner(crypto::derive_handshake_key(e.new_nonce, e.server_nonce), encrypted);
  if (!part) return std::nullopt;
  bytes_view rest = part->object_and_padding;
  auto const inner = read_object<tl::mtproto::client_DH_inner_data>(rest);
  if (!inner || !check_inner(*part, rest.size())) return std::nullopt;
  if (inner->nonce != e.nonce || inner->server_nonce != e.server_nonce) return std::nullopt;
  if (inner->retry_id != e.retry_id || !group_.in_range(inner->g_b)) return std::nullopt;
  return crypto::auth_key(group_.power(inner->g_b, e.secret));
}

server_handshake::action server_handshake::answer(exchange& e, bytes_view request, bytes_view body,
                                                  moment now) {
  e.last_request.assign(request.begin(), request.end());
  e.last_answer = packet(body, now);
  return send{e.last_answer};
}

bytes server_handshake::packet(bytes_view body, moment now) {
  auto const server_now = now.after(options_.time_skew).wall.time_since_epoch();
  bytes padded(body.begin(), body.end());
  if (options_.pad_answers) {
    padded.resize(body.size() + 4 * (random_.make<std::uint8_t>() % 32U));
    random_.fill(mutable_bytes(padded).subspan(body.size()));
  }
  return write_plain_message(ids_.next(server_now, id_kind::answer), padded);
}

}  // namespace mtp::MTP_ABI::mtproto
