// SPDX-License-Identifier: MIT OR Apache-2.0
#include "net/link.hpp"

#include <mtp/core/timeout.hpp>
#include <mtp/transport/obfuscation.hpp>

#include <asio/this_coro.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace mtp::net {
namespace {

/// How many connections in a row must say that the key is unknown before it is believed.
constexpr int believed_after = 2;
/// To ask again, and to make a new key, takes no long wait; unless it happens again and again.
constexpr int most_hasty = 4;
constexpr auto pause_before_key = std::chrono::milliseconds(50);

template <class... F>
struct overloaded : F... {
  using F::operator()...;
};

transport::kind framing_of(transport_choice choice) {
  switch (choice) {
    case transport_choice::abridged: return transport::kind::abridged;
    case transport_choice::full: return transport::kind::full;
    case transport_choice::padded:
    case transport_choice::obfuscated: return transport::kind::padded_intermediate;
    case transport_choice::intermediate: break;
  }
  return transport::kind::intermediate;
}

bool was_cancelled(asio::cancellation_state const& state) {
  return state.cancelled() != asio::cancellation_type::none;
}

/// What `failed` says, for deciding and for people.
struct problem {
  std::error_code code;
  std::string text;
};
problem describe(std::exception_ptr failed) {
  try {
    std::rethrow_exception(std::move(failed));
  } catch (std::system_error const& e) {
    return {e.code(), e.code().message()};
  } catch (std::exception const& e) {
    return {std::make_error_code(std::errc::state_not_recoverable), e.what()};
  }
}

/// No further attempt will change this.
bool is_hopeless(std::error_code why) {
  return why == protocol_errc::no_known_rsa_key || why == protocol_errc::wrong_dc ||
         why == client_errc::storage;
}

}  // namespace

/// A request from its submission to its end; stands in the table as long as it lives.
struct link::pending_call {
  pending_call(link& owner, bytes_view what, call_options how)
      : of(owner), body(what), options(how), ended(owner.world_, owner.strand_) {
    place = of.calls_.insert(of.calls_.end(), this);
  }
  pending_call(pending_call const&) = delete;
  pending_call& operator=(pending_call const&) = delete;
  ~pending_call() {
    of.calls_.erase(place);
    if (request == mtproto::request_handle{}) return;
    of.by_request_.erase(static_cast<std::uint64_t>(request));
    if (outcome || !of.session_) return;
    of.session_->cancel(request);
    of.wake_.notify();
  }

  link& of;
  bytes_view body;
  call_options options;
  event ended;
  mtproto::request_handle request = {};
  std::optional<call_outcome> outcome = {};
  calls::iterator place = {};
};

link::link(environment& world, asio::any_io_executor strand, link_options options, log_sink log,
           link_listener& listener)
    : world_(world),
      strand_(strand),
      options_(std::move(options)),
      random_(world.random()),
      log_(std::move(log)),
      listener_(listener),
      backoff_(options_.connection.backoff, random_),
      wake_(world, strand),
      established_(options_.stood_before) {}

void link::tell(log_level level, std::string_view text) const {
  if (log_) log_(level, fmt::format("data centre {}: {}", options_.dc, text));
}

// --- Calls -----------------------------------------------------------------------------------

task<call_outcome> link::call(bytes_view body, call_options options) {
  if (closed_) co_return closed{};
  pending_call self(*this, body, options);
  if (session_) submit(self);
  while (!self.outcome) co_await self.ended.wait();
  co_return *std::move(self.outcome);
}

void link::submit(pending_call& call) {
  call.request = session_->submit(bytes(call.body.begin(), call.body.end()), call.options.request);
  by_request_[static_cast<std::uint64_t>(call.request)] = &call;
  wake_.notify();
}

bool link::gives_updates(mtproto::request_handle request) const {
  auto const found = by_request_.find(static_cast<std::uint64_t>(request));
  return found != by_request_.end() && found->second->options.gives_updates;
}

void link::finish(mtproto::request_handle request, call_outcome outcome) {
  auto const found = by_request_.find(static_cast<std::uint64_t>(request));
  if (found == by_request_.end()) return;
  found->second->outcome = std::move(outcome);
  found->second->ended.notify();
}

void link::renew_key() {
  if (!session_) return;  // another is being made
  key_dead_ = true;
  wake_.notify();
}

void link::close() {
  closed_ = true;
  for (pending_call* call : calls_) {
    if (!call->outcome) call->outcome = closed{};
    call->ended.notify();
  }
}

// --- The session -------------------------------------------------------------------------------

void link::resume(crypto::auth_key key, mtproto::client_session_state state) {
  begin_session(std::move(key), std::move(state));
}

void link::begin_session(crypto::auth_key key, mtproto::client_session_state state) {
  auto shared = std::make_shared<mtproto::key_context>(std::move(key), std::move(state));
  session_.emplace(std::move(shared), random_, options_.session);
  for (pending_call* call : calls_) {
    if (!call->outcome) submit(*call);
  }
}

void link::forget_key() {
  tell(log_level::warning, "the key is unknown there; making a new one, the login is lost");
  key_dead_ = false;
  session_.reset();
  by_request_.clear();
  for (pending_call* call : calls_) call->request = {};
  unknown_key_ = 0;
  listener_.key_lost();
}

void link::handle(mtproto::session_event event) {
  std::visit(overloaded{
                 [&](mtproto::event::answer& e) {
                   if (gives_updates(e.request)) listener_.own_result(e.body);
                   finish(e.request, std::move(e.body));
                 },
                 [&](mtproto::event::refusal& e) {
                   finish(e.request, refused{e.code, std::move(e.text)});
                 },
                 [&](mtproto::event::abandoned& e) { finish(e.request, e.why); },
                 [&](mtproto::event::update& e) { listener_.update(std::move(e.body)); },
                 [&](mtproto::event::session_created&) { listener_.session_created(); },
                 [&](mtproto::event::state_changed&) {
                   listener_.keep_state(session_->state(world_.now()));
                 },
             },
             event);
}

// --- Connections -------------------------------------------------------------------------------

task<> link::run() {
  first_deadline_ = world_.now().steady + options_.connection.first_connection;
  for (;;) {
    std::exception_ptr failed;
    try {
      co_await connect_and_talk();
    } catch (...) {
      failed = std::current_exception();
    }
    auto const state = co_await asio::this_coro::cancellation_state;
    if (was_cancelled(state)) throw error(make_error_code(client_errc::cancelled));
    problem const why = describe(std::move(failed));
    tell(log_level::info, why.text);
    give_up_if_hopeless(why.code, why.text);
    duration const wait = bounded(after_failure(why.code));
    if (wait > duration::zero()) co_await pause(world_, strand_, wait);
  }
}

void link::give_up_if_hopeless(std::error_code why, std::string const& text) {
  if (established_) return;
  bool const late = world_.now().steady >= first_deadline_;
  bool const all_tried = next_endpoint_ >= options_.endpoints.size();
  if (!late && !(is_hopeless(why) && all_tried)) return;
  auto const& last = options_.endpoints[(next_endpoint_ - 1) % options_.endpoints.size()];
  tell(log_level::error, text);
  throw error(why, fmt::format("data centre {} at {}:{}", options_.dc, last.host, last.port));
}

/// `limit`, or what is left of the time for the first connection.
duration link::bounded(duration limit) const {
  if (established_) return limit;
  duration const left = first_deadline_ - world_.now().steady;
  return std::min(limit, std::max<duration>(left, std::chrono::milliseconds(1)));
}

/// What a failure teaches, and how long to wait after it.
duration link::after_failure(std::error_code why) {
  if (why == protocol_errc::unknown_key && session_) {
    standing_ = false;
    if (++unknown_key_ >= believed_after || key_dead_) forget_key();
    if (++hasty_ <= most_hasty) return pause_before_key;
  }
  if (why == protocol_errc::transport_flood) backoff_.on_rate_limited();
  if (!standing_) return backoff_.failed();
  standing_ = false;
  return backoff_.broke(world_.now().steady);
}

std::unique_ptr<transport::framing> link::make_framing() {
  auto const choice = options_.connection.transport;
  if (choice != transport_choice::obfuscated)
    return transport::make_framing(framing_of(choice), transport::role::client, random_);
  transport::obfuscation_options how;
  how.dc = static_cast<std::int16_t>(options_.wire_dc);
  auto made = transport::make_obfuscated_client(framing_of(choice), random_, {}, how);
  assert(made);  // only full cannot be disguised
  return *std::move(made);
}

task<> link::connect_and_talk() {
  dc_endpoint const to = options_.endpoints[next_endpoint_++ % options_.endpoints.size()];
  packet_stream stream(world_, strand_, make_framing());
  co_await connect(stream, to);
  std::exception_ptr failed;
  auto const start = [&](task_scope& scope) {
    scope.spawn(stream.run_writer());
    scope.spawn(talk(stream, scope));
  };
  try {
    co_await task_scope::run(strand_, start);
  } catch (...) {
    failed = std::current_exception();
  }
  if (session_) session_->on_disconnected();
  if (failed) std::rethrow_exception(failed);
}

task<> link::connect(packet_stream& stream, dc_endpoint to) {
  duration const limit = bounded(options_.connection.connect_timeout);
  tell(log_level::debug, fmt::format("connecting to {}:{}", to.host, to.port));
  auto attempt = stream.connect(std::move(to));
  co_await with_timeout(world_, std::move(attempt), limit);
}

task<> link::talk(packet_stream& stream, task_scope& scope) {
  if (!session_) {
    duration const limit = bounded(options_.connection.handshake_timeout);
    auto exchange = make_key(stream);
    co_await with_timeout(world_, std::move(exchange), limit);
  }
  moment const now = world_.now();
  established_ = standing_ = true;
  backoff_.connected(now.steady);
  bool const doubtful = session_->is_doubtful(now);
  session_->on_connected(now);
  if (doubtful) {
    for (auto& each : session_->give_up(now)) handle(std::move(each));
  }
  tell(log_level::info, "connected");
  listener_.connected();
  scope.spawn(write_loop(stream));
  co_await read_loop(stream);
}

task<> link::make_key(packet_stream& stream) {
  auto made = co_await exchange_key(stream);
  auto const offset = std::chrono::duration_cast<std::chrono::milliseconds>(made.time_offset);
  mtproto::client_session_state state;
  state.time_offset = offset;
  state.salts.push_back({.salt = made.salt, .valid_since = made.server_time, .valid_until = 0});
  crypto::auth_key key = made.key;
  co_await listener_.keep_key(key, state);
  begin_session(std::move(key), std::move(state));
}

task<mtproto::client_handshake::done> link::exchange_key(packet_stream& stream) {
  using handshake = mtproto::client_handshake;
  mtproto::client_handshake_options how;
  how.dc = options_.wire_dc;
  handshake machine(options_.trusted, random_, how);
  handshake::action action = machine.start(world_.now());
  for (;;) {
    if (auto* failed = std::get_if<handshake::failed>(&action))
      throw error(make_error_code(failed->reason));
    if (auto* done = std::get_if<handshake::done>(&action)) co_return std::move(*done);
    stream.send(std::get<handshake::send>(action).packet);
    transport::frame const frame = co_await stream.receive();
    auto* packet = std::get_if<transport::packet>(&frame);
    // Powers of 2048 bits: other clients of this loop need not wait for them.
    std::function<void()> step = [&] { action = machine.on_packet(packet->payload, world_.now()); };
    if (packet)
      co_await world_.run_on_worker(strand_, step);
    else if (auto* failed = std::get_if<transport::transport_error>(&frame))
      throw error(make_error_code(transport::meaning_of(*failed)));
    else
      throw error(make_error_code(protocol_errc::malformed));
  }
}

task<> link::read_loop(packet_stream& stream) {
  for (;;) {
    transport::frame frame = co_await stream.receive();
    if (auto* failed = std::get_if<transport::transport_error>(&frame))
      throw error(make_error_code(transport::meaning_of(*failed)));
    auto* packet = std::get_if<transport::packet>(&frame);
    if (!packet) continue;  // a quick acknowledgement, which we do not ask for
    auto events = session_->on_packet(std::move(packet->payload), world_.now());
    if (!events) throw error(make_error_code(events.error()));
    unknown_key_ = hasty_ = 0;
    for (auto& each : *events) handle(std::move(each));
    wake_.notify();
  }
}

task<> link::write_loop(packet_stream& stream) {
  for (;;) {
    if (key_dead_) throw error(make_error_code(protocol_errc::unknown_key));
    moment const now = world_.now();
    while (auto packet = session_->next_packet(now)) stream.send(packet->view());
    for (auto& each : session_->take_events()) handle(std::move(each));
    if (session_->is_silent(now)) throw error(make_error_code(client_errc::timed_out), "silence");
    auto const deadline = session_->next_deadline();
    co_await wake_.wait_until(deadline.value_or(steady_time::max()));
  }
}

}  // namespace mtp::net
