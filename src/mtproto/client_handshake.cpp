// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/mtproto/client_handshake.hpp>

#include "big_endian.hpp"
#include "core/wire.hpp"
#include "handshake_cipher.hpp"
#include "handshake_objects.hpp"

#include <mtp/crypto/factorize.hpp>
#include <mtp/crypto/rsa_padding.hpp>
#include <mtp/mtproto/plain_message.hpp>

#include <algorithm>
#include <cassert>
#include <limits>
#include <utility>

namespace mtp::MTP_ABI::mtproto {
namespace {

constexpr auto malformed = failure{protocol_errc::malformed};
constexpr auto bad_hash = failure{protocol_errc::bad_answer_hash};

std::chrono::milliseconds offset_to(std::int32_t server_time, moment now) {
  using namespace std::chrono;
  auto const server = system_clock::time_point(seconds(server_time));
  return duration_cast<milliseconds>(server - now.wall);
}

/// The server's last answer: which of the three kinds it is, and what they have in common.
struct last_answer {
  std::uint8_t number = 0;
  int128 nonce = {};
  int128 server_nonce = {};
  int128 hash = {};
};

template <class Answer>
std::optional<last_answer> read_as(bytes_view body, int128 Answer::* hash, std::uint8_t number) {
  auto const answer = read_object<Answer>(body);
  if (!answer) return std::nullopt;
  return last_answer{number, answer->nonce, answer->server_nonce, (*answer).*hash};
}

std::optional<last_answer> read_last_answer(bytes_view body) {
  switch (wire::constructor_of(body)) {
    case tl::mtproto::dh_gen_ok::tl_id:
      return read_as(body, &tl::mtproto::dh_gen_ok::new_nonce_hash1, 1);
    case tl::mtproto::dh_gen_retry::tl_id:
      return read_as(body, &tl::mtproto::dh_gen_retry::new_nonce_hash2, 2);
    case tl::mtproto::dh_gen_fail::tl_id:
      return read_as(body, &tl::mtproto::dh_gen_fail::new_nonce_hash3, 3);
    default: return std::nullopt;
  }
}

std::int32_t clamped(std::int64_t seconds) {
  using limits = std::numeric_limits<std::int32_t>;
  return static_cast<std::int32_t>(std::clamp<std::int64_t>(seconds, limits::min(), limits::max()));
}

}  // namespace

client_handshake::client_handshake(std::vector<crypto::rsa_public_key> trusted,
                                   random_source& random, client_handshake_options options)
    : trusted_(std::move(trusted)), random_(random), options_(options) {}

client_handshake::action client_handshake::start(moment now) {
  assert(state_ == state::fresh);
  state_ = state::awaits_pq;
  random_.fill(nonce_);
  return packet(write_object(tl::mtproto::req_pq_multi{.nonce = nonce_}), now);
}

client_handshake::action client_handshake::on_packet(bytes_view packet, moment now) {
  auto const message = read_plain_message(packet);
  auto next = message ? step(message->body, now) : outcome(failure{message.error()});
  if (next) return std::move(*next);
  forget();
  return failed{next.error()};
}

client_handshake::outcome client_handshake::step(bytes_view body, moment now) {
  switch (state_) {
    case state::awaits_pq: return on_pq(body, now);
    case state::awaits_parameters: return on_parameters(body, now);
    case state::awaits_outcome: return on_outcome(body, now);
    case state::fresh:
    case state::over: break;
  }
  return malformed;
}

client_handshake::action client_handshake::packet(bytes_view body, moment now) {
  auto const id = ids_.next(now.wall.time_since_epoch(), id_kind::from_client);
  return send{write_plain_message(id, body)};
}

void client_handshake::forget() {
  state_ = state::over;
  crypto::wipe(new_nonce_);
  key_ = {};
  group_.reset();
}

template <class Answer>
result<void, protocol_errc> client_handshake::check_nonces(Answer const& answer) const {
  if (answer.nonce != nonce_ || answer.server_nonce != server_nonce_)
    return failure{protocol_errc::bad_nonce};
  return {};
}

crypto::rsa_public_key const* client_handshake::choose(
    std::span<std::int64_t const> offered) const {
  for (std::int64_t const fingerprint : offered) {
    auto const found =
        std::ranges::find(trusted_, fingerprint, &crypto::rsa_public_key::fingerprint);
    if (found != trusted_.end()) return &*found;
  }
  return nullptr;
}

client_handshake::outcome client_handshake::on_pq(bytes_view body, moment now) {
  auto const answer = read_object<tl::mtproto::resPQ>(body);
  if (!answer) return malformed;
  if (answer->nonce != nonce_) return failure{protocol_errc::bad_nonce};
  auto const* const key = choose(answer->server_public_key_fingerprints);
  if (!key) return failure{protocol_errc::no_known_rsa_key};
  auto const pq = from_big_endian(answer->pq);
  auto const pair = pq ? crypto::factorize(*pq) : std::nullopt;
  if (!pair || pair->p == 2) return failure{protocol_errc::bad_pq};
  server_nonce_ = answer->server_nonce;
  random_.fill(new_nonce_);
  bytes const p = shortest_big_endian(pair->p);
  bytes const q = shortest_big_endian(pair->q);
  bytes data = inner_data(answer->pq.copy(), p, q);
  auto const encrypted = crypto::rsa_pad_encrypt(*key, data, random_);
  crypto::wipe(data);
  state_ = state::awaits_parameters;
  return packet(
      write_object(tl::mtproto::req_DH_params{.nonce = nonce_,
                                              .server_nonce = server_nonce_,
                                              .p = p,
                                              .q = q,
                                              .public_key_fingerprint = key->fingerprint(),
                                              .encrypted_data = encrypted}),
      now);
}

bytes client_handshake::inner_data(bytes const& pq, bytes const& p, bytes const& q) const {
  auto const fill = [&](auto object) {
    object.pq = pq;
    object.p = p;
    object.q = q;
    object.nonce = nonce_;
    object.server_nonce = server_nonce_;
    object.new_nonce = new_nonce_;
    if constexpr (requires { object.dc; }) object.dc = options_.dc;
    if constexpr (requires { object.expires_in; })
      object.expires_in = clamped(options_.expires_in.count());
    bytes out = write_object(object);
    crypto::wipe(object.new_nonce);
    return out;
  };
  if (options_.expires_in.count() == 0)
    return options_.name_dc ? fill(tl::mtproto::p_q_inner_data_dc{})
                            : fill(tl::mtproto::p_q_inner_data{});
  return options_.name_dc ? fill(tl::mtproto::p_q_inner_data_temp_dc{})
                          : fill(tl::mtproto::p_q_inner_data_temp{});
}

client_handshake::outcome client_handshake::on_parameters(bytes_view body, moment now) {
  if (wire::constructor_of(body) == tl::mtproto::server_DH_params_fail::tl_id)
    return on_refusal(body);
  auto const answer = read_object<tl::mtproto::server_DH_params_ok>(body);
  if (!answer) return malformed;
  if (auto same = check_nonces(*answer); !same) return failure{same.error()};
  return on_inner_data(answer->encrypted_answer, now);
}

client_handshake::outcome client_handshake::on_refusal(bytes_view body) {
  auto const answer = read_object<tl::mtproto::server_DH_params_fail>(body);
  if (!answer) return malformed;
  if (auto same = check_nonces(*answer); !same) return failure{same.error()};
  if (answer->new_nonce_hash != crypto::params_fail_hash(new_nonce_)) return bad_hash;
  return failure{protocol_errc::handshake_failed};
}

client_handshake::outcome client_handshake::on_inner_data(bytes_view encrypted, moment now) {
  auto const part = open_inner(crypto::derive_handshake_key(new_nonce_, server_nonce_), encrypted);
  if (!part) return failure{part.error()};
  bytes_view rest = part->object_and_padding;
  auto const inner = read_object<tl::mtproto::server_DH_inner_data>(rest);
  if (!inner) return bad_hash;  // what cannot be read was not what the server hashed
  if (auto whole = check_inner(*part, rest.size()); !whole) return failure{whole.error()};
  if (auto same = check_nonces(*inner); !same) return failure{same.error()};
  auto group = crypto::dh_group::make(inner->dh_prime, inner->g);
  if (!group) return failure{group.error()};
  if (!group->in_range(inner->g_a)) return failure{protocol_errc::bad_dh_value};
  group_ = std::move(*group);
  server_value_ = inner->g_a.copy();
  server_time_ = inner->server_time;
  time_offset_ = offset_to(server_time_, now);
  return propose(0, now);
}

client_handshake::outcome client_handshake::propose(std::int64_t retry_id, moment now) {
  auto const drawn = group_->draw(random_);
  if (!drawn) return failure{protocol_errc::bad_dh_value};
  key_ = crypto::auth_key(group_->power(server_value_, drawn->secret));
  auto const inner = write_object(tl::mtproto::client_DH_inner_data{.nonce = nonce_,
                                                                    .server_nonce = server_nonce_,
                                                                    .retry_id = retry_id,
                                                                    .g_b = drawn->public_value});
  auto const keys = crypto::derive_handshake_key(new_nonce_, server_nonce_);
  state_ = state::awaits_outcome;
  return packet(write_object(tl::mtproto::set_client_DH_params{
                    .nonce = nonce_,
                    .server_nonce = server_nonce_,
                    .encrypted_data = seal_inner(keys, inner, random_)}),
                now);
}

client_handshake::outcome client_handshake::on_outcome(bytes_view body, moment now) {
  auto const answer = read_last_answer(body);
  if (!answer) return malformed;
  if (auto same = check_nonces(*answer); !same) return failure{same.error()};
  auto const hash = crypto::new_nonce_hash(new_nonce_, answer->number, key_);
  if (!crypto::constant_time_equal(answer->hash, hash)) return bad_hash;
  switch (answer->number) {
    case 1: return finish();
    case 2: return retry(now);
    default: return failure{protocol_errc::handshake_failed};
  }
}

client_handshake::outcome client_handshake::retry(moment now) {
  if (++retries_ > max_retries) return failure{protocol_errc::handshake_failed};
  return propose(key_.aux_hash(), now);
}

client_handshake::outcome client_handshake::finish() {
  done made{.key = key_,
            .salt = crypto::first_server_salt(new_nonce_, server_nonce_),
            .server_time = server_time_,
            .time_offset = time_offset_};
  if (auto const life = options_.expires_in.count(); life != 0)
    made.expires_at = clamped(std::int64_t{server_time_} + life);
  forget();
  return action(std::move(made));
}

}  // namespace mtp::MTP_ABI::mtproto
