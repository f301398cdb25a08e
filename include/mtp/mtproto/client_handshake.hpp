// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>
#include <mtp/core/error.hpp>
#include <mtp/core/random.hpp>
#include <mtp/core/result.hpp>
#include <mtp/crypto/auth_key.hpp>
#include <mtp/crypto/dh.hpp>
#include <mtp/crypto/key_derivation.hpp>
#include <mtp/crypto/rsa.hpp>
#include <mtp/mtproto/message_id.hpp>

#include <chrono>
#include <optional>
#include <span>
#include <variant>
#include <vector>

namespace mtp::MTP_ABI::mtproto {

struct client_handshake_options {
  /// The data centre as it is named on the wire: its number, plus 10000 on the test servers,
  /// negative for one that serves media only.
  std::int32_t dc = 2;
  /// A temporary key that the server forgets after this time; zero makes a permanent one.
  std::chrono::seconds expires_in = std::chrono::seconds(0);
  /// Tells the server which data centre was meant, as it should be. False is what some old clients
  /// do.
  bool name_dc = true;
};

/// Makes a key together with a server: the client's side of the key exchange.
///
/// Performs no I/O and reads no clock: hand it the packets that arrive and do what it answers. It
/// serves one exchange; after `done` or `failed` make another one. Nothing of a failed exchange is
/// kept.
///
/// Specification: core.telegram.org/mtproto/auth_key and /security_guidelines.
/// Threads: not thread-safe; it belongs to the strand of its driver.
class MTP_API client_handshake {
 public:
  /// Send the packet and wait for the next.
  struct send {
    bytes packet = {};
  };
  /// The key is made.
  struct done {
    crypto::auth_key key = {};
    std::int64_t salt = 0;                       ///< the first server salt
    std::int32_t server_time = 0;                ///< in seconds of Unix time: when the key was made
    std::chrono::milliseconds time_offset = {};  ///< the server's clock minus ours
    std::int32_t expires_at = 0;                 ///< in server time; 0 for a permanent key
  };
  /// The exchange ended without a key. Start anew on another connection, or give up.
  struct failed {
    protocol_errc reason = protocol_errc::handshake_failed;
  };
  using action = std::variant<send, done, failed>;

  /// How often the server may ask for another try because it knows the key's id already.
  static constexpr int max_retries = 5;

  /// `trusted` are the keys that may prove who the server is; of several that it offers the first
  /// in its own order is taken.
  ///
  /// Lifetime: `random` must outlive the machine. It must be fit for keys.
  client_handshake(std::vector<crypto::rsa_public_key> trusted, random_source& random,
                   client_handshake_options options = {});

  /// The first packet. To be called once.
  action start(moment now);

  /// What follows from a packet of the server.
  ///
  /// Errors, in `failed`: malformed, bad_nonce, bad_pq, no_known_rsa_key, bad_answer_length,
  /// bad_answer_hash, bad_dh_prime, bad_dh_generator, bad_dh_value, handshake_failed.
  action on_packet(bytes_view packet, moment now);

 private:
  enum class state { fresh, awaits_pq, awaits_parameters, awaits_outcome, over };
  using outcome = result<action, protocol_errc>;

  outcome step(bytes_view body, moment now);
  outcome on_pq(bytes_view body, moment now);
  outcome on_parameters(bytes_view body, moment now);
  outcome on_refusal(bytes_view body);
  outcome on_inner_data(bytes_view encrypted, moment now);
  outcome on_outcome(bytes_view body, moment now);
  outcome finish();
  outcome propose(std::int64_t retry_id, moment now);
  outcome retry(moment now);
  template <class Answer>
  result<void, protocol_errc> check_nonces(Answer const& answer) const;
  bytes inner_data(bytes const& pq, bytes const& p, bytes const& q) const;
  crypto::rsa_public_key const* choose(std::span<std::int64_t const> offered) const;
  action packet(bytes_view body, moment now);
  void forget();

  std::vector<crypto::rsa_public_key> trusted_;
  random_source& random_;
  client_handshake_options options_;
  state state_ = state::fresh;
  message_id_source ids_;
  int retries_ = 0;
  int128 nonce_ = {};
  int128 server_nonce_ = {};
  crypto::wiped_bytes<32> new_nonce_;
  std::optional<crypto::dh_group> group_;
  bytes server_value_;  // g_a
  std::int32_t server_time_ = 0;
  std::chrono::milliseconds time_offset_ = {};
  crypto::auth_key key_;
};

}  // namespace mtp::MTP_ABI::mtproto
