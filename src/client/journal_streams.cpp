// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What named consumers take out of the journal, and what they say of it.
#include "client/client_core.hpp"
#include "client/update_journal.hpp"
#include "events/update_access.hpp"
#include "updates/journal_entry.hpp"
#include "updates/update_key.hpp"

#include <mtp/client/updates_dropped.hpp>
#include <mtp/core/error.hpp>

#include <asio/error.hpp>
#include <asio/this_coro.hpp>

#include <utility>

namespace mtp::MTP_ABI::detail {

using updates::consumer_step;

namespace {

constexpr std::size_t journal_page = 128;

}  // namespace

// --- The next one

bool update_journal::is_over(consumer_seat const& of) const {
  return of.is_removed || core_.updates().delivery().has_ended();
}

task<std::optional<update>> update_journal::next(std::string name) {
  client_run::waiter const here(core_.running());
  auto const of = find(name);
  if (!of) co_return std::nullopt;
  if (of->queue) of->queue->on_asked();
  settle();
  throw_lost(*of);
  auto what = next_step(*of);
  while (what != consumer_step::hand_out && !is_over(*of)) {
    co_await perform(of, what);
    what = next_step(*of);
  }
  if (is_over(*of)) co_return core_.updates().delivery().end_of_stream();
  co_return hand_out(*of);
}

consumer_step update_journal::next_step(consumer_seat& of) {
  if (!of.queue || is_over(of)) return consumer_step::wait;
  auto const out = of.queue->next(core_.now());
  settle();
  return out;
}

update update_journal::hand_out(consumer_seat& of) {
  auto given = of.queue->hand_out();
  auto out = to_update(std::move(given.content));
  of.ticket = first_ticket | ++given_;
  update_access::set_given(out, core_.weak_from_this(), given.attempt, of.ticket);
  return out;
}

update update_journal::to_update(slice content) const {
  return core_.updates().delivery().to_update(updates::from_journal(std::move(content)));
}

task<> update_journal::perform(seat of, consumer_step what) {
  switch (what) {
    case consumer_step::read: return read_page(std::move(of));
    case consumer_step::save: return save(std::move(of));
    case consumer_step::pass_over: return pass_over(std::move(of));
    default: return wait(std::move(of));
  }
}

/// Nothing is left for it.
task<> update_journal::wait(seat of) {
  auto const denied = core_.updates().delivery().auth_failure();
  if (denied) std::rethrow_exception(denied);
  co_await of->arrived.wait_next();
  // An update may have come after the cancel. It stays for the next call.
  auto const now = co_await asio::this_coro::cancellation_state;
  if (now.cancelled() != asio::cancellation_type::none)
    throw std::system_error(asio::error::operation_aborted);
}

/// The keeper tries a store that fails again.
task<> update_journal::save(seat of) {
  try {
    co_await core_.keeper().flush();
  } catch (error const& e) {
    if (e.code() != client_errc::storage) throw;
  }
  if (of->queue) of->queue->on_saved();
}

task<> update_journal::read_page(seat of) {
  auto const life = of->life;
  auto const after = of->queue->last_seen();
  auto const end = core_.state().journal_end;
  auto work = core_.keeper().journal(after, journal_page);
  auto page = co_await std::move(work);
  bool const is_needed = of->queue && of->life == life && of->queue->last_seen() == after;
  if (!is_needed) co_return;
  if (page.empty()) note_missing(*of, end + 1);
  take_page(*of, std::move(page));
  settle();
}

/// What does not fit any more is read again later.
void update_journal::take_page(consumer_seat& of, std::map<std::uint64_t, bytes> page) {
  for (auto& [number, content] : page) {
    bool const is_next = number == of.queue->last_seen() + 1;
    if (!is_next && of.queue->size() > 0) return;
    if (!is_next) note_missing(of, number);
    slice const shared(std::move(content));
    bool const wanted = !of.options.filter || wants(of, to_update(shared));
    if (!of.queue->on_read(number, shared, wanted)) return;
  }
}

/// A store that lost a part of it.
void update_journal::note_missing(consumer_seat& of, std::uint64_t first) {
  auto const count = of.queue->on_dropped(first);
  of.lost += count;
  core_.log(log_level::error, "updates: the store has lost " + std::to_string(count) +
                                  " updates for consumer " + of.options.name);
}

task<> update_journal::pass_over(seat of) {
  auto const poison = of->queue->pass_over();
  settle();
  auto const what = to_update(poison.content);
  core_.log(log_level::error, "updates: " + of->options.name + " passed over after " +
                                  std::to_string(poison.attempt) + " attempts: " + what.key());
  std::exception_ptr stopped;
  try {
    co_await save(of);
  } catch (...) {
    stopped = std::current_exception();
  }
  core_.updates().delivery().report_passed_over(what);
  if (stopped) std::rethrow_exception(stopped);
}

/// Once.
void update_journal::throw_lost(consumer_seat& of) {
  auto const count = std::exchange(of.lost, 0);
  if (count == 0) return;
  settle();
  throw updates_dropped(of.options.name, count);
}

// --- What the programs got past

update_journal::seat update_journal::find(std::uint64_t ticket) const {
  for (auto const& [name, one] : seats_) {
    if (one->ticket == ticket && one->queue && one->queue->is_handed_out()) return one;
  }
  return nullptr;
}

task<> update_journal::acknowledge(std::uint64_t ticket) {
  client_run::waiter const here(core_.running());
  auto const of = find(ticket);
  if (!of) co_return;
  of->queue->on_acknowledged();
  settle();
  co_await core_.keeper().flush();
}

task<> update_journal::commit(std::uint64_t ticket, store_transaction with) {
  client_run::waiter const here(core_.running());
  auto const of = find(ticket);
  if (!of) throw error(make_error_code(client_errc::bad_argument), "another update was asked for");
  session_change change;
  auto const at = of->queue->acknowledgement();
  change.consumers[of->options.name] = stored_consumer{.place = at.number, .lost = of->lost};
  auto work = core_.keeper().commit_with(std::move(change), std::move(with));
  co_await std::move(work);
  if (find(ticket) != of) co_return;
  of->queue->on_acknowledged();
  settle();
}

}  // namespace mtp::MTP_ABI::detail

namespace mtp::MTP_ABI {

updates_dropped::updates_dropped(std::string const& consumer, std::uint64_t count)
    : error(std::make_error_code(std::errc::no_buffer_space),
            std::to_string(count) + " updates are lost to consumer " + consumer),
      count_(count) {}

}  // namespace mtp::MTP_ABI
