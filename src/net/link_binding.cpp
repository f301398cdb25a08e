// SPDX-License-Identifier: MIT OR Apache-2.0
//
// A link has the server bind temporary keys: to use them, or to prove that it knows the permanent
// one.
#include "net/key_binding.hpp"
#include "net/link.hpp"

#include <mtp/core/timeout.hpp>

#include <asio/this_coro.hpp>

#include <utility>

namespace mtp::MTP_ABI::net {

mtproto::request_handle link::submit_binding(mtproto::client_session& in,
                                             temporary_key const& fresh) {
  auto build = [permanent = key_->permanent(), id = fresh.context->key.id(),
                expires_at = fresh.expires_at,
                &random = world_.random()](mtproto::message_place const& place) {
    key_binding const what{.nonce = random.make<std::int64_t>(),
                           .temporary_key = id,
                           .session = place.session,
                           .message_id = place.id,
                           .expires_at = expires_at};
    return binding_request(permanent->key, what, random.make<int128>(),
                           random.make<std::uint64_t>());
  };
  mtproto::request_options options;
  options.compressible = false;
  options.repeatable = true;
  options.priority = mtproto::lane::interactive;
  return in.submit(mtproto::body_builder(std::move(build)), options);
}

void link::begin_binding(temporary_key const& fresh) {
  if (binding_ != mtproto::request_handle{}) session_->cancel(binding_);
  binding_ = submit_binding(*session_, fresh);
}

void link::on_bind_outcome(bind_outcome said) {
  binding_ = {};
  auto const what = handover_.judge(said);
  key_->on_bind(options_.purpose, what, world_.now());
  if (what == bind_outcome::bound) key_->life().on_heard();
  report_doubt();
  if (key_->life().current() == key_lifecycle::state::dead) forget_key();
  switch (what_follows(what, key_->options().pfs)) {
    case after_binding::carry_calls: return on_bound();
    case after_binding::reconnect: return break_off(make_error_code(protocol_errc::unknown_key));
    case after_binding::give_up: return break_off(make_error_code(client_errc::bad_config));
  }
}

void link::on_bound() {
  turn_.reset();
  may_call_ = true;
  submit_all();
  if (policy_->has_heard()) on_established();
}

// --- Proof ---------------------------------------------------------------------------------------

/// Has the server say whether it knows the permanent key, in a session of its own under a key of
/// its own: the session of the traffic stays as it is, for the next connection.
task<> link::prove(dialler::attempt& over) {
  auto what = bind_outcome::not_made;
  try {
    duration const limit = policy_->exchange_limit(world_.now().steady);
    auto work = with_timeout(world_, try_to_bind(over), limit);
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
  using namespace mtproto::session_events;
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

}  // namespace mtp::MTP_ABI::net
