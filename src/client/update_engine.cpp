// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/updates
#include "client/update_engine.hpp"

#include "client/client_core.hpp"
#include "client/updates_answer.hpp"
#include "types/tl_peer.hpp"

#include <mtp/core/as_result.hpp>
#include <mtp/core/error.hpp>
#include <mtp/core/refusal.hpp>
#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/MessageReplyHeader.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/Update.hpp>
#include <mtp/tl/types/Updates.hpp>

#include <asio/error.hpp>
#include <asio/this_coro.hpp>
#include <asio/use_awaitable.hpp>

#include <algorithm>
#include <numeric>
#include <utility>

namespace mtp::detail {
namespace {

/// Bundles that wait to be read; beyond, they are dropped and asked for again.
constexpr std::size_t most_incoming = std::size_t{8} << 20;

constexpr duration pause_after_trouble = std::chrono::seconds(3);

constexpr duration longest_pause = std::chrono::minutes(5);

/// The channel is gone, or closed to us.
bool closes_channel(rpc_error const& why) {
  return why.name() == "CHANNEL_PRIVATE" || why.name() == "CHANNEL_INVALID" ||
         why.name() == "USER_BANNED_IN_CHANNEL";
}

/// How long to wait after a refusal that followed `failures` others.
duration patience_with(rpc_error const& why, int failures) {
  duration const own = pause_after_trouble * (1 << std::min(failures, 8));
  duration const wanted = wait_of(why).value_or(std::chrono::seconds(0));
  return std::min(std::max(own, wanted), longest_pause);
}

/// A message as the short forms of an update bring it.
template <class Short>
tl::message expanded(Short const& from, tl::Peer chat, tl::Peer sender) {
  tl::message out;
  out.out = from.out;
  out.mentioned = from.mentioned;
  out.media_unread = from.media_unread;
  out.silent = from.silent;
  out.id = from.id;
  out.from_id = std::move(sender);
  out.peer_id = std::move(chat);
  out.fwd_from = from.fwd_from;
  out.via_bot_id = from.via_bot_id;
  out.reply_to = from.reply_to;
  out.date = from.date;
  out.message = from.message;
  out.entities = from.entities;
  out.ttl_period = from.ttl_period;
  return out;
}

received<tl::Update> as_update(tl::message message, std::int32_t pts, std::int32_t pts_count) {
  tl::updateNewMessage update;
  update.message = std::move(message);
  update.pts = pts;
  update.pts_count = pts_count;
  return received<tl::Update>::own(tl::Update(std::move(update)));
}

/// The updates of a bundle in the order in which they are to be applied.
std::vector<std::size_t> order_of(tl::list<tl::Update> const& all) {
  std::vector<std::size_t> order(all.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  auto const place = [&](std::size_t i) { return std::pair(number_of(all[i]).start(), i); };
  std::ranges::sort(order, {}, place);
  return order;
}

}  // namespace

update_engine::update_engine(client_core& core)
    : core_(core),
      queue_(core.config().update_queue),
      wake_(core.world(), core.strand()),
      arrived_(core.world(), core.strand()) {}

// --- What comes in ------------------------------------------------------------------------------

void update_engine::push(slice body) {
  if (!boxes_.is_known()) note_early(body);
  note_closed_stream();
  if (!open_) return may_have_missed();
  queue({.body = std::move(body)});
}

void update_engine::queue(incoming what) {
  if (incoming_bytes_ + what.cost() > most_incoming) return may_have_missed();
  incoming_bytes_ += what.cost();
  incoming_.push_back(std::move(what));
  wake_.notify();
}

/// An update that arrives before it is known where the account stands would count as old once that
/// is known. So the account is taken to stand before the first of them.
void update_engine::note_early(bytes_view body) {
  auto const all = tl::decode<tl::Updates>(body);
  if (!all) return;
  auto const start = first_common_pts(**all);
  if (start) early_pts_ = std::min(*start, early_pts_.value_or(*start));
}

void update_engine::own_result(updates_answer const& answer) {
  note_closed_stream();
  if (!open_) return;
  if (answer.value) return queue({.own = *answer.value});
  core_.log(log_level::warning, "updates: " + answer.value.error().text());
  may_have_missed();
}

void update_engine::may_have_missed() {
  wants_difference_ = true;
  wake_.notify();
}

void update_engine::resume() {
  signed_in_ = true;
  lost_ = nullptr;
  if (!boxes_.is_known() && core_.state().updates) rewind();
  wants_state_ = !boxes_.is_known();
  wants_difference_ = true;
  wake_.notify();
}

void update_engine::forget_account() {
  bool const had_one = boxes_.is_known();
  signed_in_ = false;
  rewind();
  late_channels_.clear();
  if (!had_one) return;  // what came early belongs to the new one
  early_pts_.reset();
  incoming_.clear();
  incoming_bytes_ = 0;
}

/// Back to what was consumed; what was not comes again from the difference.
void update_engine::rewind() {
  auto const& known = core_.state();
  boxes_ = known.updates ? updates::update_boxes(*known.updates, known.channel_pts)
                         : updates::update_boxes();
  if (known.updates) early_pts_.reset();
  queue_.clear();
  attempt_.reset();
  is_unsaved_ = false;
  attempts_.on_rewind();
  ++epoch_;
}

void update_engine::signed_out(std::exception_ptr why) {
  signed_in_ = false;
  core_.status().note(&lifecycle::on_signed_out, describe_exception(why).code);
  lost_ = std::move(why);
  arrived_.notify();
}

// --- The stream ---------------------------------------------------------------------------------

void update_engine::open() {
  if (open_) close();
  open_ = true;
  wants_difference_ = true;
  wake_.notify();
}

/// A stream that ended only left a mark.
void update_engine::note_closed_stream() {
  if (open_ && !core_.has_stream()) close();
}

/// What was not consumed comes again from the difference when another stream is opened.
void update_engine::close() {
  open_ = false;
  incoming_.clear();
  incoming_bytes_ = 0;
  rewind();
}

void update_engine::end(std::exception_ptr why) {
  if (ended_) return;
  ended_ = true;
  why_ended_ = std::move(why);
  arrived_.notify();
}

void update_engine::reached(std::optional<std::int64_t> channel) {
  session_change position;
  if (boxes_.is_known()) position.updates = boxes_.state();
  if (channel) position.channel_pts[*channel] = boxes_.channel_pts(*channel);
  queue_.push_position(std::move(position));
  commit();
}

// --- The loop -----------------------------------------------------------------------------------

/// What brings updates waits until there is room for them.
bool update_engine::may_work() const {
  if (!open_ || !signed_in_ || beginning_ > 0) return false;
  return wants_state_ || !queue_.is_full();
}

bool update_engine::is_idle() const {
  if (!may_work()) return true;
  if (wants_state_ || wants_difference_) return false;
  if (idle_until() <= core_.world().now().steady) return false;
  return incoming_.empty();
}

void update_engine::note_idle() {
  if (may_work() && late_channels_.empty()) attempts_.on_caught_up(queue_.size());
}

/// When there will be something to do although nothing happens.
steady_time update_engine::idle_until() const {
  auto const next = next_channel();
  return may_work() && next != late_channels_.end() ? next->second.due : steady_time::max();
}

/// The channel whose difference is due first.
std::map<std::int64_t, update_engine::late_channel>::const_iterator update_engine::next_channel()
    const {
  return std::ranges::min_element(late_channels_, {},
                                  [](auto const& each) { return each.second.due; });
}

task<> update_engine::run() {
  for (;;) {
    core_.status().note(&lifecycle::on_updating, may_work() && (wants_state_ || wants_difference_));
    while (is_idle()) {
      note_idle();
      co_await wake_.wait_until(idle_until());
    }
    core_.status().note(&lifecycle::on_updating, wants_state_ || wants_difference_);
    std::exception_ptr failed;
    try {
      co_await step();
    } catch (...) {
      failed = std::current_exception();
    }
    if (failed) co_await pause_after(std::move(failed));
  }
}

task<> update_engine::step() {
  if (wants_state_) {
    co_await fetch_state(login::good);
  } else if (wants_difference_) {
    co_await catch_up();
  } else if (idle_until() <= core_.world().now().steady) {
    co_await catch_up_channel(next_channel()->first);
  } else {
    incoming what = std::move(incoming_.front());
    incoming_.pop_front();
    incoming_bytes_ -= what.cost();
    process(std::move(what));
  }
}

task<> update_engine::pause_after(std::exception_ptr failed) {
  duration const span = note_failure(failed);
  if (signed_in_) co_await pause(core_.world(), core_.strand(), span);
}

/// Decides what is still wanted after a question about the account failed, and how long it may be
/// left alone.
duration update_engine::note_failure(std::exception_ptr const& failed) {
  try {
    std::rethrow_exception(failed);
  } catch (auth_required const&) {
    signed_out(failed);
  } catch (rpc_error const& e) {
    core_.log(log_level::warning, std::string("updates: ") + e.what());
    if (is_transient(e)) return patience_with(e, 0);
    // A server that cannot say where we stand: go on from what it sends.
    wants_difference_ = false;
    wants_state_ = e.name() == "PERSISTENT_TIMESTAMP_INVALID" && !wants_state_;
  } catch (error const& e) {
    core_.log(log_level::warning, std::string("updates: ") + e.what());
    if (e.code() != client_errc::decode) return pause_after_trouble;
    // The difference cannot be read: what it held is lost, what follows is not.
    wants_state_ = !wants_state_;
    wants_difference_ = false;
  }
  return pause_after_trouble;
}

/// The same for one channel; throws what is no matter of the channel.
void update_engine::note_channel_failure(std::int64_t channel, std::exception_ptr const& failed) {
  try {
    std::rethrow_exception(failed);
  } catch (auth_required const&) {
    throw;
  } catch (rpc_error const& e) {
    core_.log(log_level::warning, std::string("updates of a channel: ") + e.what());
    if (closes_channel(e)) return forget_channel(channel);
    auto& late = late_channels_[channel];
    late.due = core_.world().now().steady + patience_with(e, late.failures++);
  } catch (error const& e) {
    if (e.code() != client_errc::decode) throw;
    core_.log(log_level::warning, std::string("updates of a channel: ") + e.what());
    forget_channel(channel);  // what it held is lost, what follows is not
  }
}

/// Its next update is believed.
void update_engine::forget_channel(std::int64_t channel) {
  late_channels_.erase(channel);
  boxes_.forget_channel(channel);
}

// --- Updates ------------------------------------------------------------------------------------

void update_engine::process(incoming what) {
  if (what.own) return apply(what.own, true);
  auto all = tl::decode<tl::Updates>(what.body);
  if (all) return apply(*all, false);
  core_.log(log_level::warning, "updates: " + all.error().text());
  wants_difference_ = true;
  queue_.push(update(unknown_update{std::move(what.body)}, {}));
  arrived_.notify();
}

void update_engine::apply(received<tl::Updates> const& all, bool own) {
  if (auto const* many = all->get_if<tl::updates_>()) {
    core_.account().meet(many->users, many->chats);
    apply_bundle(all, many->updates, many->seq, many->seq, many->date, own);
  } else if (auto const* joined = all->get_if<tl::updatesCombined>()) {
    core_.account().meet(joined->users, joined->chats);
    apply_bundle(all, joined->updates, joined->seq_start, joined->seq, joined->date, own);
  } else if (auto const* one = all->get_if<tl::updateShort>()) {
    apply_one(received<tl::Update>(all, &one->update), own);
    boxes_.batch_applied(0, one->date);
  } else if (auto const* direct = all->get_if<tl::updateShortMessage>()) {
    tl::Peer const sender =
        direct->out ? core_.account().self_peer() : to_tl({peer_kind::user, direct->user_id});
    auto message = expanded(*direct, to_tl({peer_kind::user, direct->user_id}), sender);
    apply_one(as_update(std::move(message), direct->pts, direct->pts_count), own);
  } else if (auto const* group = all->get_if<tl::updateShortChatMessage>()) {
    auto message = expanded(*group, to_tl({peer_kind::chat, group->chat_id}),
                            to_tl({peer_kind::user, group->from_id}));
    apply_one(as_update(std::move(message), group->pts, group->pts_count), own);
  } else if (auto const* sent = all->get_if<tl::updateShortSentMessage>()) {
    if (boxes_.common(sent->pts, sent->pts_count) == updates::verdict::gap) may_have_missed();
    reached();
  } else {
    may_have_missed();  // updatesTooLong
  }
}

void update_engine::apply_bundle(received<tl::Updates> const& all,
                                 tl::list<tl::Update> const& updates, std::int32_t seq_start,
                                 std::int32_t seq, std::int32_t date, bool own) {
  auto const verdict = boxes_.batch(seq_start);
  for (std::size_t i : order_of(updates)) {
    // Updates that have numbers of their own do not depend on that of the bundle.
    bool const numbered = number_of(updates[i]).of != update_number::order::none;
    if (numbered || verdict == updates::verdict::apply)
      apply_one(received<tl::Update>(all, &updates[i]), own);
  }
  if (verdict == updates::verdict::gap) may_have_missed();
  if (verdict != updates::verdict::apply) return;
  boxes_.batch_applied(seq, date);
  reached();
}

updates::verdict update_engine::count(update_number const& number) {
  switch (number.of) {
    case update_number::order::none: break;
    case update_number::order::common: return boxes_.common(number.at, number.count);
    case update_number::order::secondary: return boxes_.secondary(number.at);
    case update_number::order::channel:
      return boxes_.channel(number.channel, number.at, number.count);
  }
  return updates::verdict::apply;
}

void update_engine::note_gap(update_number const& number) {
  if (number.of == update_number::order::channel) {
    late_channels_.try_emplace(number.channel);
  } else {
    wants_difference_ = true;
  }
}

void update_engine::apply_one(received<tl::Update> const& one, bool own) {
  if (auto const* late = one->get_if<tl::updateChannelTooLong>()) {
    bool const behind = !late->pts || boxes_.channel_pts(late->channel_id) < *late->pts;
    if (behind && boxes_.channel_pts(late->channel_id))
      late_channels_.try_emplace(late->channel_id);
    return;
  }
  auto const number = number_of(*one);
  auto const verdict = count(number);
  if (verdict == updates::verdict::gap) return note_gap(number);
  if (verdict == updates::verdict::skip) return;
  if (!own) emit(one);
  if (number.of == update_number::order::channel) {
    reached(number.channel);
  } else if (number.of != update_number::order::none) {
    reached();
  }
}

/// An update out of a difference: its place in the account's own orders is settled.
void update_engine::apply_final(received<tl::Update> const& one) {
  bool const of_channel = number_of(*one).of == update_number::order::channel;
  if (of_channel || one->holds<tl::updateChannelTooLong>()) {
    apply_one(one, false);
  } else {
    emit(one);
  }
}

void update_engine::emit(received<tl::Update> one) {
  core_.refresher().note(*one);
  tl::Message const* message = nullptr;
  if (auto const* u = one->get_if<tl::updateNewMessage>()) message = &u->message;
  if (auto const* u = one->get_if<tl::updateNewChannelMessage>()) message = &u->message;
  auto const* text = message ? message->get_if<tl::message>() : nullptr;
  update::event event;
  if (text)
    event = new_message(received<tl::message>(one, text), core_.weak_from_this(),
                        core_.account().self_id());
  queue_.push(update(std::move(event), std::move(one)));
  arrived_.notify();
}

/// A message out of a difference, where it stands without an update around it.
void update_engine::emit_message(tl::Message const& one) {
  auto const* text = one.get_if<tl::message>();
  auto const* service = one.get_if<tl::messageService>();
  if (!text && !service) return;
  bool const in_channel = (text ? text->peer_id : service->peer_id).holds<tl::peerChannel>();
  if (in_channel) {
    tl::updateNewChannelMessage update;
    update.message = one;
    emit(received<tl::Update>::own(tl::Update(std::move(update))));
  } else {
    tl::updateNewMessage update;
    update.message = one;
    emit(received<tl::Update>::own(tl::Update(std::move(update))));
  }
}

}  // namespace mtp::detail
