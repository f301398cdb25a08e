// SPDX-License-Identifier: MIT OR Apache-2.0
#include "net/reconnect_policy.hpp"

#include <mtp/core/error.hpp>

#include <algorithm>

namespace mtp::net {
namespace {

constexpr int max_quick_retries = 4;
constexpr auto quick_delay = std::chrono::milliseconds(50);
constexpr int believed_from = 3;

/// Nobody has proved who they are when they say this.
bool is_claim(std::error_code why) {
  return why == protocol_errc::no_known_rsa_key || why == protocol_errc::wrong_dc;
}

}  // namespace

bool is_hopeless(std::error_code why) {
  return is_claim(why) || why == client_errc::storage || why == client_errc::bad_config;
}

reconnect_policy::reconnect_policy(reconnect_options options, random_source& random,
                                   steady_time now)
    : options_(options),
      backoff_(options.backoff, random),
      first_deadline_(now + options.first_connection),
      next_(now),
      was_connected_(options.was_connected) {}

reconnect_policy::action reconnect_policy::next(steady_time now) const {
  if (final_) return give_up{*final_};
  if (now < next_) return wait{next_};
  return connect{};
}

void reconnect_policy::on_established(steady_time now) {
  if (!connected_) {
    backoff_.connected(now);
    since_ = now;
  }
  claims_ = 0;
  connected_ = was_connected_ = established_ = true;
}

bool reconnect_policy::has_lasted(steady_time now) const {
  return connected_ && now - since_ >= options_.backoff.good_after;
}

void reconnect_policy::count_claim(std::error_code why) {
  bool const again = claims_ > 0 && why == claim_;
  claim_ = why;
  claims_ = is_claim(why) ? 1 + (again ? claims_ : 0) : 0;
}

bool reconnect_policy::is_believed(std::error_code why) const {
  return is_hopeless(why) && (!is_claim(why) || claims_ >= believed_from);
}

bool reconnect_policy::is_final(std::error_code why, steady_time now, bool quick) const {
  if (!was_connected_) return is_believed(why) || now >= first_deadline_;
  if (options_.ends_when_hopeless && !established_ && is_believed(why)) return true;
  return options_.backoff.restart == restart_policy::none && !quick;
}

void reconnect_policy::on_failed(std::error_code why, steady_time now, bool quick) {
  count_claim(why);
  if (is_final(why, now, quick)) final_ = why;
  if (has_lasted(now)) quick_retries_ = 0;
  next_ = now + bounded(delay(why, now, quick), now);
  connected_ = false;
}

duration reconnect_policy::delay(std::error_code why, steady_time now, bool quick) {
  if (why == protocol_errc::transport_flood) {
    backoff_.on_rate_limited();
    return backoff_.failed();
  }
  if (quick && ++quick_retries_ <= max_quick_retries) return quick_delay;
  return connected_ ? backoff_.broke(now) : backoff_.failed();
}

void reconnect_policy::on_network_restored(steady_time now) {
  backoff_.reset();
  next_ = std::min(next_, now);
}

duration reconnect_policy::bounded(duration limit, steady_time now) const {
  if (was_connected_) return limit;
  return std::min(limit, std::max<duration>(first_deadline_ - now, std::chrono::milliseconds(1)));
}

}  // namespace mtp::net
