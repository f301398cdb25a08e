// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/state_keeper.hpp"

#include <mtp/core/error.hpp>

#include <algorithm>
#include <chrono>
#include <string_view>
#include <utility>

namespace mtp::MTP_ABI::detail {
namespace {

constexpr auto pause_after_failure = std::chrono::seconds(5);

void put_on(std::optional<stored_peer>& known, stored_peer news) {
  known = known ? merged(*known, std::move(news)) : std::move(news);
}

/// Large and small letters of ASCII alike.
bool same_letters(std::string_view a, std::string_view b) {
  auto const small = [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  };
  return std::ranges::equal(a, b, {}, small, small);
}

bool has_username(stored_peer const& peer, std::string_view wanted) {
  return std::ranges::any_of(peer.usernames,
                             [&](std::string const& one) { return same_letters(one, wanted); });
}

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

/// Behind the end of an account there is nothing of it.
state_keeper::memory state_keeper::recall(peer_id peer) const {
  memory out;
  for (auto const* change : {saving_.get(), pending_.peek()}) {
    if (!change) continue;
    if (change->new_account) out = {.is_all = true};
    auto const met = change->peers.find(peer);
    if (met != change->peers.end()) put_on(out.peer, met->second);
    auto const found = change->access_hashes.find(peer);
    if (found != change->access_hashes.end())
      put_on(out.peer, {.id = peer, .access_hash = found->second});
    out.is_all = out.is_all || (out.peer && out.peer->whole);
  }
  return out;
}

task<std::optional<stored_peer>> state_keeper::peer(peer_id peer) {
  auto known = recall(peer);
  if (known.is_all) co_return known.peer;
  auto stored = co_await place_->peer(peer);
  known = recall(peer);  // something may have happened meanwhile
  if (known.is_all) co_return known.peer;
  if (known.peer) put_on(stored, *std::move(known.peer));
  co_return stored;
}

task<std::optional<std::int64_t>> state_keeper::access_hash(peer_id peer) {
  auto const known = recall(peer).peer;
  if (known && known->access_hash != 0) co_return known->access_hash;
  auto const found = co_await this->peer(peer);
  co_return found && found->access_hash != 0 ? std::optional(found->access_hash) : std::nullopt;
}

task<std::optional<stored_peer>> state_keeper::peer_by_username(std::string name) {
  auto const has_it = [name](stored_peer const& one) { return has_username(one, name); };
  auto met = newest(has_it);
  if (!met) {
    auto const stored = co_await place_->peer_by_username(name);
    if (stored) met = stored->id;
  }
  std::optional<stored_peer> out;
  if (met) out = co_await peer(*met);
  if (out && !has_it(*out)) out.reset();
  co_return out;
}

task<std::optional<stored_peer>> state_keeper::peer_by_phone(secret<std::string> phone) {
  auto const has_it = [phone](stored_peer const& one) { return one.phone == phone; };
  auto met = newest(has_it);
  if (!met) {
    auto const stored = co_await place_->peer_by_phone(phone);
    if (stored) met = stored->id;
  }
  std::optional<stored_peer> out;
  if (met) out = co_await peer(*met);
  if (out && !has_it(*out)) out.reset();
  co_return out;
}

/// Somebody of the changes that are not stored yet.
std::optional<peer_id> state_keeper::newest(
    std::function<bool(stored_peer const&)> const& wanted) const {
  for (auto const* change : {pending_.peek(), saving_.get()}) {
    if (!change) continue;
    for (auto const& [id, one] : change->peers) {
      if (wanted(one)) return id;
    }
    if (change->new_account) break;
  }
  return {};
}

stored_peer const* state_keeper::recalled(peer_id peer) {
  auto known = recall(peer);
  if (!known.peer && !known.is_all) return place_->held_peer(peer);
  if (!known.is_all) {
    auto const* held = place_->held_peer(peer);
    if (!held && !known.peer->whole) return nullptr;
    if (held) known.peer = merged(*held, *std::move(known.peer));
  }
  recalled_ = known.peer ? std::make_unique<stored_peer const>(*std::move(known.peer)) : nullptr;
  return recalled_.get();
}

bool state_keeper::remembers(peer_id peer, std::int64_t hash) {
  auto const known = recall(peer);
  if (known.peer && known.peer->access_hash != 0) return known.peer->access_hash == hash;
  auto const* held = known.is_all ? nullptr : place_->held_peer(peer);
  return held && held->access_hash == hash;
}

bool state_keeper::knows(stored_peer const& news) {
  auto const* known = recalled(news.id);
  if (!known || news.learnt - known->learnt >= seconds_until_old) return false;
  auto together = merged(*known, news);
  together.learnt = known->learnt;
  if (known->voucher) together.voucher = known->voucher;
  return together == *known;
}

std::int32_t state_keeper::now() const {
  auto const since = world_.now().wall.time_since_epoch();
  return static_cast<std::int32_t>(std::chrono::floor<std::chrono::seconds>(since).count());
}

// --- Changes

void state_keeper::change(session_change what) {
  if (what.empty()) return;
  what.begins_box = what.begins_box || begins_box(state_, what);
  auto hashes = std::exchange(what.access_hashes, {});
  auto peers = std::exchange(what.peers, {});
  apply(state_, what);
  what.access_hashes = std::move(hashes);
  what.peers = std::move(peers);
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

task<store_statistics> state_keeper::measure() {
  co_await flush();
  auto out = co_await place_->measure();
  co_return out;
}

task<std::optional<bytes>> state_keeper::kept_login() {
  auto found = co_await place_->kept_login();
  kept_login_ = found.value_or(bytes());
  co_return found;
}

/// Nothing is written for log-ins that nobody ever looked for.
task<> state_keeper::keep_login(bytes what) {
  bool const nothing = !kept_login_ && what.empty();
  if (nothing || kept_login_ == what) co_return;
  co_await place_->keep_login(what);
  kept_login_ = std::move(what);
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
  recalled_.reset();
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
