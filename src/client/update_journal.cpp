// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Who reads the journal, and what comes into it.
#include "client/update_journal.hpp"

#include "client/client_core.hpp"
#include "updates/delivery_attempts.hpp"
#include "updates/journal_entry.hpp"
#include "updates/update_key.hpp"

#include <mtp/core/as_result.hpp>

#include <algorithm>
#include <utility>

namespace mtp::MTP_ABI::detail {
namespace {

/// Behind so much, the store is waited for.
constexpr std::size_t save_from = std::size_t{1} << 20;
constexpr auto pause_after_failed_save = std::chrono::seconds(1);

void put_position(session_change& to, updates::reach position) {
  if (position.account) to.updates = position.account;
  to.channel_pts = std::move(position.channels);
  to.last_messages = std::move(position.messages);
}

}  // namespace

update_journal::update_journal(client_core& core, strand_event& taken)
    : core_(core), taken_(taken) {}

// --- Its consumers

update_journal::seat update_journal::find(std::string const& name) const {
  auto const found = seats_.find(name);
  return found == seats_.end() ? nullptr : found->second;
}

void update_journal::start() {
  is_started_ = true;
  for (auto const& [name, at] : core_.state().consumers) {
    auto& one = seats_[name];
    if (!one)
      one = std::make_shared<consumer_seat>(consumer_options{.name = name}, core_.world(),
                                            core_.strand());
  }
  for (auto const& [name, one] : seats_) {
    if (core_.streams().is_open(name)) take_place(*one);
  }
  session_change change;
  note_places(change);
  core_.keeper().change(std::move(change));
  first_ = lowest_place() + 1;
}

void update_journal::open(consumer_options what) {
  auto& one = seats_[what.name];
  if (!one) {
    one = std::make_shared<consumer_seat>(std::move(what), core_.world(), core_.strand());
  } else {
    one->options = std::move(what);
  }
  if (!is_started_) return;
  take_place(*one);
  settle();
}

/// A new one begins with what comes from now on.
void update_journal::take_place(consumer_seat& of) {
  auto const& known = core_.state().consumers;
  auto const found = known.find(of.options.name);
  auto const end = core_.state().journal_end;
  stored_consumer const at = found == known.end() ? stored_consumer{.place = end} : found->second;
  of.lost = at.lost;
  of.ticket = 0;
  ++of.life;
  of.queue.emplace(updates::consumer_place{.number = at.place, .attempts = at.attempts}, end,
                   updates::consumer_limits{.max_bytes = of.options.max_queue_bytes,
                                            .max_attempts = core_.config().max_attempts});
  of.arrived.notify();
}

void update_journal::remove(std::string const& name) {
  auto const one = find(name);
  if (!one) return;
  one->is_removed = true;
  one->arrived.notify();
  seats_.erase(name);
  session_change change;
  change.consumers[name] = std::nullopt;
  trim(change, core_.state().journal_end);
  core_.keeper().change(std::move(change));
}

void update_journal::on_account_changed() {
  discard();
  std::erase_if(seats_, [this](auto const& each) { return !core_.streams().is_open(each.first); });
  for (auto const& [name, one] : seats_) take_place(*one);
  first_ = core_.state().journal_end + 1;
  settle();
}

void update_journal::notify_all() {
  for (auto const& [name, one] : seats_) one->arrived.notify();
}

// --- Where they are

stored_consumer update_journal::place_of(consumer_seat const& of) const {
  if (of.queue) {
    auto const& at = of.queue->place();
    return {.place = at.number, .attempts = at.attempts, .lost = of.lost};
  }
  auto const& known = core_.state().consumers;
  auto const found = known.find(of.options.name);
  return found == known.end() ? stored_consumer() : found->second;
}

/// Behind this everything is still wanted; without consumers nothing is.
std::uint64_t update_journal::lowest_place() const {
  auto out = core_.state().journal_end;
  for (auto const& [name, one] : seats_) out = std::min(out, place_of(*one).place);
  return out;
}

void update_journal::note_places(session_change& to) {
  auto const& known = core_.state().consumers;
  for (auto const& [name, one] : seats_) {
    if (!one->queue) continue;
    auto const found = known.find(name);
    auto const now = place_of(*one);
    if (found == known.end() || found->second != now) to.consumers[name] = now;
  }
}

/// What all got past goes.
void update_journal::trim(session_change& to, std::uint64_t end) {
  auto lowest = end;
  for (auto const& [name, one] : seats_) {
    auto const moved = to.consumers.find(name);
    bool const is_moved = moved != to.consumers.end() && moved->second;
    lowest = std::min(lowest, is_moved ? moved->second->place : place_of(*one).place);
  }
  for (; first_ <= lowest; ++first_) to.journal[first_] = std::nullopt;
}

// --- What comes

void update_journal::discard() {
  came_.clear();
  reached_ = {};
}

void update_journal::settle() {
  if (!is_started_) return;
  session_change change;
  auto const before = core_.state().journal_end;
  auto end = before;
  for (auto& one : std::exchange(came_, {})) {
    if (!is_acknowledged(one)) append(change, std::move(one), ++end);
  }
  put_position(change, std::exchange(reached_, {}));
  if (end != before) change.journal_end = end;
  keep_bound(change, end);
  note_places(change);
  trim(change, end);
  core_.keeper().change(std::move(change));
}

/// By the stream without a name, when that was still read: it comes once more with others that
/// stand before the same position.
bool update_journal::is_acknowledged(updates::arrival const& what) const {
  auto const& marks = core_.state().attempts;
  if (marks.empty()) return false;
  auto const found = marks.find(updates::key_of(what));
  return found != marks.end() && found->second == updates::delivery_attempts::acknowledged;
}

void update_journal::on_caught_up() {
  session_change change;
  for (auto const& [key, count] : core_.state().attempts) change.attempts[key] = std::nullopt;
  core_.keeper().change(std::move(change));
}

void update_journal::append(session_change& to, updates::arrival what, std::uint64_t number) {
  auto content = updates::to_journal(what);
  save_soon(content.size());
  slice const shared(content);
  to.journal[number] = std::move(content);
  auto const shown = core_.updates().delivery().to_update(std::move(what));
  for (auto const& [name, one] : seats_) {
    if (one->queue && !core_.streams().is_open(name)) one->queue.reset();
    if (!one->queue) continue;
    one->queue->on_appended(number, shared, wants(*one, shown));
    one->arrived.notify();
  }
}

/// Its own filter, whatever that throws.
bool update_journal::wants(consumer_seat const& one, update const& shown) const {
  if (!one.options.filter) return true;
  try {
    return one.options.filter(shown);
  } catch (...) {
    auto const why = describe_exception(std::current_exception());
    core_.log(log_level::error,
              "updates: the filter of " + one.options.name + " failed: " + why.text);
  }
  return true;
}

/// So much is kept for the slowest and no more; it is told what that cost.
void update_journal::keep_bound(session_change& to, std::uint64_t end) {
  auto const most = std::max<std::uint64_t>(core_.config().max_journal, 1);
  if (end + 1 - first_ <= most) return;
  auto const first = end + 1 - (most - most / 16);
  for (auto const& [name, one] : seats_) drop_before(first, *one, to);
}

void update_journal::drop_before(std::uint64_t first, consumer_seat& of, session_change& to) {
  auto place = place_of(of);
  if (place.place + 1 >= first) return;
  auto const count = of.queue ? of.queue->on_dropped(first) : first - 1 - place.place;
  of.lost = place.lost + count;
  to.consumers[of.options.name] = {.place = first - 1, .lost = of.lost};
  of.arrived.notify();
  core_.log(log_level::error, "updates: consumer " + of.options.name + " is too far behind: " +
                                  std::to_string(count) + " updates are lost to it");
}

// --- Into the store

void update_journal::save_soon(std::size_t more) {
  unsaved_ += more;
  if (is_saving_ || unsaved_ < save_from || !core_.running().is_running()) return;
  is_saving_ = true;
  core_.running().spawn(save_all());
}

/// The keeper stores by itself; this finds out when it has.
task<> update_journal::save_all() {
  while (unsaved_ > 0) {
    auto const before = unsaved_;
    bool failed = false;
    try {
      co_await core_.keeper().flush();
    } catch (error const&) {
      failed = true;
    }
    if (failed) co_await core_.running().pause(pause_after_failed_save);
    if (!failed) unsaved_ -= before;
    taken_.notify();
  }
  is_saving_ = false;
}

std::vector<consumer_health> update_journal::report() const {
  std::vector<consumer_health> out;
  for (auto const& [name, one] : seats_) {
    auto const at = place_of(*one);
    consumer_health next{.name = name, .is_open = core_.streams().is_open(name)};
    next.behind = core_.state().journal_end - at.place;
    next.lost = at.lost;
    if (one->queue) next.queued = one->queue->size();
    if (one->queue) next.queued_bytes = one->queue->size_in_bytes();
    out.push_back(std::move(next));
  }
  return out;
}

}  // namespace mtp::MTP_ABI::detail
