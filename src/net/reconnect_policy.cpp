// SPDX-License-Identifier: MIT OR Apache-2.0
#include "net/reconnect_policy.hpp"

#include <mtp/core/deadline.hpp>
#include <mtp/core/error.hpp>

#include <algorithm>
#include <utility>

namespace mtp::MTP_ABI::net {
namespace {

constexpr int max_quick_retries = 4;
constexpr auto quick_delay = std::chrono::milliseconds(50);
constexpr int min_claims = 3;
/// So often in a row a temporary key is said to be unknown until its session is given up.
constexpr int max_denials = 4;
/// Until the first packet of a connection is whole, when it is long and comes slowly.
constexpr auto max_first_packet = std::chrono::seconds(60);
/// A peer that answered the first step of a key exchange has at least so long for the others.
constexpr auto min_answer_timeout = std::chrono::seconds(4);
/// A limit that was too short for a line grows to this.
constexpr auto max_stretched = std::chrono::seconds(60);
constexpr int max_slowness = 64;

/// Nobody has proved who they are when they say this.
bool is_claim(std::error_code why) {
  return why == protocol_errc::no_known_rsa_key || why == protocol_errc::wrong_dc;
}

}  // namespace

bool is_hopeless(std::error_code why) {
  return is_claim(why) || why == client_errc::storage || why == client_errc::bad_config;
}

int rank_of_failure(std::error_code why) {
  if (is_hopeless(why)) return 0;
  if (why == protocol_errc::unknown_key) return 3;
  return why == protocol_errc::transport_flood ? 2 : 1;
}

reconnect_policy::reconnect_policy(reconnect_options options, key_lifecycle& key,
                                   random_source& random, steady_time now)
    : options_(options),
      key_(key),
      backoff_(options.backoff, random),
      initial_deadline_(deadline_after(now, options.initial_timeout)),
      next_(now),
      answer_timeout_(options.handshake_timeout),
      was_connected_(options.was_connected) {}

// --- Attempts ------------------------------------------------------------------------------------

/// A doubt about the key is no reason to wait longer than the first connection may take.
reconnect_policy::action reconnect_policy::next(steady_time now) const {
  if (final_) return give_up{*final_};
  auto const from = std::max(next_, key_.not_before());
  if (from <= now) return connect{};
  if (from <= now + bounded(from - now, now)) return wait{from};
  return give_up{last_failure_ ? last_failure_ : make_error_code(protocol_errc::unknown_key)};
}

void reconnect_policy::on_network_restored(steady_time now) {
  backoff_.reset();
  slowness_ = 1;
  next_ = std::min(next_, now);
}

void reconnect_policy::on_connecting(bool several_addresses, steady_time now) {
  several_addresses_ = several_addresses;
  connecting_since_ = now;
  answer_timeout_ = stretched(options_.handshake_timeout);
}

duration reconnect_policy::stretched(duration limit) const {
  if (limit >= max_stretched) return limit;
  return std::min<duration>(limit * slowness_, max_stretched);
}

void reconnect_policy::learn_time(ran_out_of_time how) {
  if (connected_ || how == ran_out_of_time::no) return;
  if (how == ran_out_of_time::connecting) slowness_ = std::max(slowness_, 2);
  if (how == ran_out_of_time::talking) slowness_ = std::min(slowness_ * 2, max_slowness);
}

/// `limit`, or what is left of the time for the first connection.
duration reconnect_policy::bounded(duration limit, steady_time now) const {
  if (was_connected_) return limit;
  return std::min(limit, std::max<duration>(initial_deadline_ - now, std::chrono::milliseconds(1)));
}

duration reconnect_policy::connect_limit(steady_time now) const {
  return bounded(stretched(options_.connect_timeout), now);
}

duration reconnect_policy::exchange_limit(steady_time now) const {
  return bounded(stretched(options_.handshake_timeout), now);
}

void reconnect_policy::on_first_answer(duration took) {
  duration const limit = stretched(options_.handshake_timeout);
  duration const least = std::min<duration>(min_answer_timeout, limit);
  answer_timeout_ = several_addresses_ ? std::clamp<duration>(10 * took, least, limit) : limit;
}

// --- Connections ---------------------------------------------------------------------------------

reconnect_policy::use reconnect_policy::use_of(key_needs const& keys, bool session_doubtful) const {
  if (keys.any() && !keys.turn) return use::start_over;
  if (keys.exchange) return use::make_keys;
  if (keys.proof) return use::prove_key;
  return carrying_ || session_doubtful ? use::probe_session : use::carry_session;
}

/// Until then the connection is established, or of no use. A session that is given up meanwhile has
/// as much time again for the next.
void reconnect_policy::on_carrying(bool probed, steady_time now) {
  carrying_ = true;
  probed_ = probed;
  heard_ = connected_ = false;
  duration const limit = connect_limit(now);
  auto const heard = deadline_after(now, stretched(options_.connect_timeout));
  if (probed) heard_deadline_ = heard;
  establish_deadline_ =
      probed ? deadline_after(heard, limit) : deadline_after(now, std::min(limit, answer_timeout_));
  bytes_limit_ = deadline_after(establish_deadline_, max_first_packet);
}

/// An answer may stand behind a long packet. That is worth a while and no more as long as nobody
/// has proved who sends it.
void reconnect_policy::on_bytes(steady_time now) {
  auto const until = std::min(deadline_after(now, answer_timeout_), bytes_limit_);
  if (heard_deadline_) heard_deadline_ = std::max(*heard_deadline_, until);
  establish_deadline_ = std::max(establish_deadline_, until);
}

bool reconnect_policy::on_heard() {
  heard_deadline_.reset();
  denials_ = 0;
  return !std::exchange(heard_, true);
}

void reconnect_policy::on_established(steady_time now) {
  if (!connected_) {
    backoff_.on_connected(now);
    since_ = now;
    if (now - connecting_since_ < options_.connect_timeout) slowness_ = 1;
  }
  claims_ = 0;
  connected_ = was_connected_ = ever_connected_ = true;
}

reconnect_policy::verdict reconnect_policy::look(bool silent, steady_time now) {
  if (heard_deadline_ && now >= *heard_deadline_) {
    heard_deadline_.reset();
    return give_up_session{};
  }
  bool const late = !connected_ && now >= establish_deadline_;
  if (late || silent) return break_off{make_error_code(client_errc::timed_out)};
  auto const until = heard_deadline_.value_or(steady_time::max());
  return watch{connected_ ? until : std::min(until, establish_deadline_)};
}

bool reconnect_policy::on_carried(bool cancelled) {
  carrying_ = false;
  bool const awaited = heard_deadline_.has_value();
  heard_deadline_.reset();
  return awaited && !cancelled;
}

bool reconnect_policy::tolerates(std::error_code of_packet) const {
  return probed_ && of_packet == protocol_errc::wrong_session;
}

// --- Failures ------------------------------------------------------------------------------------

bool reconnect_policy::has_lasted(steady_time now) const {
  return connected_ && now - since_ >= options_.backoff.reset_after;
}

void reconnect_policy::count_claim(std::error_code why) {
  bool const again = claims_ > 0 && why == claim_;
  claim_ = why;
  claims_ = is_claim(why) ? 1 + (again ? claims_ : 0) : 0;
}

bool reconnect_policy::is_believed(std::error_code why) const {
  return is_hopeless(why) && (!is_claim(why) || claims_ >= min_claims);
}

bool reconnect_policy::is_final(std::error_code why, steady_time now, bool quick) const {
  if (!was_connected_) return is_believed(why) || now >= initial_deadline_;
  if (options_.ends_when_hopeless && !ever_connected_ && is_believed(why)) return true;
  return options_.backoff.restart == restart_policy::none && !quick;
}

reconnect_policy::lesson reconnect_policy::on_failed(connection_failure const& how,
                                                     steady_time now) {
  lesson out = learn(how, now);
  // What was wrong with a key is dealt with: the next attempt is a different one.
  bool const quick =
      std::exchange(retry_at_once_, false) || out.key_doubted || out.temporary_unknown;
  count_claim(how.why);
  if (is_final(how.why, now, quick)) final_ = how.why;
  if (has_lasted(now)) quick_retries_ = 0;
  learn_time(how.ran_out);
  next_ = now + bounded(delay(how.why, now, quick), now);
  last_failure_ = how.why;
  carrying_ = heard_ = connected_ = false;
  heard_deadline_.reset();
  return out;
}

/// An address may answer and be of no use all the same: somebody there falls silent in the middle
/// of the key exchange, or hangs up on what is encrypted.
reconnect_policy::lesson reconnect_policy::learn(connection_failure const& how, steady_time now) {
  lesson out;
  bool const denied = how.why == protocol_errc::unknown_key;
  out.key_doubted = denied && how.key == key_in_use::permanent;
  out.temporary_unknown =
      denied && how.key == key_in_use::temporary && is_temporary_believed_unknown(how.at_stake);
  if (out.key_doubted) key_.on_unknown_key(now);
  if (!retry_at_once_) out.address_good = connected_ && how.why != client_errc::timed_out;
  out.suspended =
      how.why == protocol_errc::transport_flood || key_.current() == key_lifecycle::state::suspect;
  return out;
}

/// The loss of a temporary key is no harm, but that of its session is, and nobody has proved who
/// they are that say it.
bool reconnect_policy::is_temporary_believed_unknown(bool at_stake) {
  if (at_stake && ++denials_ < max_denials) return false;
  denials_ = 0;
  return true;
}

duration reconnect_policy::delay(std::error_code why, steady_time now, bool quick) {
  if (why == protocol_errc::transport_flood) {
    backoff_.on_rate_limited();
    return backoff_.on_failed();
  }
  if (quick && ++quick_retries_ <= max_quick_retries) return quick_delay;
  return connected_ ? backoff_.on_disconnected(now) : backoff_.on_failed();
}

}  // namespace mtp::MTP_ABI::net
