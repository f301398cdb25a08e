// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What a link says over one connection: the session, or a probe of it.
#include "net/link.hpp"

#include <mtp/core/error.hpp>

#include <asio/this_coro.hpp>

#include <algorithm>
#include <utility>

namespace mtp::MTP_ABI::net {
namespace {

template <class... F>
struct overloaded : F... {
  using F::operator()...;
};

}  // namespace

/// Does with a new connection what the policy wants of it before it carries the session. Ends with
/// whether the session was probed.
task<bool> link::prepare(dialler::attempt& over) {
  using use = reconnect_policy::use;
  bool const doubtful = session_ && session_->is_doubtful(world_.now());
  auto const what = policy_->use_of(needs(), doubtful);
  if (what == use::start_over) start_over();
  if (what == use::make_keys) co_await make_keys(over);
  if (what == use::prove_key) co_await prove(over);
  if (what == use::probe_session) co_await probe(over);
  if (!reconnect_policy::may_carry(needs())) start_over();
  co_return what == use::probe_session;
}

/// Asks the server for any packet in a session that is not in doubt.
task<> link::probe(dialler::attempt& over) {
  used_context_ = current_context();
  mtproto::client_session fresh(used_context_, world_.random(), options_.session);
  fresh.on_connected(world_.now());
  while (!fresh.has_heard()) {
    auto const ignored = co_await next_events(over, fresh);
  }
  over.win();
  co_await over.others_ended();
}

/// Writes what a session beside that of the traffic has to say, and takes what comes next for it.
task<std::vector<mtproto::session_event>> link::next_events(dialler::attempt& over,
                                                            mtproto::client_session& of) {
  while (auto packet = of.next_packet(world_.now()))
    co_await over.stream().write(*std::move(packet));
  transport::frame frame = co_await over.stream().receive();
  auto* const packet = packet_of(frame);
  if (!packet) co_return of.take_events();
  auto events = of.on_packet(std::move(packet->payload), world_.now());
  if (!events) throw error(make_error_code(events.error()));
  co_return std::move(*events);
}

/// Forgets the pump also when this coroutine is destroyed where it waits, with its loop.
struct link::pump_place {
  link& of;
  ~pump_place() { of.pump_ = nullptr; }
};

/// Carries the session over a connection until that ends.
task<> link::carry_session(dialler::attempt& over) {
  bool const probed = co_await prepare(over);
  use_session(current_context());
  session_pump pump(world_, strand_, *session_, over, *this);
  pump_place const place{*this};
  auto const start = [&](task_scope& scope) {
    pump_ = &pump;
    begin_carrying(probed);
    pump.start(scope);
    if (temporary_) scope.spawn(renew_in_time());
  };
  std::exception_ptr failed;
  try {
    co_await task_scope::run(strand_, start);
  } catch (...) {
    failed = std::current_exception();
  }
  auto const state = co_await asio::this_coro::cancellation_state;
  pump_ = nullptr;
  end_carrying(state.cancelled() != asio::cancellation_type::none);
  if (failed) std::rethrow_exception(failed);
}

void link::begin_carrying(bool probed) {
  moment const now = world_.now();
  used_context_ = context_;
  initialised_ = false;
  policy_->on_carrying(probed, now.steady);
  handover_.on_carrying();
  session_->on_connected(now);
  begin_calls();
}

void link::end_carrying(bool cancelled) {
  if (policy_->on_carried(cancelled)) give_up_session(world_.now());
  may_call_ = false;
  if (policy_->is_connected() && on_change_) on_change_(false);
  if (binding_ != mtproto::request_handle{}) handover_.on_binding_interrupted();
  session_->on_disconnected();
}

/// A temporary key has to be bound before anything else is said under it.
void link::begin_calls() {
  auto const* const temporary = key_->temporary(options_.purpose, world_.now());
  if (temporary && temporary->context == context_ && !temporary->bound) {
    begin_binding(*temporary);
  } else {
    may_call_ = true;
    submit_all();
  }
}

bool link::tolerates(std::error_code refusal) const { return policy_->tolerates(refusal); }

/// Who can read and write under the key knows it.
void link::on_packet() {
  if (context_ != key_->permanent() || !session_->has_heard()) return;
  key_->life().on_heard();
  report_doubt();
}

void link::on_bytes(std::size_t count, moment now) {
  session_->on_bytes(count, now);
  policy_->on_bytes(now.steady);
}

void link::on_first_packet(dc_endpoint const& from) {
  policy_->on_heard();
  options_.last_good = from;
  if (may_call_) on_established();
}

void link::on_established() {
  policy_->on_established(world_.now().steady);
  if (on_change_) on_change_(true);
  log(log_level::info, "connected");
  listener_.established(id(), *options_.last_good);
}

/// What time brings besides packets; returns when to look again.
///
/// Errors: what makes the connection useless.
steady_time link::look_after(moment now) {
  auto what = policy_->look(session_->is_silent(now), now.steady);
  if (std::holds_alternative<reconnect_policy::give_up_session>(what)) {
    give_up_session(now);
    what = policy_->look(session_->is_silent(now), now.steady);
  }
  if (auto const* end = std::get_if<reconnect_policy::break_off>(&what))
    throw error(end->why, "silence");
  return std::min(std::get<reconnect_policy::watch>(what).until, look_after_temporary_key(now));
}

/// The data centre answers a fresh session and not this one.
void link::give_up_session(moment now) {
  log(log_level::warning, "the session is given up");
  for (auto& each : session_->give_up(now)) on_event(std::move(each));
}

void link::on_event(mtproto::session_event event) {
  using namespace mtproto::session_events;
  auto const bound =
      binding_ == mtproto::request_handle{} ? std::nullopt : binding_outcome(event, binding_);
  if (bound) return on_bind_outcome(*bound);
  std::visit(overloaded{
                 [&](answer& e) { on_answer(e.request, std::move(e.body)); },
                 [&](refusal& e) { on_refusal(e.request, refused{e.code, std::move(e.text)}); },
                 [&](abandoned& e) { finish(e.request, e.why); },
                 [&](pushed_object& e) { listener_.update(id(), std::move(e.body)); },
                 [&](session_created&) { listener_.session_created(id()); },
                 [&](state_changed&) {
                   if (context_ == key_->permanent())
                     listener_.store_state(id(), context_->state(world_.now()));
                 },
             },
             event);
}

}  // namespace mtp::MTP_ABI::net
