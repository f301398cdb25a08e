// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "net/backoff.hpp"
#include "net/key_lifecycle.hpp"

#include <mtp/core/clock.hpp>

#include <optional>
#include <system_error>
#include <variant>

namespace mtp::MTP_ABI::net {

/// No further attempt will change this. Some of it is what an unauthenticated peer said, on whose
/// way a bit may have changed.
bool is_hopeless(std::error_code why);

/// Of several failures the one with the highest rank is reported: what teaches something about the
/// key or the server goes before what only says that a way is blocked, and what seems hopeless at
/// one address is hopeless only when all say so.
int rank_of_failure(std::error_code why);

struct reconnect_options {
  backoff_options backoff = {};
  duration initial_timeout = std::chrono::seconds(10);    ///< see connection_options
  duration connect_timeout = std::chrono::seconds(10);    ///< the same
  duration handshake_timeout = std::chrono::seconds(20);  ///< the same
  bool was_connected = false;       ///< the owner had a connection, to wherever
  bool ends_when_hopeless = false;  ///< until this one was connected, although the owner was
};

/// What has to be done about the keys of a link before its session can use a connection.
struct key_needs {
  bool exchange = false;  ///< there is none to talk under
  bool binding = false;   ///< the temporary one is not bound yet
  bool proof = false;     ///< the permanent one is doubted, and the server is to be asked
  bool turn = false;      ///< it is this link's turn to do that

  bool any() const noexcept { return exchange || binding || proof; }
};

/// Which key a connection spoke under when it failed.
enum class key_in_use { none, permanent, temporary };

/// What an attempt waited for when its time was up.
enum class ran_out_of_time {
  no,
  connecting,  ///< nobody accepted the connection
  talking,     ///< somebody did, and then was silent or slow
};

/// How a connection ended, or an attempt to get one.
struct connection_failure {
  std::error_code why = {};
  key_in_use key = key_in_use::none;
  bool at_stake = false;  ///< the session has calls that must not be executed twice
  ran_out_of_time ran_out = ran_out_of_time::no;
};

/// Decides when a link connects, what it uses a connection for, how long it waits for the server,
/// and what a failure teaches. Performs nothing and reads no clock.
///
/// *Attempts.* Until the first connection is established the time is bounded, and what no further
/// attempt can change ends it: at once when this side knows it, after three attempts that end with
/// it when an unauthenticated peer says so. Later ones are tried forever, unless the restart
/// policy is `none` and something else than this side itself broke the connection.
///
/// *Time.* Nobody can tell a silent server from a slow line. So the limits double whenever they cut
/// off somebody who had accepted the connection, up to a minute, and once where nobody had; they
/// are as the options say again when a connection comes about within these, or the network is back.
///
/// *Keys.* Anybody can say that a key is unknown. For the permanent one that is a doubt, which
/// `key_lifecycle` settles, and which spaces out the attempts. A temporary one is replaced at once;
/// while its session has calls that must not be executed twice, it is after several denials.
///
/// *The session.* It is never given up for silence alone. When the server answers a fresh session
/// over a connection and then not this one, it has forgotten this one.
class reconnect_policy {
 public:
  struct connect {
    bool operator==(connect const&) const = default;
  };
  struct wait {
    steady_time until = {};
    bool operator==(wait const&) const = default;
  };
  struct give_up {
    std::error_code why = {};
    bool operator==(give_up const&) const = default;
  };
  using action = std::variant<connect, wait, give_up>;

  /// Lifetime: `key`, which is shared by all links to a data centre, and `random` outlive this.
  reconnect_policy(reconnect_options options, key_lifecycle& key, random_source& random,
                   steady_time now);

  /// Between two connections: what to do now.
  action next(steady_time now) const;
  /// The program knows that the network is back.
  void on_network_restored(steady_time now);

  // While addresses are tried.

  /// Attempts begin, at one address or at several.
  void on_connecting(bool several_addresses, steady_time now);
  /// How long one address is tried.
  duration connect_limit(steady_time now) const;
  /// How long one key exchange may take.
  duration exchange_limit(steady_time now) const;
  /// A peer answered the first step of a key exchange after so long. Somebody may answer that step,
  /// which takes no secret, and no other: where there are more addresses it must not use up the
  /// time in which they could be tried.
  void on_first_answer(duration took);
  /// How long a peer may take for the next answer.
  duration answer_timeout() const noexcept { return answer_timeout_; }

  enum class use { start_over, make_keys, prove_key, probe_session, carry_session };
  /// What a connection is used for that has just been made. Only one carries the session; another
  /// that is tried beside it, because the first is silent so far, has to prove itself by a probe
  /// before the session moves there, and so has every one when the session itself is in doubt.
  use use_of(key_needs const& keys, bool session_doubtful) const;
  /// Whether the keys still serve once they were made or the session was probed: another link may
  /// have forgotten one, or made one suspect.
  static bool may_carry(key_needs const& keys) {
    return !keys.exchange && (keys.turn || !keys.any());
  }

  // While a connection carries the session.

  /// `probed` when the server has answered a fresh session over this connection.
  void on_carrying(bool probed, steady_time now);
  /// The server said something in the session. True the first time on this connection.
  bool on_heard();
  /// Bytes go over the connection, maybe of a packet that is not whole yet.
  void on_bytes(steady_time now);
  /// Calls can be made: the server said something, and the key is bound.
  void on_established(steady_time now);

  struct watch {
    steady_time until = {};
    bool operator==(watch const&) const = default;
  };
  struct give_up_session {
    bool operator==(give_up_session const&) const = default;
  };
  struct break_off {
    std::error_code why = {};
    bool operator==(break_off const&) const = default;
  };
  using verdict = std::variant<watch, give_up_session, break_off>;
  /// What time brings; `silent` when an answer of the server is overdue. To be asked again after
  /// the session was given up.
  verdict look(bool silent, steady_time now);
  /// The connection carries the session no longer. True when the session is to be given up: the
  /// server answered a fresh one and hung up on this one.
  bool on_carried(bool cancelled);
  /// What the server says to the probe may come after it, for a session that is unknown here.
  bool tolerates(std::error_code of_packet) const;

  // Afterwards.

  /// This side is about to end the connection. What no attempt can change is no reason for another
  /// one at once.
  void on_breaking_off(std::error_code why) noexcept {
    if (!is_hopeless(why)) retry_at_once();
  }
  /// This side is about to end the connection, and has dealt with the reason: the next attempt need
  /// not wait, and the address is not to blame.
  void retry_at_once() noexcept { retry_at_once_ = true; }
  bool is_carrying() const noexcept { return carrying_; }
  bool is_connected() const noexcept { return connected_; }
  bool has_heard() const noexcept { return heard_; }

  /// What follows from a failure besides the next attempt.
  struct lesson {
    bool key_doubted = false;        ///< the owner is told
    bool temporary_unknown = false;  ///< that key is of no use any more
    std::optional<bool> address_good = {};
    bool suspended = false;  ///< the attempts are slowed down from outside
    bool operator==(lesson const&) const = default;
  };
  /// No address led to a connection, or the connection ended.
  lesson on_failed(connection_failure const& how, steady_time now);

 private:
  bool is_final(std::error_code why, steady_time now, bool quick) const;
  bool is_believed(std::error_code why) const;
  void count_claim(std::error_code why);
  bool has_lasted(steady_time now) const;
  duration delay(std::error_code why, steady_time now, bool quick);
  duration bounded(duration limit, steady_time now) const;
  duration stretched(duration limit) const;
  void learn_time(ran_out_of_time how);
  bool is_temporary_believed_unknown(bool at_stake);
  lesson learn(connection_failure const& how, steady_time now);

  reconnect_options options_;
  key_lifecycle& key_;
  backoff backoff_;
  steady_time initial_deadline_;
  steady_time next_;
  std::optional<std::error_code> final_;
  std::error_code last_failure_;
  steady_time since_ = {};
  int slowness_ = 1;  // the limits are so often what the options say
  steady_time connecting_since_ = {};
  int quick_retries_ = 0;
  std::error_code claim_ = {};  // hopeless, and said by the peer of the last attempt
  int claims_ = 0;              // by those before it, too
  int denials_ = 0;             // of the temporary key, since something was heard
  duration answer_timeout_;
  steady_time establish_deadline_ = steady_time::max();
  steady_time bytes_limit_ = steady_time::max();  // bytes put it off until then at most
  std::optional<steady_time> heard_deadline_;     // of the session, on a connection that was probed
  bool several_addresses_ = false;
  bool was_connected_ = false;
  bool ever_connected_ = false;  // ever, by this one
  bool retry_at_once_ = false;
  bool carrying_ = false;
  bool probed_ = false;
  bool heard_ = false;
  bool connected_ = false;
};

}  // namespace mtp::MTP_ABI::net
