// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/method/channels.getMessages and /method/messages.getMessages: in a
// channel, and among an account's own conversations, messages are numbered without leaving any out.
// What was deleted comes back as messageEmpty.
#include <mtp/updates/history_walk.hpp>

#include "updates/failure_delay.hpp"
#include "updates/short_forms.hpp"

#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/Update.hpp>
#include <mtp/tl/types/messages/Messages.hpp>

#include <algorithm>
#include <limits>
#include <utility>

namespace mtp::MTP_ABI::updates {
namespace {

constexpr std::int32_t last_number = std::numeric_limits<std::int32_t>::max();

/// Null when there is none.
tl::list<tl::Message> const* messages_in(tl::messages::Messages const& answer) {
  if (!answer) return nullptr;
  return answer.visit([](auto const& one) -> tl::list<tl::Message> const* {
    if constexpr (requires { one.messages; }) return &one.messages;
    return nullptr;
  });
}

std::int32_t number_of(tl::Message const& one) {
  return one ? one.visit([](auto const& m) { return m.id; }) : 0;
}

tl::Peer const* place_of(tl::Message const& one) {
  if (auto const* m = one.get_if<tl::message>()) return &m->peer_id;
  if (auto const* m = one.get_if<tl::messageService>()) return &m->peer_id;
  return nullptr;
}

std::int32_t date_of(tl::Message const& one) {
  if (auto const* m = one.get_if<tl::message>()) return m->date;
  if (auto const* m = one.get_if<tl::messageService>()) return m->date;
  return 0;
}

template <class Update>
received<tl::Update> around(tl::Message const& message) {
  Update update;
  update.message = message;
  return received<tl::Update>::own(tl::Update(std::move(update)));
}

std::int32_t to_number(std::int64_t number) {
  return static_cast<std::int32_t>(std::min<std::int64_t>(number, last_number));
}

}  // namespace

history_walk::history_walk(hole what, backfill_options const& policy)
    : hole_(what), policy_(policy) {
  hole_.known = std::max(hole_.known, 0);
  std::int64_t const known = hole_.known;
  auto const most = std::max<std::int64_t>(policy_.max_messages, 0);
  end_ = hole_.top ? std::int64_t{*hole_.top} : std::min<std::int64_t>(known + most, last_number);
  first_ = hole_.top ? std::max(known + 1, end_ - most + 1) : known + 1;
  next_ = std::max<std::int64_t>(known + 1 - std::max(policy_.look_back, 0), 1);
  if (next_ > known) next_ = first_;
  if (hole_.top) hole_.top = std::max(*hole_.top, hole_.known);
  end_ = std::max(end_, known);
}

std::optional<message_range> history_walk::next() const {
  if (failed_ || next_ > end_) return {};
  auto const stop = next_ <= hole_.known ? std::int64_t{hole_.known} : end_;
  return message_range{.first = to_number(next_),
                       .last = to_number(std::min(stop, next_ + size_ - 1))};
}

// --- An answer

std::vector<received<tl::Update>> history_walk::on_messages(
    received<tl::messages::Messages> const& answer) {
  std::vector<received<tl::Update>> out;
  auto const asked = next();
  auto const* all = answer ? messages_in(*answer) : nullptr;
  if (!asked) return out;
  failures_ = 0;
  slots const found = all ? sorted(*asked, *all) : slots();
  note_dates(found, *asked);
  if (auto gone = deletions(found, *asked)) out.push_back(std::move(gone));
  for (auto const* one : found) {
    auto update = one ? new_message(*one) : received<tl::Update>();
    if (update) out.push_back(std::move(update));
  }
  advance(*asked);
  return out;
}

/// By number, whatever the order of the answer; what was not asked for is passed over.
history_walk::slots history_walk::sorted(message_range asked,
                                         tl::list<tl::Message> const& all) const {
  slots out(static_cast<std::size_t>(asked.last - asked.first) + 1);
  for (auto const& one : all) {
    auto const id = number_of(one);
    bool const is_asked = id >= asked.first && id <= asked.last && is_of_box(one);
    if (is_asked) out[static_cast<std::size_t>(id - asked.first)] = &one;
  }
  return out;
}

bool history_walk::is_of_box(tl::Message const& one) const {
  auto const* place = place_of(one);
  if (!place) return true;  // empty
  auto const* channel = place->get_if<tl::peerChannel>();
  return (channel ? channel->channel_id : 0) == hole_.channel;
}

/// What was there before tells when that was.
void history_walk::note_dates(slots const& all, message_range asked) {
  bool found = false;
  for (auto const* one : all) {
    if (!one || !place_of(*one)) continue;
    found = true;
    auto const id = number_of(*one);
    if (id <= hole_.known) told_ = std::max(told_, date_of(*one));
    if (id > hole_.known) newest_ = std::max(newest_, id);
  }
  if (asked.first > hole_.known) empty_pages_ = found ? 0 : empty_pages_ + 1;
}

/// Of those that were there before; empty when none is gone. A server that shows none of them shows
/// nothing of this place.
received<tl::Update> history_walk::deletions(slots const& all, message_range asked) const {
  if (asked.first > hole_.known) return {};
  tl::list<std::int32_t> gone;
  bool shows_any = false;
  for (auto const* one : all) {
    bool const is_there = one && place_of(*one);
    shows_any = shows_any || is_there;
    if (one && !is_there) gone.push_back(number_of(*one));
  }
  if (gone.empty() || !shows_any) return {};
  tl::Update out(tl::updateDeleteMessages{.messages = gone});
  if (hole_.channel != 0)
    out = tl::updateDeleteChannelMessages{.channel_id = hole_.channel, .messages = gone};
  return received<tl::Update>::own(std::move(out));
}

received<tl::Update> history_walk::new_message(tl::Message const& one) {
  auto const id = number_of(one);
  if (id <= hole_.known) return edit_of(one);
  if (!place_of(one)) return {};
  if (!is_too_old(one)) return from_message(one);
  too_old_ = std::max(too_old_, id);
  return {};
}

received<tl::Update> history_walk::edit_of(tl::Message const& one) const {
  auto const* text = one.get_if<tl::message>();
  if (!text || text->edit_date.value_or(0) <= told_) return {};
  if (hole_.channel != 0) return around<tl::updateEditChannelMessage>(one);
  return around<tl::updateEditMessage>(one);
}

bool history_walk::is_too_old(tl::Message const& one) const {
  auto const age = std::chrono::seconds(std::int64_t{hole_.date} - date_of(one));
  return hole_.date != 0 && age > policy_.max_age;
}

/// What comes next depends on no answer.
void history_walk::advance(message_range asked) {
  next_ = std::int64_t{asked.last} + 1;
  if (next_ == std::int64_t{hole_.known} + 1) next_ = std::max(first_, next_);
  size_ = std::min(page, size_ * 4);
  if (!hole_.top && empty_pages_ >= max_empty_pages) end_ = next_ - 1;
}

// --- A failure

std::optional<duration> history_walk::on_failed(error_info const& why) {
  if (why.code == client_errc::decode) {
    on_unreadable();
    return duration();
  }
  bool const refused = why.refusal && !is_transient(*why.refusal);
  bool const is_over = refused || failures_ >= max_failures || wait_wanted(why) > max_wait;
  if (!is_over) return delay_after(why, failures_++);
  give_up(loss_reason::refused);
  return {};
}

/// One message of them is the reason.
void history_walk::on_unreadable() {
  auto const asked = next();
  if (!asked) return;
  if (asked->first < asked->last) {
    size_ = std::max(1, size_ / 4);
    return;
  }
  if (asked->first > hole_.known) unreadable_ = asked->first;
  if (asked->first > hole_.known) newest_ = std::max(newest_, asked->first);
  advance(*asked);
  size_ = 1;
}

// --- How it ended

std::int32_t history_walk::reached() const { return std::max(newest_, hole_.known); }

/// Nobody said where the end is, and it did not come to it.
bool history_walk::is_cut() const { return !hole_.top && empty_pages_ < max_empty_pages; }

lost history_walk::missing() const {
  bool const in_channel = hole_.channel != 0;
  lost out{.box = in_channel ? update_number::order::channel : update_number::order::common,
           .channel = hole_.channel,
           .from = hole_.from,
           .to = hole_.to,
           .why = loss_reason::changes_untold};
  std::int64_t const begin = std::int64_t{hole_.known} + 1;
  if (unreadable_ != 0) out.why = loss_reason::unreadable;
  if (unreadable_ != 0) out.first_message = out.last_message = unreadable_;
  bool const is_late = first_ > begin || too_old_ != 0;
  if (is_late || is_cut()) out.why = loss_reason::beyond_policy;
  if (is_cut()) out.first_message = to_number(end_ + 1), out.last_message = 0;
  if (is_late) out.first_message = to_number(begin);
  if (is_late && !is_cut()) out.last_message = std::max(to_number(first_ - 1), too_old_);
  if (!failed_) return out;
  out.why = *failed_;
  out.first_message = to_number(is_late ? begin : std::max(next_, begin));
  out.last_message = hole_.top.value_or(0);
  return out;
}

}  // namespace mtp::MTP_ABI::updates
