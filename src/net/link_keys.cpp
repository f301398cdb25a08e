// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The keys of a link: made, doubted, forgotten.
#include "net/link.hpp"

#include <mtp/core/timeout.hpp>

#include <asio/this_coro.hpp>

#include <algorithm>
#include <utility>

namespace mtp::MTP_ABI::net {
namespace {

std::shared_ptr<mtproto::key_context> context_of(mtproto::client_handshake::done const& made) {
  mtproto::client_session_state state;
  state.time_offset = made.time_offset;
  state.salts.push_back({.salt = made.salt, .valid_since = made.server_time, .valid_until = 0});
  return std::make_shared<mtproto::key_context>(made.key, std::move(state));
}

}  // namespace

/// The key to talk under; empty while it has to be made.
std::shared_ptr<mtproto::key_context> link::current_context() {
  if (!key_->permanent() || !key_->uses_temporary()) return key_->permanent();
  auto const* const found = key_->temporary(options_.purpose, world_.now());
  return found ? found->context : nullptr;
}

/// Where traffic goes under temporary keys, binding them proves the permanent one.
key_needs link::needs() {
  bool const temporary = key_->uses_temporary();
  auto const* const found = key_->temporary(options_.purpose, world_.now());
  return {.exchange = !current_context(),
          .binding = temporary && found && !found->bound,
          .proof = key_->permanent() && !temporary && key_->life().needs_proof(),
          .turn = turn_ != nullptr};
}

/// The next connection takes the keys as they are then.
void link::start_over() {
  policy_->retry_at_once();
  throw error(make_error_code(client_errc::closed), "the keys have changed");
}

task<> link::make_keys(dialler::attempt& over) {
  if (!key_->permanent()) co_await make_permanent(over);
  if (needs().exchange) co_await make_temporary(over);
  if (!needs().any()) turn_.reset();
}

task<> link::make_permanent(dialler::attempt& over) {
  auto const made = co_await exchange(over, std::chrono::seconds(0));
  auto context = context_of(made);
  link_id const from{options_.dc, options_.purpose, made.key.id()};
  auto stored = listener_.store_key(from, made.key, context->state(world_.now()), made.server_time);
  co_await std::move(stored);
  key_->set(std::move(context), made.server_time);
  log(log_level::info, "a key was made");
}

task<temporary_key> link::exchange_temporary(dialler::attempt& over) {
  auto const made = co_await exchange(over, key_->options().temporary_lifetime);
  if (!key_->permanent()) start_over();
  temporary_key fresh;
  fresh.context = context_of(made);
  fresh.expires_at = made.expires_at;
  log(log_level::info, "a temporary key was made");
  co_return fresh;
}

task<> link::make_temporary(dialler::attempt& over) {
  temporary_key fresh;
  std::exception_ptr failed;
  try {
    fresh = co_await exchange_temporary(over);
  } catch (...) {
    failed = std::current_exception();
  }
  auto const state = co_await asio::this_coro::cancellation_state;
  bool const cancelled = state.cancelled() != asio::cancellation_type::none;
  failed_exchange const how{.cancelled = cancelled,
                            .has_permanent = key_->permanent() != nullptr,
                            .proved = dialler_->winner() != nullptr};
  if (failed && is_refusal(how)) key_->on_temporary_refused();
  if (failed) std::rethrow_exception(failed);
  key_->set_temporary(options_.purpose, std::move(fresh));
}

task<link::handshake::done> link::exchange(dialler::attempt& over, std::chrono::seconds lifetime) {
  duration const limit = policy_->exchange_limit(world_.now().steady);
  auto work = with_timeout(world_, run_exchange(over, lifetime), limit);
  auto made = co_await std::move(work);
  co_return made;
}

/// An answer with our nonce in it proves that a server of MTProto is there, and ends the race.
task<link::handshake::done> link::run_exchange(dialler::attempt& over,
                                               std::chrono::seconds lifetime) {
  mtproto::client_handshake_options how;
  how.dc = over.address().media_only ? -options_.wire_dc : options_.wire_dc;
  how.expires_in = lifetime;
  handshake machine(*options_.trusted, world_.random(), how);
  handshake::action action = machine.start(world_.now());
  for (bool first = true;; first = false) {
    if (auto const* failed = std::get_if<handshake::failed>(&action))
      throw error(make_error_code(failed->reason));
    if (auto* const done = std::get_if<handshake::done>(&action)) co_return std::move(*done);
    auto packet = packet_buffer::copy_of(std::get<handshake::send>(action).packet);
    co_await over.stream().write(std::move(packet));
    auto const asked_at = world_.now().steady;
    auto receiving = with_timeout(world_, over.stream().receive(), policy_->answer_timeout());
    transport::frame frame = co_await std::move(receiving);
    if (first) policy_->on_first_answer(world_.now().steady - asked_at);
    auto const* const answer = packet_of(frame);
    if (!answer) throw error(make_error_code(protocol_errc::malformed));
    // Powers of 2048 bits: other clients of this loop need not wait for them.
    std::function<void()> step = [&] { action = machine.on_packet(answer->payload, world_.now()); };
    co_await world_.run_on_worker(strand_, step);
    if (std::holds_alternative<handshake::failed>(action)) continue;
    over.win();
    co_await over.others_ended();
  }
}

// --- Doubt ---------------------------------------------------------------------------------------

void link::report_doubt() {
  auto const state = key_->life().current();
  bool const suspect = state == key_lifecycle::state::suspect;
  if (!key_->needs_report(suspect)) return;
  if (suspect)
    log(log_level::warning, "somebody says that the key is unknown there; it is kept and proved");
  if (state == key_lifecycle::state::good) log(log_level::info, "the key is good");
  listener_.key_suspect(id(), suspect);
}

void link::forget_key() {
  log(log_level::warning, "the key is unknown there; making a new one, the login is lost");
  link_id const from = id();
  key_->forget();
  if (key_->needs_report(false)) listener_.key_suspect(from, false);
  listener_.key_lost(from);
}

void link::renew_key() {
  if (!key_->permanent()) return;  // another is being made
  forget_key();
  break_off(make_error_code(protocol_errc::unknown_key));
}

/// The connection is of no use any more.
void link::break_off(std::error_code why) {
  if (!pump_) return wake_.notify();
  policy_->on_breaking_off(why);
  pump_->break_off(why);
}

}  // namespace mtp::MTP_ABI::net
