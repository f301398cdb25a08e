// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>
#include <mtp/core/random.hpp>
#include <mtp/crypto/auth_key.hpp>
#include <mtp/crypto/dh.hpp>
#include <mtp/crypto/rsa.hpp>
#include <mtp/mtproto/handshake_fault.hpp>
#include <mtp/mtproto/message_id.hpp>

#include <chrono>
#include <deque>
#include <functional>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

namespace mtp::MTP_ABI::mtproto {

struct server_handshake_options {
  /// The group of the exchange. It is not checked; the prime must be odd.
  crypto::dh_value prime = crypto::known_dh_prime();
  int generator = 3;
  /// Fingerprints of keys that this server does not have, offered before its own.
  std::vector<std::int64_t> foreign_fingerprints = {};
  /// Adds random bytes behind each object, as Telegram's servers do.
  bool pad_answers = true;
  /// How long an exchange may take.
  duration exchange_timeout = std::chrono::minutes(10);
  /// What the server's clock is wrong by.
  std::chrono::seconds time_skew = std::chrono::seconds(0);
  /// How often dh_gen_retry is answered before the key is accepted.
  int retries = 0;
  handshake_fault fault = handshake_fault::none;
  /// Tells whether a key of that id exists already; then dh_gen_retry is answered.
  std::function<bool(std::int64_t)> is_taken = {};
  /// Tells whether a data centre of that wire number, when the client names one, is served here;
  /// error -444 is answered when it is not. Empty: all are.
  std::function<bool(std::int32_t)> serves = {};
};

/// Makes keys together with clients: the server's side of the key exchange, for one connection.
///
/// Performs no I/O and reads no clock. It accepts req_pq and req_pq_multi, both paddings of RSA and
/// all four kinds of inner data; an identical packet gets the identical answer; anything wrong gets
/// a transport error, then and for the rest of the connection. Several exchanges may be under way
/// at once; the memory they take is bounded.
/// Threads: not thread-safe; it belongs to the strand of its driver.
class MTP_API server_handshake {
 public:
  /// Send the packet.
  struct send {
    bytes packet = {};
  };
  /// Send the packet: the key is made.
  struct established {
    bytes packet = {};
    crypto::auth_key key = {};
    std::int64_t salt = 0;                        ///< the first server salt
    std::int32_t created = 0;                     ///< server time
    std::optional<std::int32_t> dc = {};          ///< where the client thinks it is
    std::optional<std::int32_t> expires_in = {};  ///< given for a temporary key
  };
  /// Answer with a transport error.
  struct refuse {
    std::int32_t code = -404;
    std::string_view reason = {};  ///< for a log; static text
  };
  using action = std::variant<send, established, refuse>;

  static constexpr std::size_t max_exchanges = 8;

  /// Lifetime: `key` and `random` must outlive the machine.
  server_handshake(crypto::rsa_private_key const& key, random_source& random,
                   server_handshake_options options = {});

  /// What follows from a packet of the client that no key encrypts.
  action on_packet(bytes_view packet, moment now);

 private:
  /// One exchange: what was agreed so far, and the answers in case they are asked for again.
  struct exchange {
    steady_time started = {};
    int128 nonce = {};
    int128 server_nonce = {};
    std::uint64_t p = 0;
    std::uint64_t q = 0;
    bytes pq_answer = {};
    crypto::wiped_bytes<32> new_nonce = {};
    crypto::dh_secret secret = {};
    std::int32_t created = 0;
    std::optional<std::int32_t> dc = {};
    std::optional<std::int32_t> expires_in = {};
    std::int64_t retry_id = 0;
    int retries = 0;
    bool parameters_sent = false;
    bool over = false;
    bytes last_request = {};
    bytes last_answer = {};
  };

  action step(bytes_view body, moment now);
  template <class Request>
  action on_pq(bytes_view body, moment now);
  action on_dh_parameters(bytes_view body, moment now);
  action on_client_value(bytes_view body, moment now);

  void drop_expired(moment now);
  exchange* find(int128 const& nonce, int128 const& server_nonce);
  exchange& begin(int128 const& nonce, moment now);
  void draw_primes(exchange& e);
  std::string_view read_secret(exchange& e, bytes_view encrypted);
  std::optional<crypto::auth_key> agree(exchange const& e, bytes_view encrypted);
  action conclude(exchange& e, crypto::auth_key const& key, bytes_view request, moment now);
  action answer(exchange& e, bytes_view request, bytes_view body, moment now);
  refuse refused(std::string_view reason, std::int32_t code = -404);

  bytes offer(exchange const& e);
  bytes parameters(exchange& e, moment now);
  bytes refusal(exchange const& e) const;
  crypto::dh_value public_value(exchange const& e) const;
  bytes answer_to_seal(exchange const& e) const;
  bytes sealed_answer(exchange const& e);
  bytes verdict(exchange const& e, crypto::auth_key const& key, int number) const;
  bytes packet(bytes_view body, moment now);
  bool has(handshake_fault fault) const { return options_.fault == fault; }

  crypto::rsa_private_key const& key_;
  random_source& random_;
  server_handshake_options options_;
  crypto::dh_group group_;
  std::deque<exchange> exchanges_;
  message_id_source ids_;
  bool refusing_ = false;
};

}  // namespace mtp::MTP_ABI::mtproto
