// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The calls of a link and the session that carries them.
#include "core/wire.hpp"
#include "net/link_pending_call.hpp"

#include <mtp/core/error.hpp>
#include <mtp/core/refusal.hpp>
#include <mtp/tl/functions/root.hpp>

#include <algorithm>
#include <atomic>
#include <utility>

namespace mtp::MTP_ABI::net {
namespace {

/// Sessions of all links of this process have numbers of their own.
std::atomic<std::uint64_t> last_session_number = 0;

bool says_unbound(refused const& what) {
  return reason_of(parse_rpc_error(what.code, what.text, {})) == refusal_reason::key_unbound;
}

/// invokeAfterMsg: its query follows it.
bytes after_message(std::int64_t predecessor) {
  return wire::writer().number(std::uint32_t{tl::invokeAfterMsg::tl_id}).number(predecessor).take();
}

}  // namespace

link::pending_call::pending_call(link& owner, call_options how)
    : of(owner), options(std::move(how)), ended(&owner.callers_) {
  place = of.calls_.insert(of.calls_.end(), this);
}

link::pending_call::~pending_call() {
  of.calls_.erase(place);
  if (request == mtproto::request_handle{}) return;
  of.by_request_.erase(static_cast<std::uint64_t>(request));
  if (outcome || !of.session_) return;
  of.session_->cancel(request);
  if (of.pump_) of.pump_->wake();
}

task<call_outcome> link::call(slice body, call_options options) {
  pending_call self(*this, std::move(options));
  self.body = std::move(body);
  begin(self);
  while (!self.outcome) co_await self.ended.wait();
  co_return *std::move(self.outcome);
}

task<call_outcome> link::call(mtproto::body_builder build, call_options options) {
  pending_call self(*this, std::move(options));
  self.build = std::move(build);
  begin(self);
  while (!self.outcome) co_await self.ended.wait();
  co_return *std::move(self.outcome);
}

void link::begin(pending_call& call) {
  if (closed_) {
    call.outcome = closed{};
  } else if (session_ && may_call_) {
    submit(call);
  }
}

/// The first calls of a connection carry what introduces the client, until one was answered.
void link::submit(pending_call& call) {
  call.with_prefix = !initialised_ && !options_.init_prefix.empty();
  bytes prefix = call.with_prefix ? options_.init_prefix : bytes();
  append(prefix, options_.call_prefix);
  if (call.options.order) {
    call.request = session_->submit(in_order(std::move(prefix), call.body), next_in_order(call));
    call.options.order->last = call.request;
  } else if (call.build) {
    mtproto::body_builder const inner = call.build;
    auto whole = [prefix, inner](mtproto::message_place const& place) {
      bytes out = prefix;
      append(out, inner(place));
      return out;
    };
    call.request = session_->submit(mtproto::body_builder(std::move(whole)), call.options.request);
  } else if (prefix.empty()) {
    call.request = session_->submit(call.body, call.options.request);
  } else {
    append(prefix, call.body);
    call.request = session_->submit(std::move(prefix), call.options.request);
  }
  by_request_[static_cast<std::uint64_t>(call.request)] = &call;
  pump_->write_soon();
}

/// The options of a call that belongs to a chain: it follows the last call of the chain in this
/// session.
mtproto::request_options link::next_in_order(pending_call const& call) {
  auto& order = *call.options.order;
  mtproto::request_options out = call.options.request;
  if (order.session == session_number_) out.after = order.last;
  order.session = session_number_;
  return out;
}

/// A body that names the message it follows, if there is one.
mtproto::body_builder link::in_order(bytes prefix, slice body) {
  return [prefix = std::move(prefix), body = std::move(body)](mtproto::message_place const& place) {
    bytes out = prefix;
    if (place.predecessor != 0) append(out, after_message(place.predecessor));
    append(out, body);
    return out;
  };
}

void link::submit_all() {
  for (pending_call* call : calls_) {
    if (!call->outcome && call->request == mtproto::request_handle{}) submit(*call);
  }
}

void link::use_session(std::shared_ptr<mtproto::key_context> context) {
  if (session_ && context_ == context) return;
  leave_session();
  session_.emplace(context, world_.random(), options_.session);
  session_number_ = ++last_session_number;
  auto const* const temporary = key_->temporary(options_.purpose, world_.now());
  if (temporary && temporary->context == context) temporary_ = *temporary;
  context_ = std::move(context);
}

/// Whether the server may have executed a call that must not be executed twice.
bool link::may_not_be_repeated(pending_call const& call) const {
  if (!session_ || call.outcome || call.options.request.repeatable) return false;
  bool const submitted = call.request != mtproto::request_handle{};
  return submitted && session_->message_id_of(call.request).has_value();
}

bool link::has_unrepeatable_calls() const {
  return std::ranges::any_of(
      calls_, [this](pending_call const* call) { return may_not_be_repeated(*call); });
}

void link::end(pending_call& call, call_outcome outcome) {
  if (!call.outcome) call.outcome = std::move(outcome);
  auto* const together = pump_ ? pump_->woken() : nullptr;
  together ? call.ended.wake(*together) : call.ended.wake();
}

/// Under another key nobody can ask what became of the calls. Those that were never written go into
/// the next session, and those that may be repeated.
void link::leave_session() {
  if (!session_) return;
  for (pending_call* call : calls_) {
    if (may_not_be_repeated(*call)) end(*call, make_error_code(client_errc::outcome_unknown));
    call->request = {};
  }
  by_request_.clear();
  binding_ = {};
  handover_ = {};
  session_.reset();
  context_.reset();
  temporary_.reset();
}

link::pending_call* link::find(mtproto::request_handle request) const {
  auto const found = by_request_.find(static_cast<std::uint64_t>(request));
  return found == by_request_.end() ? nullptr : found->second;
}

void link::finish(mtproto::request_handle request, call_outcome outcome) {
  auto* const call = find(request);
  if (call) end(*call, std::move(outcome));
}

void link::on_answer(mtproto::request_handle request, slice body) {
  auto* const call = find(request);
  if (!call) return;
  if (call->with_prefix) initialised_ = true;
  if (call->options.on_answer) call->options.on_answer(body);
  finish(request, std::move(body));
}

void link::on_refusal(mtproto::request_handle request, refused what) {
  auto* const call = find(request);
  if (!call) return;
  if (!says_unbound(what) || context_ == key_->permanent()) return finish(request, std::move(what));
  // The temporary key is bound no longer: nothing was executed, and the next one is.
  by_request_.erase(static_cast<std::uint64_t>(request));
  call->request = {};
  key_->on_binding_lost(options_.purpose, context_.get());
  break_off(make_error_code(protocol_errc::unknown_key));
}

void link::close() {
  closed_ = true;
  for (pending_call* call : calls_) end(*call, closed{});
}

void link::hand_over() {
  for (pending_call* call : calls_)
    if (may_not_be_repeated(*call)) end(*call, make_error_code(client_errc::outcome_unknown));
  close();
}

}  // namespace mtp::MTP_ABI::net
