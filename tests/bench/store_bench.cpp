// SPDX-License-Identifier: MIT OR Apache-2.0
// What it costs to commit what one message brings, a position and a peer, to stores that hold few
// peers or many: processor time on the thread of the loop, and the time until the commit has ended,
// coalesced and at once. The argument is the largest number of peers, 1000000 without. The last
// line is JSON.
#include "figures.hpp"

#include <mtp/core/environment.hpp>
#include <mtp/sqlite/sqlite_store.hpp>
#include <mtp/storage/file_records.hpp>
#include <support/run.hpp>
#include <support/temporary_folder.hpp>

#include <malloc.h>

#include <algorithm>
#include <ctime>

namespace {

using namespace mtp;

constexpr int commits = 2000;
constexpr int commits_at_once = 200;
constexpr int peers_in_a_batch = 10'000;

double seconds_of(clockid_t clock) {
  timespec now = {};
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

double heap_mib() { return static_cast<double>(mallinfo2().uordblks) / (1 << 20); }

/// What is kept of a peer takes about so much: hashes, names, when it was seen.
bytes peer_value(int i) { return bytes(60, static_cast<std::uint8_t>(i)); }

bytes peer_id(int i) {
  bytes id(9, 1);
  store_le(&id[1], std::uint64_t{0x9e3779b97f4a7c15} * static_cast<std::uint64_t>(i));
  return id;
}

write_batch message(int i, int peers) {
  write_batch batch;
  batch.put(record_space::update_state, bytes{1}, bytes(16, static_cast<std::uint8_t>(i)));
  batch.put(record_space::peers, peer_id(i * 7919 % peers), peer_value(i));
  return batch;
}

task<> fill(record_store& store, int peers) {
  for (int first = 0; first < peers; first += peers_in_a_batch) {
    write_batch batch;
    for (int i = first; i < std::min(peers, first + peers_in_a_batch); ++i)
      batch.put(record_space::peers, peer_id(i), peer_value(i));
    co_await store.commit(std::move(batch));
  }
}

/// Commits one after the other; each wall time in microseconds.
task<> commit_many(record_store& store, int count, int peers, durability how,
                   std::vector<double>& us) {
  for (int i = 0; i < count; ++i) {
    double const before = seconds_of(CLOCK_MONOTONIC);
    co_await store.commit(message(i, peers), how);
    us.push_back((seconds_of(CLOCK_MONOTONIC) - before) * 1e6);
  }
}

double part_of(std::vector<double>& us, std::size_t percent) {
  std::ranges::sort(us);
  return us[us.size() * percent / 100];
}

task<> measure_commits(record_store& store, int peers, std::string name, bench::figures& to) {
  std::vector<double> us;
  double const before = seconds_of(CLOCK_THREAD_CPUTIME_ID);
  co_await commit_many(store, commits, peers, durability::coalesced, us);
  double const on_loop = seconds_of(CLOCK_THREAD_CPUTIME_ID) - before;
  to.add(name + "_loop_us", on_loop / commits * 1e6);
  to.add(name + "_commit_us", part_of(us, 50));
  to.add(name + "_commit_p99_us", part_of(us, 99));
  us.clear();
  co_await commit_many(store, commits_at_once, peers, durability::at_once, us);
  to.add(name + "_at_once_us", part_of(us, 50));
}

using maker = std::shared_ptr<record_store> (*)(std::string const& path);

task<> measure(maker make, std::string name, int peers, bench::figures& to) {
  auto const strand = co_await asio::this_coro::executor;
  test::temporary_folder const folder;
  auto const path = (folder / "store").string();
  auto store = make(path);
  co_await store->open(real_environment(), strand);
  co_await fill(*store, peers);
  co_await store->close();
  store = make(path);
  double const heap = heap_mib();
  double const before = seconds_of(CLOCK_MONOTONIC);
  co_await store->open(real_environment(), strand);
  name += "_" + std::to_string(peers);
  to.add(name + "_open_ms", (seconds_of(CLOCK_MONOTONIC) - before) * 1e3);
  co_await measure_commits(*store, peers, name, to);
  to.add(name + "_heap_mib", heap_mib() - heap);
  co_await store->close();
}

std::shared_ptr<record_store> in_file(std::string const& path) { return file_records(path); }
std::shared_ptr<record_store> in_sqlite(std::string const& path) { return sqlite_records(path); }

}  // namespace

int main(int argc, char** argv) {
  int const most = argc > 1 ? std::atoi(argv[1]) : 1'000'000;
  bench::figures all;
  for (int peers = 100; peers <= most; peers *= 100) {
    test::run(measure(in_file, "file", peers, all), std::chrono::minutes(10));
    test::run(measure(in_sqlite, "sqlite", peers, all), std::chrono::minutes(10));
  }
  all.show();
}
