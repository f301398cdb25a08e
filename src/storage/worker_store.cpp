// SPDX-License-Identifier: MIT OR Apache-2.0
#include "storage/worker_store.hpp"

#include "core/held_strand.hpp"

#include <mtp/core/environment.hpp>
#include <mtp/core/waiting_room.hpp>
#include <mtp/storage/store_error.hpp>

#include <asio/this_coro.hpp>

#include <algorithm>
#include <utility>

namespace mtp::MTP_ABI::detail {

/// Where the store runs between open() and close(). Who comes draws a number and waits for it.
struct worker_store::place {
  /// Nobody else may use the backend before it was left.
  enum class stage { opening, open, closing, left };

  place(environment& w, asio::any_io_executor s)
      : world(w), strand(std::move(s)), turn(strand.get()) {}

  bool is_usable() const { return now == stage::open && strand.is_alive(); }

  environment& world;
  held_strand strand;
  waiting_room turn;
  std::uint64_t drawn = 0;
  std::uint64_t serving = 0;
  stage now = stage::opening;
};

/// Leaves the place also when the coroutine is destroyed.
class worker_store::leaving {
 public:
  explicit leaving(std::shared_ptr<place> where) : where_(std::move(where)) {}
  leaving(leaving const&) = delete;
  leaving& operator=(leaving const&) = delete;
  ~leaving() {
    if (where_) where_->now = place::stage::left;
  }
  /// The place is to stay.
  void stay() { where_.reset(); }

 private:
  std::shared_ptr<place> where_;
};

/// What runs on a worker, for one coroutine or for several.
struct worker_store::job {
  std::function<void()> work = {};
  bool done = false;
  std::exception_ptr failed = {};
};

/// Commits that are stored as one.
struct worker_store::commit_group : job {
  write_batch all = {};
  durability how = durability::coalesced;
};

worker_store::worker_store(std::unique_ptr<record_backend> backend)
    : backend_(std::move(backend)) {}

worker_store::~worker_store() {
  if (!place_ || place_->now != place::stage::open) return;
  try {
    backend_->close();
  } catch (...) {
    place_.reset();  // nobody is left to be told
  }
}

std::shared_ptr<worker_store::place> worker_store::here() const {
  if (!place_ || !place_->is_usable())
    throw error(make_error_code(client_errc::closed), "the store");
  return place_;
}

/// Waits for its turn, then does the work on a worker. Cancelling it changes nothing: the next
/// co_await of the caller throws.
task<> worker_store::perform(std::shared_ptr<place> where, std::shared_ptr<job> what) {
  bool const throws = co_await asio::this_coro::throw_if_cancelled();
  co_await asio::this_coro::throw_if_cancelled(false);
  auto const number = where->drawn++;
  while (where->serving != number) co_await where->turn.wait();
  if (gathering_ == what) gathering_.reset();  // who comes now comes too late for this one
  try {
    auto work = what->work;
    co_await where->world.run_on_worker(where->strand.get(), std::move(work));
  } catch (...) {
    what->failed = std::current_exception();
  }
  what->done = true;
  ++where->serving;
  where->turn.wake();
  co_await asio::this_coro::throw_if_cancelled(throws);
  if (what->failed) std::rethrow_exception(what->failed);
}

task<> worker_store::perform(std::shared_ptr<place> where, std::function<void()> work) {
  auto const what = std::make_shared<job>();
  what->work = std::move(work);
  return perform(std::move(where), what);
}

/// Waits for a job that another coroutine leads.
task<> worker_store::follow(std::shared_ptr<place> where, std::shared_ptr<job> what) {
  bool const throws = co_await asio::this_coro::throw_if_cancelled();
  co_await asio::this_coro::throw_if_cancelled(false);
  while (!what->done) co_await where->turn.wait();
  co_await asio::this_coro::throw_if_cancelled(throws);
  if (what->failed) std::rethrow_exception(what->failed);
}

task<store_lease> worker_store::open(environment& world, asio::any_io_executor strand,
                                     lease_options how) {
  auto const until = world.now().steady + how.grace;
  while (is_taken() && world.now().steady < until) co_await mtp::pause(world, strand, lease_retry);
  if (is_taken()) throw store_in_use("the store", {});
  auto const where = std::make_shared<place>(world, std::move(strand));
  place_ = where;
  gathering_.reset();
  leaving otherwise(where);
  store_lease const lease = co_await wait_for_lease(where, until);
  where->now = place::stage::open;
  otherwise.stay();
  co_return lease;
}

/// By somebody who has opened it, or has not come to the end of closing it.
bool worker_store::is_taken() const { return place_ && place_->now != place::stage::left; }

/// A place that stays taken is asked less often: it may be a server far away.
duration pause_after(duration waited) {
  return std::clamp<duration>(waited / 10, lease_retry, longest_lease_retry);
}

task<store_lease> worker_store::wait_for_lease(std::shared_ptr<place> where, steady_time until) {
  auto const began = where->world.now().steady;
  for (;;) {
    try {
      store_lease const lease = co_await try_open(where);
      co_return lease;
    } catch (store_in_use const&) {
      if (where->world.now().steady >= until) throw;
    }
    auto const waited = where->world.now().steady - began;
    co_await mtp::pause(where->world, where->strand.get(), pause_after(waited));
  }
}

task<store_lease> worker_store::try_open(std::shared_ptr<place> where) {
  store_lease lease;
  auto const now = where->world.now().wall;
  std::function<void()> work = [&] { lease = backend_->open(now); };
  co_await perform(where, std::move(work));
  co_return lease;
}

task<std::optional<bytes>> worker_store::get(record_key key) {
  auto const where = here();
  std::optional<bytes> found;
  std::function<void()> work = [&] { found = backend_->get(key); };
  co_await perform(where, std::move(work));
  co_return found;
}

task<std::vector<std::optional<bytes>>> worker_store::get_all(std::vector<record_key> keys) {
  auto const where = here();
  std::vector<std::optional<bytes>> found;
  std::function<void()> work = [&] {
    for (auto const& key : keys) found.push_back(backend_->get(key));
  };
  co_await perform(where, std::move(work));
  co_return found;
}

task<std::vector<record>> worker_store::scan(record_range range) {
  auto const where = here();
  std::vector<record> found;
  std::function<void()> work = [&] { found = backend_->scan(range); };
  co_await perform(where, std::move(work));
  co_return found;
}

task<> worker_store::commit(write_batch batch, durability how) {
  auto where = here();
  if (!batch.is_storable())
    throw error(make_error_code(client_errc::bad_argument), "more than a store takes at once");
  if (batch.empty()) co_return;
  std::shared_ptr<commit_group> group;
  bool const leads = join(group, std::move(batch), how);
  auto work = leads ? perform(std::move(where), group) : follow(std::move(where), group);
  co_await std::move(work);
}

/// Puts the batch into the group that waits, or begins one. True when it leads the group.
bool worker_store::join(std::shared_ptr<commit_group>& group, write_batch batch, durability how) {
  bool const full = gathering_ && gathering_->all.size() + batch.size() > max_batch_bytes;
  bool const leads = !gathering_ || full;
  if (leads) {
    gathering_ = std::make_shared<commit_group>();
    gathering_->work = [this, one = gathering_.get()] { backend_->commit(one->all, one->how); };
  }
  group = gathering_;
  group->all.append(std::move(batch));
  group->how = std::min(group->how, how);
  return leads;
}

task<> worker_store::run(std::function<void()> work) {
  auto where = here();
  gathering_.reset();  // what is committed from now on comes later
  return perform(std::move(where), std::move(work));
}

task<> worker_store::close() {
  if (!place_ || !place_->is_usable()) co_return;
  auto const where = place_;
  where->now = place::stage::closing;
  leaving in_the_end(where);
  gathering_.reset();  // who comes now is too late
  std::function<void()> work = [this] { backend_->close(); };
  co_await perform(where, std::move(work));
}

}  // namespace mtp::MTP_ABI::detail

namespace mtp::MTP_ABI {

std::shared_ptr<backend_store> worker_records(std::unique_ptr<record_backend> backend) {
  return std::make_shared<detail::worker_store>(std::move(backend));
}

}  // namespace mtp::MTP_ABI
