// SPDX-License-Identifier: MIT OR Apache-2.0
#include "update_storm.hpp"

#include "killing_records.hpp"
#include "mischief.hpp"
#include "ready_client.hpp"

#include <mtp/client/client.hpp>
#include <mtp/core/environment.hpp>
#include <mtp/core/task_scope.hpp>
#include <mtp/events/update.hpp>
#include <mtp/storage/account_store.hpp>
#include <mtp/storage/memory_records.hpp>
#include <mtp/testing/data_centre.hpp>
#include <mtp/testing/simulation.hpp>
#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/Update.hpp>

#include <fmt/format.h>
#include <malloc.h>

#include <algorithm>
#include <memory>

namespace mtp::test {

using namespace std::chrono_literals;
using testing::planned_fault;

namespace {

constexpr std::int64_t first_account = 700;
constexpr std::size_t calls_before_kill = 400;  // of the store, at most
constexpr duration restart_time = 3s;
constexpr duration look_every = 5s;

struct place_of_update {
  box_id box = common_box;
  std::int32_t number = 0;
};

box_id box_of(tl::Peer const& where) {
  auto const* const channel = where.get_if<tl::peerChannel>();
  return channel ? channel->channel_id : common_box;
}

std::optional<place_of_update> place_of(update const& one) {
  auto const& raw = *one.raw();
  tl::Message const* message = nullptr;
  if (auto const* u = raw.get_if<tl::updateNewMessage>()) message = &u->message;
  if (auto const* u = raw.get_if<tl::updateNewChannelMessage>()) message = &u->message;
  if (auto const* u = raw.get_if<tl::updateBotStopped>())
    return place_of_update{.box = secondary_box, .number = u->qts};
  auto const* const m = message ? message->get_if<tl::message>() : nullptr;
  if (!m) return {};
  return place_of_update{.box = box_of(m->peer_id), .number = m->id};
}

/// What a program has seen of one box.
struct seen_box {
  std::int32_t all = 1;         ///< up to here everything was delivered, over all lives
  std::int32_t life = 0;        ///< the last in this life; 0: nothing yet
  std::int32_t difference = 0;  ///< from where the last one began that was asked for before it

  void begin(std::int32_t asked) {
    life = 0;
    difference = asked;
  }
};

/// One account and the lives of its program.
class storm_account {
 public:
  storm_account(testing::simulation& sim, testing::data_centre& centre, update_source& source,
                std::int64_t id, update_storm_result& out)
      : sim_(sim), centre_(centre), source_(source), id_(id), out_(out) {}

  task<> begin(update_storm_size const& size) {
    session_state state;
    state.home_dc = 2;
    auto const key = crypto::auth_key(sim_.dice().make<std::array<std::uint8_t, 256>>());
    centre_.know_key(2, key, id_);
    state.dcs[2].auth_key = bytes(key.data().begin(), key.data().end());
    state.self = stored_self{.id = id_, .bot = true};
    state.updates = update_state{.pts = 1, .qts = 1, .date = 1, .seq = 0};
    for (box_id i = first_channel; i < first_channel + size.channels; ++i) {
      state.channel_pts[i] = 1;
      state.access_hashes[{peer_kind::channel, i}] = i * 3;
    }
    auto const world = sim_.surroundings();
    auto const strand = sim_.get_executor();
    (void)co_await records_->open(*world, strand, lease_options());
    account_store account(records_);
    auto work = account.commit(import_session(state, client_consumer));
    co_await std::move(work);
    co_await records_->close();
    if (draw(sim_.dice(), 4) == 0)
      poison_ = {.box = common_box, .number = 2 + static_cast<std::int32_t>(draw(sim_.dice(), 10))};
  }

  /// Lives until everything was delivered.
  task<> run(bool const& calm) {
    while (!is_done() || !calm) {
      ++out_.lives;
      for (auto const& [id, asked] : source_.last_asked(id_)) seen_[id].begin(asked);
      auto const store = std::make_shared<killing_records>(records_, sim_.dice());
      if (!calm) store->kill_after(1 + draw(sim_.dice(), calls_before_kill));
      co_await live(*store, store, calm);
      out_.most_heap = std::max(out_.most_heap, mallinfo2().uordblks);
      auto const wait = draw_time(sim_.dice(), restart_time);
      co_await sim_.sleep(wait);
    }
  }

  void check() {
    for (auto const& [box, last] : source_.last_numbers(id_)) {
      if (seen_[box].all != last)
        fail(fmt::format("box {}: {} of {} were delivered", box, seen_[box].all, last));
    }
  }

  std::function<void(std::string_view)> watch = {};

 private:
  void fail(std::string what) { out_.wrong.push_back(fmt::format("account {}: {}", id_, what)); }

  bool is_done() {
    for (auto const& [box, last] : source_.last_numbers(id_))
      if (seen_[box].all < last) return false;
    return true;
  }

  client_config config_with(std::shared_ptr<record_store> store) {
    auto out = ready_client(sim_, centre_, 0);
    out.store = nullptr;
    out.records = std::move(store);
    out.on_passed_over = [this](update const& one) {
      ++out_.passed_over;
      note(one);
    };
    if (watch) out.log = [this](log_level, std::string_view line) { watch(line); };
    return out;
  }

  task<> live(killing_records& store, std::shared_ptr<record_store> shared, bool const& calm) {
    bool died = false;
    try {
      client who(sim_.get_executor(), config_with(std::move(shared)));
      auto const start = [&](task_scope& scope) {
        scope.spawn(who.run());
        scope.spawn(listen(who, store));
        scope.spawn(close_when_done(who, calm));
      };
      co_await task_scope::run(sim_.get_executor(), start);
    } catch (killed const&) {
      died = true;
    }
    if (died && !poisoned_) ++out_.kills;
    if (std::exchange(poisoned_, false)) ++out_.poisonings;
  }

  task<> listen(client& who, killing_records& store) {
    auto updates = who.updates();
    while (auto const one = co_await updates.next()) {
      if (store.is_dead()) throw killed();
      handle(*one, store);
    }
  }

  task<> close_when_done(client& who, bool const& calm) {
    while (!is_done() || !calm) co_await sim_.sleep(look_every);
    who.close();
  }

  void handle(update const& one, killing_records& store) {
    auto const place = place_of(one);
    if (place && place->box == poison_.box && place->number == poison_.number) {
      poisoned_ = true;
      store.die();
      throw killed();
    }
    note(one);
  }

  /// The promise: in one life nothing is missing and nothing comes twice; a life begins with what
  /// the one before did not get past, at the latest.
  void note(update const& one) {
    auto const place = place_of(one);
    if (!place) return fail("an update of no kind that was sent");
    auto& box = seen_[place->box];
    auto const n = place->number;
    bool const follows = box.life == 0 ? n <= box.all + 1 : n == box.life + 1;
    if (!follows)
      fail(fmt::format("box {}: {} comes after {}, of {}", place->box, n, box.life, box.all));
    box.life = n;
    ++(n > box.all ? out_.handled : out_.repeated);
    if (n <= box.all && n <= box.difference) ++out_.repeated_alone;
    box.all = std::max(box.all, n);
  }

  testing::simulation& sim_;
  testing::data_centre& centre_;
  update_source& source_;
  std::int64_t id_;
  update_storm_result& out_;
  std::shared_ptr<record_store> records_ = memory_records();
  std::map<box_id, seen_box> seen_;
  place_of_update poison_ = {};
  bool poisoned_ = false;
};

class update_storm {
 public:
  update_storm(std::uint64_t seed, update_storm_size const& size,
               std::function<void(std::string_view)> watch)
      : size_(size), sim_(seed), centre_(ready_centre(sim_)), source_(centre_, sim_) {
    sim_.network().faults = [this](std::size_t, auto const&) {
      return calm_ ? std::vector<planned_fault>() : draw_faults(sim_.dice(), 2000, 60'000);
    };
    sim_.network().to_server.delay = sim_.network().to_client.delay =
        5ms + draw_time(sim_.dice(), 100ms);
    if (watch) sim_.watch(watch);
    for (int i = 0; i < size.accounts; ++i) add_account(first_account + i, watch);
    centre_.start(sim_.get_executor());
  }

  update_storm_result run() {
    try {
      sim_.run(live(), 20 * size_.busy_time + 24h);
      for (auto& one : accounts_) one->check();
    } catch (std::exception const& e) {
      out_.wrong.emplace_back(e.what());
      for (auto& one : accounts_) one->check();
    }
    out_.network = sim_.faults();
    out_.faults = source_.faults();
    out_.digest = sim_.digest();
    return std::move(out_);
  }

 private:
  void add_account(std::int64_t id, std::function<void(std::string_view)> const& watch) {
    centre_.with_world([&](testing::world& all) {
      testing::person bot{.id = id, .first_name = "Bot"};
      bot.token = fmt::format("{}:AAEchoBotOfTheOfflineDataCentre00001", id);
      (void)all.everybody().add(std::move(bot));
    });
    source_.add(id, size_.channels);
    accounts_.push_back(std::make_unique<storm_account>(sim_, centre_, source_, id, out_));
    accounts_.back()->watch = watch;
  }

  task<> live() {
    for (auto& one : accounts_) co_await one->begin(size_);
    auto const start = [&](task_scope& scope) {
      scope.spawn(make_trouble());
      for (auto& one : accounts_) scope.spawn(one->run(calm_));
    };
    co_await task_scope::run(sim_.get_executor(), start);
  }

  /// Everything happens in the busy time; then nothing goes wrong any more.
  task<> make_trouble() {
    auto const pause = 2 * size_.busy_time / size_.updates;
    for (int left = size_.updates; left > 0; --left) {
      for (int i = 0; i < size_.accounts; ++i) source_.happen(first_account + i);
      auto const wait = draw_time(sim_.dice(), pause);
      co_await sim_.sleep(wait);
      if (draw(sim_.dice(), 25) == 0) make_mischief();
      co_await source_.restart_now_and_then();
    }
    source_.calm();
    calm_ = true;
  }

  void make_mischief() {
    auto const what = static_cast<mischief>(draw(sim_.dice(), later_mischiefs));
    if (what == mischief::unreadable_answer) return;  // what a call that is never made would answer
    if (perform(what, centre_, sim_.dice())) ++out_.mischief_done[static_cast<std::size_t>(what)];
  }

  update_storm_size size_;
  testing::simulation sim_;
  testing::data_centre centre_;
  update_source source_;
  bool calm_ = false;
  std::vector<std::unique_ptr<storm_account>> accounts_;
  update_storm_result out_;
};

}  // namespace

void update_storm_result::add(update_storm_result const& other) {
  for (std::size_t i = 0; i < network.size(); ++i) network[i] += other.network[i];
  for (std::size_t i = 0; i < mischiefs; ++i) mischief_done[i] += other.mischief_done[i];
  for (std::size_t i = 0; i < update_faults; ++i) faults[i] += other.faults[i];
  handled += other.handled;
  repeated += other.repeated;
  repeated_alone += other.repeated_alone;
  passed_over += other.passed_over;
  kills += other.kills;
  poisonings += other.poisonings;
  lives += other.lives;
  most_heap = std::max(most_heap, other.most_heap);
}

update_storm_result run_update_storm(std::uint64_t seed, update_storm_size const& size,
                                     std::function<void(std::string_view)> watch) {
  update_storm one(seed, size, std::move(watch));
  return one.run();
}

}  // namespace mtp::test
