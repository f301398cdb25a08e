// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What a link does about its keys beside its traffic: it proves the permanent one, and makes the
// next temporary one.
#include "net/key_binding.hpp"
#include "net/link.hpp"

#include <mtp/core/timeout.hpp>

#include <asio/this_coro.hpp>

#include <algorithm>
#include <utility>

namespace mtp::net {
namespace {

constexpr auto quick_retry = std::chrono::seconds(1);

}  // namespace

/// Has the server say whether it knows the permanent key, in a session of its own under a key of
/// its own: the session of the traffic stays as it is, for the next connection.
task<> link::prove(dialler::attempt& over) {
  auto what = bind_outcome::not_made;
  try {
    auto work = with_timeout(world_, try_to_bind(over), options_.connection.handshake_timeout);
    what = co_await std::move(work);
  } catch (std::exception const& e) {
    log(log_level::info, std::string("the doubt is not settled: ") + e.what());
  }
  auto const state = co_await asio::this_coro::cancellation_state;
  bool const cancelled = state.cancelled() != asio::cancellation_type::none;
  if (cancelled) throw error(make_error_code(client_errc::cancelled));
  if (!key_->permanent()) start_over();
  key_->on_proof(what, world_.now());
  report_doubt();
  if (key_->life().current() == key_lifecycle::state::dead) forget_key();
  start_over();
}

task<bind_outcome> link::try_to_bind(dialler::attempt& over) {
  auto fresh = co_await exchange_temporary(over);
  auto const out = co_await bind_beside(over, std::move(fresh));
  co_return out;
}

task<bind_outcome> link::bind_beside(dialler::attempt& over, temporary_key fresh) {
  mtproto::client_session session(fresh.context, world_.random(), options_.session);
  session.on_connected(world_.now());
  auto const request = submit_binding(session, fresh);
  std::optional<bind_outcome> out;
  while (!out) {
    auto const events = co_await next_events(over, session);
    for (auto const& each : events)
      if (!out) out = binding_outcome(each, request);
  }
  co_return *out;
}

/// What an event says about the binding; nothing when it is about something else.
std::optional<bind_outcome> link::binding_outcome(mtproto::session_event const& event,
                                                  mtproto::request_handle request) const {
  using namespace mtproto::event;
  if (auto const* said = std::get_if<answer>(&event); said && said->request == request)
    return is_bound(said->body) ? bind_outcome::bound : bind_outcome::not_supported;
  if (auto const* no = std::get_if<refusal>(&event); no && no->request == request) {
    log(log_level::info, "the temporary key was not bound: " + no->text.substr(0, 64));
    return bind_outcome_of(parse_rpc_error(no->code, no->text, "auth.bindTempAuthKey"));
  }
  if (auto const* lost = std::get_if<abandoned>(&event); lost && lost->request == request)
    return bind_outcome::inconclusive;
  return std::nullopt;
}

// --- Renewal -------------------------------------------------------------------------------------

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
    auto const when = key_->renewal(*temporary_, now);
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
    co_await pause(world_, strand_,
                   std::max<duration>(key_->options().renew_before / 60, quick_retry));
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

/// A refusal is left to the time when the key in use has ended: then nothing else can be done, and
/// it is judged.
task<> link::renew_over(dialler::attempt& over) {
  auto fresh = co_await exchange_temporary(over);
  auto work = with_timeout(world_, bind_beside(over, fresh), options_.connection.connect_timeout);
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
                                           .at_stake = replaced && has_something_at_stake()},
                                          now.steady);
  if (until) return *until;
  key_->forget_temporary(options_.purpose, context_.get());
  policy_->retry_at_once();
  throw error(make_error_code(client_errc::closed));
}

}  // namespace mtp::net
