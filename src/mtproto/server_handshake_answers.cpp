// SPDX-License-Identifier: MIT OR Apache-2.0
// What the server says, and how it says it wrongly on demand.
#include "big_endian.hpp"
#include "handshake_cipher.hpp"
#include "handshake_objects.hpp"

#include <mtp/crypto/factorize.hpp>
#include <mtp/mtproto/server_handshake.hpp>

#include <algorithm>
#include <utility>

namespace mtp::MTP_ABI::mtproto {
namespace {

using fault = handshake_fault;

/// A prime of exactly 31 bits, so that p and q take four bytes each and pq takes eight: clients
/// exist that insist on it.
std::uint64_t draw_prime(random_source& random) {
  for (;;) {
    std::uint64_t const n = (random.make<std::uint32_t>() & 0x7fffffffU) | 0x40000001U;
    if (crypto::is_prime(n)) return n;
  }
}

/// Something else of the same kind.
template <class Array>
Array corrupted(Array value, bool corrupt) {
  if (corrupt) value[3] ^= 1;
  return value;
}

}  // namespace

void server_handshake::draw_primes(exchange& e) {
  e.p = draw_prime(random_);
  do {
    e.q = draw_prime(random_);
  } while (e.q == e.p);
  if (e.q < e.p) std::swap(e.p, e.q);
}

bytes server_handshake::offer(exchange const& e) {
  tl::mtproto::resPQ out{.nonce = corrupted(e.nonce, has(fault::res_pq_nonce)),
                         .server_nonce = e.server_nonce,
                         .pq = shortest_big_endian(e.p * e.q),
                         .server_public_key_fingerprints = options_.foreign_fingerprints};
  if (has(fault::prime_pq)) out.pq = shortest_big_endian(9223372036854775783U);
  if (has(fault::square_pq)) out.pq = shortest_big_endian(e.p * e.p);
  std::int64_t const own = key_.public_key().fingerprint();
  out.server_public_key_fingerprints.push_back(has(fault::foreign_key) ? ~own : own);
  return write_object(out);
}

crypto::dh_value server_handshake::public_value(exchange const& e) const {
  crypto::dh_value value = {};
  value[255] = 1;
  if (has(fault::value_one)) return value;
  value[8] = 0x80;  // 2^1983
  if (has(fault::value_small)) return value;
  if (has(fault::value_large)) {
    value = group_.prime();
    value[255] -= 2;
    return value;
  }
  return group_.power_of_generator(e.secret);
}

bytes server_handshake::answer_to_seal(exchange const& e) const {
  bytes prime(group_.prime().begin(), group_.prime().end());
  if (has(fault::composite_prime)) prime[100] ^= 4;
  if (has(fault::short_prime)) prime.erase(prime.begin());
  return write_object(tl::mtproto::server_DH_inner_data{
      .nonce = corrupted(e.nonce, has(fault::inner_nonce)),
      .server_nonce = corrupted(e.server_nonce, has(fault::inner_server_nonce)),
      .g = has(fault::wrong_generator) ? 2 : group_.generator(),
      .dh_prime = prime,
      .g_a = public_value(e),
      .server_time = e.created});
}

bytes server_handshake::sealed_answer(exchange const& e) {
  auto const key = crypto::derive_handshake_key(e.new_nonce, e.server_nonce);
  auto out = seal_inner(key, answer_to_seal(e), random_, options_.fault);
  if (has(fault::unaligned_answer)) out.pop_back();
  return out;
}

bytes server_handshake::parameters(exchange& e, moment now) {
  using namespace std::chrono;
  if (has(fault::refused) || has(fault::refused_hash)) return refusal(e);
  random_.fill(e.secret);
  auto const server_now = now.after(options_.time_skew).wall;
  e.created = static_cast<std::int32_t>(floor<seconds>(server_now).time_since_epoch().count());
  return write_object(tl::mtproto::server_DH_params_ok{
      .nonce = corrupted(e.nonce, has(fault::parameters_nonce)),
      .server_nonce = corrupted(e.server_nonce, has(fault::parameters_server_nonce)),
      .encrypted_answer = sealed_answer(e)});
}

bytes server_handshake::refusal(exchange const& e) const {
  return write_object(tl::mtproto::server_DH_params_fail{
      .nonce = e.nonce,
      .server_nonce = e.server_nonce,
      .new_nonce_hash =
          corrupted(crypto::params_fail_hash(e.new_nonce), has(fault::refused_hash))});
}

bytes server_handshake::verdict(exchange const& e, crypto::auth_key const& key, int number) const {
  bool const corrupt =
      has(fault::outcome_hash) || has(fault::retry_hash) || has(fault::failed_hash);
  int128 const hash = corrupted(
      crypto::new_nonce_hash(e.new_nonce, static_cast<std::uint8_t>(number), key), corrupt);
  int128 const nonce = corrupted(e.nonce, has(fault::outcome_nonce));
  int128 const server_nonce = corrupted(e.server_nonce, has(fault::outcome_server_nonce));
  switch (number) {
    case 1: return write_object(tl::mtproto::dh_gen_ok{nonce, server_nonce, hash});
    case 2: return write_object(tl::mtproto::dh_gen_retry{nonce, server_nonce, hash});
    default: return write_object(tl::mtproto::dh_gen_fail{nonce, server_nonce, hash});
  }
}

server_handshake::action server_handshake::conclude(exchange& e, crypto::auth_key const& key,
                                                    bytes_view request, moment now) {
  if (has(fault::failed) || has(fault::failed_hash)) {
    e.over = true;
    return answer(e, request, verdict(e, key, 3), now);
  }
  bool const taken = options_.is_taken && options_.is_taken(key.id());
  if (taken || has(fault::retry_hash) || e.retries < options_.retries) {
    ++e.retries;
    e.retry_id = key.aux_hash();
    return answer(e, request, verdict(e, key, 2), now);
  }
  e.over = true;
  answer(e, request, verdict(e, key, 1), now);
  std::int64_t const salt = crypto::first_server_salt(e.new_nonce, e.server_nonce);
  crypto::wipe(e.new_nonce);
  crypto::wipe(e.secret);
  return established{.packet = e.last_answer,
                     .key = key,
                     .salt = salt,
                     .created = e.created,
                     .dc = e.dc,
                     .expires_in = e.expires_in};
}

}  // namespace mtp::MTP_ABI::mtproto
