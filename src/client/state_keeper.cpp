// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/state_keeper.hpp"

#include <mtp/core/error.hpp>

#include <utility>

namespace mtp::MTP_ABI::detail {
namespace {

constexpr auto pause_after_failure = std::chrono::seconds(5);

/// Not in a coroutine itself: Asio gives the memory of one that has ended to those that stay.
std::shared_ptr<session_change const> share(session_change what) {
  return std::make_shared<session_change const>(std::move(what));
}

}  // namespace

state_keeper::state_keeper(environment& world, asio::any_io_executor const& strand,
                           std::unique_ptr<state_place> place, log_sink log)
    : world_(world),
      strand_(strand),
      place_(std::move(place)),
      log_(std::move(log)),
      changed_(world, strand_),
      turn_(world, strand_) {}

task<> state_keeper::open() {
  co_await place_->open();
  open_ = true;
  auto stored = co_await place_->read();
  state_ = std::move(stored);
}

task<> state_keeper::close() {
  if (std::exchange(open_, false)) co_await place_->close();
}

// --- Peers

/// The newest word counts; behind the end of an account there is nothing of it.
state_keeper::memory state_keeper::recall(peer_id peer) {
  for (auto const* change : {pending_.peek(), saving_.get()}) {
    if (!change) continue;
    auto const found = change->access_hashes.find(peer);
    if (found != change->access_hashes.end()) return {true, found->second};
    if (change->new_account) return {true, {}};
  }
  auto const held = place_->held_hash(peer);
  return {held.has_value(), held};
}

task<std::optional<std::int64_t>> state_keeper::access_hash(peer_id peer) {
  auto known = recall(peer);
  if (known.is_certain) co_return known.hash;
  auto const stored = co_await place_->access_hash(peer);
  known = recall(peer);  // something may have happened meanwhile
  co_return known.is_certain ? known.hash : stored;
}

// --- Changes

void state_keeper::change(session_change what) {
  if (what.empty()) return;
  what.begins_box = what.begins_box || begins_box(state_, what);
  auto hashes = std::exchange(what.access_hashes, {});
  apply(state_, what);
  what.access_hashes = std::move(hashes);
  pending_.add(std::move(what));
  changed_.notify();
}

task<> state_keeper::flush() {
  while (saving_) co_await turn_.wait_next();
  if (!pending_.empty()) co_await commit();
}

task<> state_keeper::commit() {
  auto const now = share(pending_.take());
  auto saving = save(now, nullptr);
  auto const failed = co_await std::move(saving);
  if (!failed) co_return;
  put_back(*now);
  std::rethrow_exception(failed);
}

task<> state_keeper::commit_with(session_change what, store_transaction with) {
  while (saving_) co_await turn_.wait_next();
  what.begins_box = begins_box(state_, what);
  auto const earlier = share(pending_.take());
  auto all = *earlier;
  merge(all, what);
  auto const now = share(std::move(all));
  auto saving = save(now, &with);
  auto const failed = co_await std::move(saving);
  if (!failed) {
    put_below(what);
    co_return;
  }
  put_back(*earlier);
  changed_.notify();
  std::rethrow_exception(failed);
}

task<std::map<std::uint64_t, bytes>> state_keeper::journal(std::uint64_t after, std::size_t most) {
  co_await flush();
  auto out = co_await place_->journal(after, most);
  co_return out;
}

/// Ends with what went wrong. Lifetime: `with`, if there is one, outlives it.
task<std::exception_ptr> state_keeper::save(std::shared_ptr<session_change const> now,
                                            store_transaction const* with) {
  std::exception_ptr failed;
  saving_ = now;
  try {
    auto work = with ? place_->commit(now, state_, *with) : place_->commit(now, state_);
    co_await std::move(work);
  } catch (...) {
    failed = std::current_exception();
  }
  saving_.reset();
  turn_.notify();
  co_return failed;
}

/// What changed while `stored` was on its way is newer than that.
void state_keeper::put_below(session_change const& stored) {
  auto newer = pending_.take();
  apply(state_, stored);
  change(std::move(newer));
}

/// What was not stored is saved with what came after it.
void state_keeper::put_back(session_change earlier) {
  merge(earlier, pending_.take());
  pending_.add(std::move(earlier));
}

task<> state_keeper::run() {
  for (;;) {
    co_await changed_.wait();
    std::string failed;
    try {
      co_await flush();
    } catch (error const& e) {
      if (e.code() == client_errc::lease_lost) throw;
      failed = e.what();
    }
    if (failed.empty()) continue;
    if (log_) log_(log_level::error, failed);
    co_await pause(world_, strand_, pause_after_failure);
    changed_.notify();
  }
}

}  // namespace mtp::MTP_ABI::detail
