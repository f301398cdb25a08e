// SPDX-License-Identifier: MIT OR Apache-2.0
// What a client costs that is signed in and waits: memory that stays resident, the time until then,
// and the processor time of waiting. Then two hundred of them and a busy one on one thread, beside
// the busy one alone. The data centre is another process. The argument is how many clients there
// are, 1000 without. The last line is JSON.
#include "bench_process.hpp"

#include <mtp/core/task_scope.hpp>
#include <mtp/tl/functions/help.hpp>
#include <mtp/tl/types/NearestDc.hpp>

#include <asio/this_coro.hpp>
#include <malloc.h>
#include <sys/resource.h>

#include <algorithm>
#include <fstream>
#include <memory>

namespace {

using namespace mtp;

constexpr int max_clients = 10'000;
constexpr int signing_in = 8;  // at a time
constexpr int neighbours = 200;
constexpr int rounds = 3;
constexpr int busy_calls = 4000;             // a round
constexpr std::chrono::seconds settling{2};  // after they signed in, until they only wait
constexpr std::chrono::minutes waiting{2};   // each pings at least once

// --- Clients --------------------------------------------------------------------------------

/// Some clients on one loop.
class crowd {
 public:
  crowd(asio::io_context& loop, bench::server_process const& server) : loop_(loop), dc_(server) {}
  crowd(crowd const&) = delete;
  crowd& operator=(crowd const&) = delete;
  ~crowd() { leave(); }

  /// Adds so many and waits until they are signed in.
  void join(std::size_t count) {
    std::size_t const wanted = all_.size() + count;
    all_.reserve(wanted);
    bench::drive(loop_, loop_.get_executor(), sign_in_up_to(wanted));
  }
  /// Lets all do what they have to do after signing in.
  void settle() { loop_.run_for(settling); }
  /// Closes all and waits for their end.
  void leave() {
    for (auto& one : all_) one->close();
    while (running_ != 0) loop_.run_one();
    all_.clear();
  }
  client& front() { return *all_.front(); }

 private:
  task<> sign_in_up_to(std::size_t wanted) {
    auto const executor = co_await asio::this_coro::executor;
    auto const start = [&](task_scope& scope) {
      for (int i = 0; i < signing_in; ++i) scope.spawn(sign_in_some(wanted));
    };
    co_await task_scope::run(executor, start);
  }

  task<> sign_in_some(std::size_t wanted) {
    while (all_.size() < wanted) {
      auto& fresh = *all_.emplace_back(
          std::make_unique<client>(loop_.get_executor(), bench::config_for(dc_)));
      ++running_;
      asio::co_spawn(fresh.get_executor(), fresh.run(), [this](std::exception_ptr failed) {
        --running_;
        bench::rethrow(std::move(failed));
      });
      auto const bot = co_await fresh.sign_in_bot(bench::bot_token);
      (void)bot;
    }
  }

  asio::io_context& loop_;
  bench::server_process const& dc_;
  std::vector<std::unique_ptr<client>> all_;
  std::size_t running_ = 0;
};

// --- Memory ---------------------------------------------------------------------------------

double resident_kib() {
  malloc_trim(0);
  std::size_t all = 0;
  std::size_t resident = 0;
  std::ifstream("/proc/self/statm") >> all >> resident;
  return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1024;
}

/// What they do meanwhile is to keep their connections.
void measure_waiting(asio::io_context& loop, std::size_t count, bench::figures& to) {
  double const before = bench::cpu_seconds();
  loop.run_for(waiting);
  double const each_minute = (bench::cpu_seconds() - before) / static_cast<double>(waiting.count());
  to.add("waiting_us_a_minute", each_minute * 1e6 / static_cast<double>(count));
}

void measure_idle(std::size_t count, bench::server_process const& dc, bench::figures& to) {
  asio::io_context loop(1);
  crowd first(loop, dc);
  first.join(signing_in);  // what a process pays once is paid
  crowd idle(loop, dc);
  double const before = resident_kib();
  bench::cost each;
  each.measure(static_cast<int>(count), [&] { idle.join(count); });
  idle.settle();
  to.add("idle_kib", (resident_kib() - before) / static_cast<double>(count));
  to.add("key_and_login_ms", each.cpu * 1e3);
  to.add("all_signed_in_s", each.wall * static_cast<double>(count));
  to.add("clients", static_cast<double>(count));
  measure_waiting(loop, count, to);
}

// --- Latency --------------------------------------------------------------------------------

struct latency {
  double median = 1e9;  // microseconds
  double p99 = 1e9;

  /// Of many rounds the least.
  void take(std::vector<double> us) {
    std::ranges::sort(us);
    median = std::min(median, us[us.size() / 2]);
    p99 = std::min(p99, us[us.size() * 99 / 100]);
  }
};

task<> call_often(client& with, std::vector<double>& us) {
  tl::help::getNearestDc const request;
  for (int i = 0; i < busy_calls; ++i) {
    double const before = bench::wall_seconds();
    auto const answer = co_await with.invoke(request);
    us.push_back((bench::wall_seconds() - before) * 1e6);
  }
}

void measure_busy(asio::io_context& loop, crowd& busy, latency& to) {
  std::vector<double> us;
  us.reserve(busy_calls);
  bench::drive(loop, busy.front().get_executor(), call_often(busy.front(), us));
  to.take(std::move(us));
}

void measure_neighbours(bench::server_process const& dc, bench::figures& to) {
  dc.share_processor(true);  // else it counts most whether the system puts the two on one
  asio::io_context loop(1);
  crowd busy(loop, dc);
  busy.join(1);
  latency alone;
  latency with_idle;
  for (int i = 0; i < rounds; ++i) {
    measure_busy(loop, busy, alone);
    crowd idle(loop, dc);
    idle.join(neighbours);
    idle.settle();
    measure_busy(loop, busy, with_idle);
  }
  to.add("busy_with_idle_of_alone", with_idle.median / alone.median);
  to.add("busy_with_idle_of_alone_p99", with_idle.p99 / alone.p99);
  to.add("busy_alone_us", alone.median);
  to.add("busy_alone_p99_us", alone.p99);
  to.add("busy_with_idle_us", with_idle.median);
  to.add("busy_with_idle_p99_us", with_idle.p99);
}

// --- The program ----------------------------------------------------------------------------

/// As many open files as this process may have; each client needs one, here and there.
std::size_t allow_files() {
  rlimit limit = {};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  return limit.rlim_cur;
}

std::size_t wanted_clients(int count, char** arguments) {
  int const wanted = count > 1 ? std::atoi(arguments[1]) : 1000;
  return static_cast<std::size_t>(std::clamp(wanted, 1, max_clients));
}

}  // namespace

int main(int argc, char** argv) {
  std::size_t const count = wanted_clients(argc, argv);
  if (allow_files() < count + neighbours) {
    std::fprintf(stderr, "a process may not have so many open files here\n");
    return 1;
  }
  bench::server_process const dc(bench::data_centre_server());
  bench::figures found;
  measure_idle(count, dc, found);
  measure_neighbours(dc, found);
  found.show();
}
