// SPDX-License-Identifier: MIT OR Apache-2.0
#include "testing/records/store_probe.hpp"

#include <mtp/storage/store_error.hpp>
#include <mtp/testing/crashing_files.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace mtp::MTP_ABI::testing {
namespace {

using trouble = crashing_files::trouble;
using aftermath = crashing_files::aftermath;

constexpr int commits = 24;
constexpr std::size_t large = std::size_t{64} << 10;

std::string value_of(int i) { return std::string(large, static_cast<char>('a' + i % 26)); }

/// One life of a place, from the empty one on.
struct life {
  life(environment& w, file_store_factory const& m) : world(w), make(m) {}

  environment& world;
  file_store_factory const& make;
  crashing_files files = {};
  int begun = 0;    ///< the last commit that began
  int ended = 0;    ///< the last that ended well
  int durable = 0;  ///< the last of these that had to be durable then
  bool died = false;

  store_probe open_probe() { return store_probe(world, make(files)); }
};

durability how_of(int i) { return i % 4 == 3 ? durability::coalesced : durability::at_once; }

write_batch batch_of(int i) {
  write_batch batch;
  batch.put(record_space::update_state, to_bytes("n"), to_bytes(std::to_string(i)));
  batch.put(record_space::values, to_bytes("v" + std::to_string(i)), to_bytes(value_of(i)));
  batch.put(record_space::peers, to_bytes("p" + std::to_string(i)), to_bytes("peer"));
  batch.erase(record_space::peers, to_bytes("p" + std::to_string(i - 1)));
  return batch;
}

task<> commit_one(life& of, store_probe& at, int i) {
  of.begun = i;
  co_await at.store().commit(batch_of(i), how_of(i));
  of.ended = i;
  if (how_of(i) == durability::at_once) of.durable = i;
}

/// Opens, commits and closes, until the process dies.
task<> live(life& of) {
  store_probe at = of.open_probe();
  try {
    co_await at.open();
    for (int i = 1; i <= commits; ++i) co_await commit_one(of, at, i);
    co_await at.close();
  } catch (crashing_files::crash const&) {
    of.died = true;
  }
}

/// How many commits the store holds. Each must be there as a whole, and none behind a missing one.
task<int> count_commits(store_probe& at) {
  auto const said = co_await at.get("n", record_space::update_state);
  int const count = said ? std::stoi(*said) : 0;
  for (int i = 1; i <= commits; ++i) {
    std::optional<std::string> value;
    if (i <= count) value = value_of(i);
    co_await at.expect("v" + std::to_string(i), value);
    std::optional<std::string> peer;
    if (i == count) peer = "peer";
    co_await at.expect("p" + std::to_string(i), peer, record_space::peers);
  }
  co_return count;
}

/// Opens what the life left, and goes on with it, until the power fails.
task<> go_on(life& of, int least, std::string const& where) {
  int found = 0;
  {
    store_probe at = of.open_probe();
    co_await at.open();
    found = co_await count_commits(at);
    require(found >= least, where + ": a commit is lost");
    require(found <= of.begun, where + ": there is a commit that never began");
    co_await commit_one(of, at, found + 1);
    co_await at.close();
  }
  of.files.restart(aftermath::power_cut);
  store_probe again = of.open_probe();
  co_await again.open();
  int const now = co_await count_commits(again);
  require(now == found + 1, where + ": it cannot be written after it was opened again");
  co_await again.close();
}

task<int> steps_of_a_life(environment& world, file_store_factory const& make) {
  life whole(world, make);
  whole.files.fail(trouble::none, 0);
  co_await live(whole);
  require(whole.ended == commits, "a life without trouble does not come to its end");
  co_return whole.files.steps();
}

task<> check_deaths(environment& world, file_store_factory const& make, int steps) {
  constexpr std::array<aftermath, 5> all{aftermath::killed, aftermath::power_cut,
                                         aftermath::names_before_contents, aftermath::torn,
                                         aftermath::torn_first};
  for (auto const what : all) {
    for (int step = 0; step < steps; ++step) {
      life one(world, make);
      one.files.fail(trouble::crash, step);
      co_await live(one);
      require(one.died, "a step is missing: lives differ");
      one.files.restart(what);
      int const least = what == aftermath::killed ? one.ended : one.durable;
      auto const where =
          "death at step " + std::to_string(step) + ", " + std::to_string(static_cast<int>(what));
      co_await go_on(one, least, where);
    }
  }
}

/// Does what failed once more; that one error is all.
task<> insist(life& of, store_probe& at, int i, std::error_code& failed) {
  failed = co_await at.error_of(commit_one(of, at, i));
  if (!failed) co_return;
  int const count = co_await count_commits(at);
  require(count == of.ended, "something of a commit that failed is there");
  co_await commit_one(of, at, i);
}

task<> open_only(store_probe& at) { co_await at.open(); }

task<> check_one_error(life& of, std::string const& where) {
  store_probe at = of.open_probe();
  std::error_code failed = co_await at.error_of(open_only(at));
  require(!failed || failed == client_errc::storage, where + ": opening fails in another way");
  if (failed) co_await at.open();
  for (int i = 1; i <= commits; ++i) {
    co_await insist(of, at, i, failed);
    require(!failed || failed == client_errc::storage, where + ": a commit fails in another way");
  }
  auto const not_durable = co_await at.error_of(at.close());
  of.files.restart(aftermath::power_cut);
  store_probe again = of.open_probe();
  co_await again.open();
  int const count = co_await count_commits(again);
  require(count >= (not_durable ? of.durable : commits), where + ": a commit is lost");
  co_await again.close();
}

task<> check_errors(environment& world, file_store_factory const& make, int steps) {
  for (int step = 0; step < steps; ++step) {
    life one(world, make);
    one.files.fail(trouble::error, step);
    co_await check_one_error(one, "error at step " + std::to_string(step));
  }
}

/// A commit fails, says why, and can be repeated when the reason is gone.
task<> check_refusal(life& of, store_probe& at, int i, std::errc why) {
  std::error_code reason;
  try {
    co_await commit_one(of, at, i);
  } catch (store_error const& e) {
    reason = e.reason();
    require(!e.place().empty(), "an error does not name its place");
  }
  require(reason == why, "an error does not say the reason of the system");
  int const count = co_await count_commits(at);
  require(count == i - 1, "something of a commit that failed is there");
}

task<> check_full_disk(environment& world, file_store_factory const& make) {
  life one(world, make);
  store_probe at = one.open_probe();
  co_await at.open();
  for (int i = 1; i <= commits; ++i) {
    one.files.set_room(1000);
    co_await check_refusal(one, at, i, std::errc::no_space_on_device);
    one.files.set_room(UINT64_MAX);
    co_await commit_one(one, at, i);
  }
  co_await at.close();
  co_await go_on(one, commits, "after a full disk");
}

task<> check_read_only(environment& world, file_store_factory const& make) {
  for (auto const why : {std::errc::read_only_file_system, std::errc::permission_denied}) {
    life one(world, make);
    co_await live(one);
    one.files.refuse(why);
    store_probe at = one.open_probe();
    auto const refused = co_await at.error_of(open_only(at));
    require(refused == client_errc::storage, "what cannot be written is opened");
    one.files.refuse({});
    co_await go_on(one, commits, "after it could not be written");
  }
}

task<> check_all(environment& world, file_store_factory make) {
  int const steps = co_await steps_of_a_life(world, make);
  co_await check_deaths(world, make, steps);
  co_await check_errors(world, make, steps);
  co_await check_full_disk(world, make);
  co_await check_read_only(world, make);
}

}  // namespace

task<> check_crashes(environment& world, file_store_factory make) {
  return check_all(world, std::move(make));
}

}  // namespace mtp::MTP_ABI::testing
