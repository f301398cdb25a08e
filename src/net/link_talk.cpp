// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What a link says over one connection: the session, or a probe of it.
#include "net/link.hpp"

#include <mtp/core/error.hpp>

#include <asio/post.hpp>
#include <asio/this_coro.hpp>
#include <asio/use_awaitable.hpp>

#include <algorithm>
#include <utility>

namespace mtp::net {
namespace {

/// After so many packets that were there already, others on the same thread have their turn.
constexpr unsigned packets_in_a_row = 16;

template <class... F>
struct overloaded : F... {
  using F::operator()...;
};

/// The packet of a frame; empty for a quick acknowledgement, which nobody asked for.
///
/// Errors: what a transport error means.
transport::packet* packet_of(transport::frame& frame) {
  if (auto const* failed = std::get_if<transport::transport_error>(&frame))
    throw error(make_error_code(transport::meaning_of(*failed)));
  return std::get_if<transport::packet>(&frame);
}

}  // namespace

/// Stands while a connection carries the session.
class link::in_use {
 public:
  explicit in_use(link& of) : of_(of) {
    of_.broken_ = {};  // whatever was wrong with the connection before
  }
  in_use(in_use const&) = delete;
  in_use& operator=(in_use const&) = delete;
  ~in_use() {
    if (of_.policy_->is_established() && of_.heed_) of_.heed_(false);
    of_.idle_stream_ = nullptr;
    of_.may_call_ = false;
    of_.policy_->on_carried(true);  // as it ends when it did not even begin
    if (of_.binding_ != mtproto::request_handle{}) of_.handover_.on_binding_interrupted();
    if (of_.session_) of_.session_->on_disconnected();
  }

 private:
  link& of_;
};

/// Stands while it is noted whose calls end.
class link::collecting {
 public:
  collecting(link& of, detail::waiting_room::woken& callers) : of_(of) { of_.woken_ = &callers; }
  collecting(collecting const&) = delete;
  collecting& operator=(collecting const&) = delete;
  ~collecting() { of_.woken_ = nullptr; }

 private:
  link& of_;
};

/// Does with a new connection what the policy wants of it.
task<> link::talk_over(dialler::attempt& over) {
  using use = reconnect_policy::use;
  bool const doubtful = session_ && session_->is_doubtful(world_.now());
  auto const what = policy_->use_of(needs(), doubtful);
  if (what == use::start_over) start_over();
  if (what == use::make_keys) co_await make_keys(over);
  if (what == use::prove_key) co_await prove(over);
  if (what == use::probe_session) co_await probe(over);
  if (!reconnect_policy::may_carry(needs())) start_over();
  in_use const here(*this);
  co_await converse(over, what == use::probe_session);
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

task<> link::converse(dialler::attempt& over, bool probed) {
  moment const now = world_.now();
  use_session(current_context());
  used_context_ = context_;
  initialised_ = false;
  policy_->on_carrying(probed, now.steady);
  handover_.on_carrying();
  session_->on_connected(now);
  begin_calls();
  auto const start = [&](task_scope& scope) {
    scope.spawn(clock_loop());
    scope.spawn(write_loop(over.stream()));
    scope.spawn(read_loop(over));
    if (temporary_) scope.spawn(renew_in_time());
  };
  std::exception_ptr failed;
  try {
    co_await task_scope::run(strand_, start);
  } catch (...) {
    failed = std::current_exception();
  }
  auto const state = co_await asio::this_coro::cancellation_state;
  bool const cancelled = state.cancelled() != asio::cancellation_type::none;
  if (policy_->on_carried(cancelled)) give_up_session(world_.now());
  if (failed) std::rethrow_exception(failed);
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

/// What a packet brought is handled also when another connection won meanwhile: the session does
/// not get it twice.
task<> link::read_loop(dialler::attempt& over) {
  unsigned in_a_row = 0;
  for (;;) {
    auto frame = over.stream().try_receive();
    if (!frame) {
      co_await over.stream().arrival();
      in_a_row = 0;
      continue;
    }
    if (++in_a_row % packets_in_a_row == 0) co_await asio::post(strand_, asio::use_awaitable);
    auto* const packet = packet_of(*frame);
    if (!packet) continue;
    moment const now = world_.now();
    auto events = session_->on_packet(std::move(packet->payload), now);
    if (!events && policy_->tolerates(events.error())) continue;
    if (!events) throw error(make_error_code(events.error()));
    end_doubt();
    bool const first = !policy_->has_heard() && session_->has_heard();
    if (first && over.win()) on_first_packet(over);
    on_events(std::move(*events));
    ask_writer(now);
    if (first) co_await over.others_ended();
  }
}

/// Who can read and write under the key knows it.
void link::end_doubt() {
  if (context_ != key_->permanent() || !session_->has_heard()) return;
  key_->life().on_heard();
  report_doubt();
}

void link::on_first_packet(dialler::attempt const& over) {
  policy_->on_heard();
  options_.last_good = over.address();
  if (may_call_) on_established();
}

void link::on_established() {
  policy_->on_established(world_.now().steady);
  if (heed_) heed_(true);
  log(log_level::info, "connected");
  listener_.established(id(), *options_.last_good);
}

/// One packet at a time: what is urgent goes before what was queued earlier.
task<> link::write_loop(packet_stream& stream) {
  for (;;) {
    moment const now = world_.now();
    steady_time const until = look_after(now);
    auto packet = session_->next_packet(now);
    handle_all(session_->take_events());
    if (packet) {
      bool const all = stream.try_write(*std::move(packet));
      if (!all) co_await stream.finish_writing();
      session_->recycle(stream.take_written());
    } else {
      look_at(std::min(until, session_->next_deadline().value_or(steady_time::max())));
      idle_stream_ = &stream;
      co_await wake_.wait();
      idle_stream_ = nullptr;
      if (stream.is_writing()) co_await stream.finish_writing();
      session_->recycle(stream.take_written());
    }
  }
}

/// After a call was submitted. One that is alone need not wait for the writer's turn: no other is
/// about to share its packet.
void link::write_soon() {
  if (woken_) return;  // what comes of the packet is written when all of it was handled
  bool const at_once = idle_stream_ && session_->pending() == 1 && !broken_;
  if (!at_once || !write_now(world_.now())) wake_.notify();
}

/// Writes one packet. False when the writer has to go on.
bool link::write_now(moment now) {
  auto packet = session_->next_packet(now);
  handle_all(session_->take_events());
  if (!packet) return false;
  auto& stream = *std::exchange(idle_stream_, nullptr);
  try {
    if (!stream.try_write(*std::move(packet))) return false;
  } catch (std::system_error const& failed) {
    broken_ = failed.code();
    return false;
  }
  session_->recycle(stream.take_written());
  idle_stream_ = &stream;
  look_at(std::min(look_at_, session_->next_deadline().value_or(steady_time::max())));
  return !session_->has_to_write(now);
}

/// Lets those go on whose calls have ended: what they call next goes into one packet.
void link::on_events(std::vector<mtproto::session_event> events) {
  detail::waiting_room::woken callers(strand_);
  collecting const here(*this, callers);
  handle_all(std::move(events));
  callers.run();
}

/// After a packet has come. Most answers leave nothing to write, but one may be the last for which
/// the next temporary key waits.
void link::ask_writer(moment now) {
  bool all = !broken_ && !handover_.is_leaving();
  if (all && session_->has_to_write(now)) all = idle_stream_ && write_now(now);
  if (!all) return wake_.notify();
  look_at(std::min(look_at_, session_->next_deadline().value_or(steady_time::max())));
}

/// The writer is to look again at that time.
void link::look_at(steady_time when) {
  look_at_ = when;
  if (when < timed_for_) clock_.notify();
}

/// Wakes the writer when time brings something. Most often that is put off before it comes, by an
/// answer for example: then the timer stays as it was and is set anew when it has run.
task<> link::clock_loop() {
  for (;;) {
    if (world_.now().steady >= look_at_) {
      look_at_ = steady_time::max();
      wake_.notify();
    }
    timed_for_ = look_at_;
    co_await clock_.wait_until(timed_for_);
  }
}

/// What time brings besides packets; returns when to look again.
///
/// Errors: what makes the connection useless.
steady_time link::look_after(moment now) {
  if (broken_) throw error(broken_);
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
  handle_all(session_->give_up(now));
}

void link::handle_all(std::vector<mtproto::session_event> events) {
  for (auto& each : events) handle(std::move(each));
}

void link::handle(mtproto::session_event event) {
  using namespace mtproto::event;
  auto const bound =
      binding_ == mtproto::request_handle{} ? std::nullopt : binding_outcome(event, binding_);
  if (bound) return on_bind_outcome(*bound);
  std::visit(overloaded{
                 [&](answer& e) { on_answer(e.request, std::move(e.body)); },
                 [&](refusal& e) { on_refusal(e.request, refused{e.code, std::move(e.text)}); },
                 [&](abandoned& e) { finish(e.request, e.why); },
                 [&](update& e) { listener_.update(id(), std::move(e.body)); },
                 [&](session_created&) { listener_.session_created(id()); },
                 [&](state_changed&) {
                   if (context_ == key_->permanent())
                     listener_.store_state(id(), context_->state(world_.now()));
                 },
             },
             event);
}

}  // namespace mtp::net
