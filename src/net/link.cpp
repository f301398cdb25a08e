// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Connecting, again and again; what is said over a connection is in link_session.cpp.
#include "net/link.hpp"

#include "net/address_order.hpp"

#include <mtp/core/as_result.hpp>
#include <mtp/transport/obfuscation.hpp>

#include <asio/this_coro.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <utility>

namespace mtp::MTP_ABI::net {
namespace {

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

/// Secrets of data centres have 16 bytes, those of some proxies one before them.
std::optional<transport::proxy_secret> to_secret(bytes const& secret) {
  transport::proxy_secret out;
  if (secret.size() < out.size()) return std::nullopt;
  std::copy_n(secret.end() - static_cast<std::ptrdiff_t>(out.size()), out.size(), out.begin());
  return out;
}

}  // namespace

link::link(environment& world, asio::any_io_executor strand, link_options options,
           std::shared_ptr<dc_key> key, log_sink log, link_listener& listener)
    : world_(world),
      strand_(strand),
      options_(std::move(options)),
      key_(std::move(key)),
      log_(std::move(log)),
      listener_(listener),
      callers_(strand_),
      wake_(world, strand_) {}

void link::log(log_level level, std::string_view text) const {
  if (log_) log_(level, fmt::format("data centre {}: {}", options_.dc, text));
}

task<> link::run() {
  auto const& options = options_.connection;
  policy_.emplace(reconnect_options{.backoff = options.backoff,
                                    .initial_timeout = options.initial_timeout,
                                    .connect_timeout = options.connect_timeout,
                                    .handshake_timeout = options.handshake_timeout,
                                    .was_connected = options_.was_connected,
                                    .ends_when_hopeless = options_.ends_when_hopeless},
                  key_->life(), world_.random(), world_.now().steady);
  for (;;) {
    co_await wait_to_connect();
    std::exception_ptr failed;
    try {
      co_await prepare_to_dial();
      co_await dial();
    } catch (...) {
      failed = std::current_exception();
    }
    turn_.reset();  // others may make keys meanwhile
    auto const state = co_await asio::this_coro::cancellation_state;
    if (was_cancelled(state)) throw error(make_error_code(client_errc::cancelled));
    after_failure(std::move(failed));
  }
}

/// Ends when the next attempt may be made.
task<> link::wait_to_connect() {
  for (;;) {
    auto const what = policy_->next(world_.now().steady);
    if (auto const* over = std::get_if<reconnect_policy::give_up>(&what)) give_up(over->why);
    auto const* const later = std::get_if<reconnect_policy::wait>(&what);
    if (!later) co_return;
    co_await wake_.wait_until(later->until);
  }
}

void link::give_up(std::error_code why) const {
  std::string where = fmt::format("data centre {}", options_.dc);
  if (dialler_) {
    auto const& at = dialler_->last_address();
    where += fmt::format(" at {}:{}", at.host, at.port);
  }
  log(log_level::warning, why.message());
  throw error(why, where);
}

task<> link::prepare_to_dial() {
  used_context_.reset();
  if (needs().any()) turn_ = co_await key_->take_turn();
  if (!needs().any()) turn_.reset();
}

/// No coroutine, since it would stay as long as the connection.
task<> link::dial() {
  listener_.connecting(id());
  dialler_.reset();
  auto candidates = addresses();
  auto const reserve = memory_.sort(candidates);
  policy_->on_connecting(candidates.size() > 1, world_.now().steady);
  dialler_.emplace(
      world_, strand_, race(), [this](dc_endpoint const& to) { return make_framing(to); },
      [this](dialler::attempt& over) { return carry_session(over); });
  return dialler_->run(std::move(candidates), reserve);
}

std::vector<dc_endpoint> link::addresses() const {
  address_filter const filter{
      .purpose = options_.purpose,
      .obfuscated = options_.connection.transport == transport_choice::obfuscated,
      .ipv6 = options_.connection.ipv6};
  auto out = order_addresses(options_.endpoints, filter, options_.last_good);
  if (out.empty())
    throw error(make_error_code(client_errc::bad_config), "no address accepts this transport");
  return out;
}

void link::remember_address(bool good) {
  auto const* const won = dialler_ ? dialler_->winner() : nullptr;
  if (won) good ? memory_.on_good(*won) : memory_.on_bad(*won);
}

race_options link::race() const {
  return {.stagger = options_.connection.stagger,
          .attempt_timeout = policy_->connect_limit(world_.now().steady)};
}

/// What a failure teaches, and what follows from it.
void link::after_failure(std::exception_ptr failed) {
  auto const why = failed ? describe_exception(std::move(failed)) : error_info();
  log(log_level::info, why.text);
  auto const learnt = policy_->on_failed(failure_of(why.code), world_.now().steady);
  if (learnt.address_good) remember_address(*learnt.address_good);
  if (learnt.key_doubted) report_doubt();
  if (learnt.temporary_unknown) {
    log(log_level::info, "the temporary key is unknown there; making a new one");
    key_->forget_temporary(options_.purpose, used_context_.get());
  }
  listener_.disconnected(id(), why.code, learnt.suspended);
}

connection_failure link::failure_of(std::error_code why) const {
  bool const permanent = used_context_ == key_->permanent();
  auto const key = permanent ? key_in_use::permanent : key_in_use::temporary;
  return {.why = why,
          .key = used_context_ ? key : key_in_use::none,
          .at_stake = used_context_ == context_ && has_unrepeatable_calls(),
          .ran_out = dialler_ ? dialler_->ran_out() : ran_out_of_time::no};
}

void link::set_endpoints(std::vector<dc_endpoint> endpoints) {
  options_.endpoints = std::move(endpoints);
}

void link::on_network_restored() {
  memory_.forget();
  if (policy_) policy_->on_network_restored(world_.now().steady);
  if (dialler_) dialler_->on_network_restored();
  wake_.notify();
  if (!pump_) return;
  session_->on_network_restored(world_.now());
  pump_->wake();
}

std::unique_ptr<transport::framing> link::make_framing(dc_endpoint const& to) {
  auto const choice = options_.connection.transport;
  if (choice != transport_choice::obfuscated)
    return transport::make_framing(framing_of(choice), transport::role::client, world_.random());
  transport::obfuscation_options how;
  how.secret = to_secret(to.secret);
  how.dc = static_cast<std::int16_t>(to.media_only ? -options_.wire_dc : options_.wire_dc);
  auto made = transport::make_obfuscated_client(framing_of(choice), world_.random(), {}, how);
  assert(made);  // only full cannot be disguised
  return *std::move(made);
}

}  // namespace mtp::MTP_ABI::net
