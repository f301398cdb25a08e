// SPDX-License-Identifier: MIT OR Apache-2.0
//
// A link makes its next temporary key beside its traffic, and moves its session there.
#include "net/link.hpp"

#include <mtp/core/timeout.hpp>

#include <utility>

namespace mtp::MTP_ABI::net {
/// Whether there is another temporary key, ready for use, than that of the session.
bool link::is_replaced() {
  auto const* const next = key_->temporary(options_.purpose, world_.now());
  return next && next->context != context_ && next->bound;
}

/// Makes the next temporary key while the one of this connection still serves, so that no call
/// waits for a key exchange.
task<> link::renew_in_time() {
  while (!is_replaced()) {
    moment const now = world_.now();
    auto const when = handover_.renew_at(key_->renewal(*temporary_, now));
    if (now.steady < when) {
      co_await pause(world_, strand_, when - now.steady);
      continue;
    }
    std::string failed;
    try {
      co_await renew_beside();
    } catch (std::exception const& e) {
      failed = e.what();
    }
    if (failed.empty()) continue;
    log(log_level::info, "the temporary key is not renewed yet: " + failed);
    handover_.on_renewal_failed(key_->options().renew_before, world_.now().steady);
  }
  pump_->wake();
}

task<> link::renew_beside() {
  auto const turn = co_await key_->take_turn();
  if (is_replaced()) co_return;
  auto candidates = addresses();
  auto const reserve = memory_.sort(candidates);
  dialler beside(
      world_, strand_, race(), [this](dc_endpoint const& to) { return make_framing(to); },
      [this](dialler::attempt& over) { return renew_over(over); });
  co_await beside.run(std::move(candidates), reserve);
}

task<> link::renew_over(dialler::attempt& over) {
  auto fresh = co_await exchange_temporary(over);
  duration const limit = policy_->connect_limit(world_.now().steady);
  auto work = with_timeout(world_, bind_beside(over, fresh), limit);
  auto const what = co_await std::move(work);
  if (what != bind_outcome::bound)
    throw error(make_error_code(protocol_errc::unknown_key), "not bound");
  fresh.bound = true;
  key_->set_temporary(options_.purpose, std::move(fresh));
  log(log_level::info, "the temporary key is renewed");
}

/// Ends the connection when the session is to go on under the next key.
steady_time link::look_after_temporary_key(moment now) {
  if (!temporary_) return steady_time::max();
  bool const replaced = is_replaced();
  auto const until = handover_.stay_until({.end = key_->end_of_use(*temporary_, now),
                                           .replaced = replaced,
                                           .busy = session_->pending() > 0,
                                           .at_stake = replaced && has_unrepeatable_calls()},
                                          now.steady);
  if (until) return *until;
  key_->forget_temporary(options_.purpose, context_.get());
  policy_->retry_at_once();
  throw error(make_error_code(client_errc::closed));
}

}  // namespace mtp::MTP_ABI::net
