// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "killing_records.hpp"
#include "ready_client.hpp"

#include <mtp/client/client.hpp>
#include <mtp/core/environment.hpp>
#include <mtp/core/task_scope.hpp>
#include <mtp/events/new_message.hpp>
#include <mtp/events/update.hpp>
#include <mtp/storage/account_store.hpp>
#include <mtp/storage/memory_records.hpp>
#include <mtp/testing/data_centre.hpp>
#include <mtp/testing/simulation.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace mtp::test {

/// A bot that follows channels of a data centre, and whoever writes there.
class followed_channels {
 public:
  static constexpr std::int64_t bot = 777000777;  ///< both of the data centre's own world
  static constexpr std::int64_t alice = 42;
  static constexpr std::int64_t first = 5000;

  explicit followed_channels(int count, std::uint64_t seed = 1) : sim(seed), centre(configured()) {
    sim.network().to_server.delay = sim.network().to_client.delay = std::chrono::milliseconds(20);
    for (std::int64_t id = first; id < first + count; ++id) add(id);
    centre.start(sim.get_executor());
  }

  /// Somebody writes, and the bot hears of it unless that is lost.
  void write(std::int64_t channel, std::string const& text, bool is_lost = false) {
    centre.with_world([&](testing::world& all) {
      auto& where = *all.all_channels().find(channel);
      if (is_lost) where.members.erase(bot);
      (void)all.send(alice, testing::peer::channel(channel), text, seconds());
      where.members.insert(bot);
    });
  }

  /// Stores a login that stands at the beginning of every channel.
  task<> sign_in() {
    session_state state;
    state.home_dc = 2;
    auto const key = crypto::auth_key(sim.dice().make<std::array<std::uint8_t, 256>>());
    centre.know_key(2, key, bot);
    state.dcs[2].auth_key = bytes(key.data().begin(), key.data().end());
    state.self = stored_self{.id = bot, .bot = true};
    state.updates = update_state{.pts = 1, .qts = 0, .date = 1, .seq = 1};
    for (auto const id : channels_) {
      state.channel_pts[id] = 1;
      state.access_hashes[{peer_kind::channel, id}] = hash_of(id);
    }
    (void)co_await records_->open(*sim.surroundings(), sim.get_executor(), lease_options());
    account_store account(records_);
    auto work = account.commit(import_session(state, client_consumer));
    co_await std::move(work);
    co_await records_->close();
  }

  /// A program that notes the text of each message; it ends by a kill after `span`.
  task<> live(duration span, std::function<task<>()> meanwhile = {}) {
    auto const store = std::make_shared<killing_records>(records_, sim.dice());
    auto config = ready_client(sim, centre, 0);
    config.store = nullptr;
    config.records = store;
    client who(sim.get_executor(), std::move(config));
    auto const start = [&](task_scope& scope) {
      scope.spawn(who.run());
      scope.spawn(listen(who));
      if (meanwhile) scope.spawn(meanwhile());
      scope.spawn(kill_after(span, *store, who));
    };
    try {
      co_await task_scope::run(sim.get_executor(), start);
    } catch (killed const&) {
      co_return;
    }
  }

  std::vector<std::string> take_texts() { return std::exchange(texts_, {}); }

  testing::simulation sim;
  testing::data_centre centre;

 private:
  testing::data_centre_config configured() const {
    auto out = ready_centre(sim);
    out.record_calls = 10'000;
    return out;
  }

  std::int32_t seconds() const {
    auto const since = sim.now().wall.time_since_epoch();
    return static_cast<std::int32_t>(
        std::chrono::duration_cast<std::chrono::seconds>(since).count());
  }

  void add(std::int64_t id) {
    centre.with_world([&](testing::world& all) {
      auto& made = all.all_channels().create(id, "Channel " + std::to_string(id), alice, 1);
      made.username = "channel_" + std::to_string(id);
      made.members.insert(bot);
    });
    channels_.push_back(id);
  }

  /// As the data centre gives it to the bot.
  std::int64_t hash_of(std::int64_t id) {
    std::int64_t out = 0;
    centre.with_world([&](testing::world& all) { out = all.channel_hash(bot, id); });
    return out;
  }

  task<> listen(client& who) {
    auto updates = who.updates();
    while (auto const one = co_await updates.next()) {
      if (auto const message = one->get_if<new_message>()) texts_.push_back(message->text().str());
    }
  }

  task<> kill_after(duration span, killing_records& store, client& who) {
    co_await sim.sleep(span);
    store.die();
    who.close();
  }

  std::shared_ptr<record_store> records_ = memory_records();
  std::vector<std::int64_t> channels_;
  std::vector<std::string> texts_;
};

}  // namespace mtp::test
