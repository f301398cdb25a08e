// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "figures.hpp"

#include <mtp/mtp.hpp>
#include <mtp/testing/data_centre.hpp>
#include <support/rsa_keys.hpp>

#include <asio/co_spawn.hpp>
#include <asio/io_context.hpp>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <functional>
#include <string>
#include <utility>
#include <vector>

/// What the benchmarks of whole clients share: servers in processes of their own, and the time that
/// this process alone takes.
namespace mtp::bench {

/// The processor time of this process, user and system, in seconds.
inline double cpu_seconds() {
  timespec now = {};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

inline double wall_seconds() {
  std::chrono::duration<double> const now = std::chrono::steady_clock::now().time_since_epoch();
  return now.count();
}

/// What something took for one time; of many rounds the least counts.
struct cost {
  double cpu = 1e9;   ///< seconds of this process
  double wall = 1e9;  ///< seconds

  template <class Work>
  void measure(int times, Work work) {
    double const wall_before = wall_seconds();
    double const cpu_before = cpu_seconds();
    work();
    cpu = std::min(cpu, (cpu_seconds() - cpu_before) / times);
    wall = std::min(wall, (wall_seconds() - wall_before) / times);
  }
};

/// A server in a process of its own, which ends with this object and with this process. It must be
/// started before this process has threads.
class server_process {
 public:
  /// Given the means to tell on which port it listens, `serve` runs without end.
  using tell_port = std::function<void(std::uint16_t)>;
  explicit server_process(std::function<void(tell_port)> const& serve) {
    int ends[2];
    if (pipe(ends) != 0) std::abort();
    id_ = fork();
    if (id_ < 0) std::abort();
    if (id_ == 0) become(serve, ends[1]);
    close(ends[1]);
    if (read(ends[0], &port_, sizeof port_) != sizeof port_) std::abort();
    close(ends[0]);
  }
  server_process(server_process const&) = delete;
  server_process& operator=(server_process const&) = delete;
  ~server_process() {
    kill(id_, SIGKILL);
    waitpid(id_, nullptr, 0);
  }

  std::uint16_t port() const noexcept { return port_; }

  /// Puts this process and the server on the same processor, or on one each. Where the scheduler
  /// has them makes more difference than anything that is measured here (who sleeps on a processor
  /// of its own is woken at a price), so that rounds are measured both ways.
  void share_processor(bool together) const {
    long const all = sysconf(_SC_NPROCESSORS_ONLN);
    run_on(0, all - 1);
    run_on(id_, together ? all - 1 : 0);
  }

 private:
  static void run_on(pid_t process, long processor) {
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(static_cast<std::size_t>(processor), &one);
    sched_setaffinity(process, sizeof one, &one);  // where that is not allowed it stays as it is
  }
  [[noreturn]] static void become(std::function<void(tell_port)> const& serve, int pipe_end) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    serve([pipe_end](std::uint16_t port) {
      if (write(pipe_end, &port, sizeof port) != sizeof port) _exit(1);
      close(pipe_end);
    });
    _exit(0);
  }

  pid_t id_ = -1;
  std::uint16_t port_ = 0;
};

/// A data centre to be started as a server_process; `prepare` may give it handlers.
inline std::function<void(server_process::tell_port)> data_centre_server(
    std::function<void(testing::data_centre&)> prepare = {}) {
  return [prepare](server_process::tell_port const& tell) {
    testing::data_centre_config config;
    config.key = *crypto::rsa_private_key::from_pem(test::rsa_keys::private_pkcs8);
    asio::io_context loop(1);
    testing::data_centre dc(std::move(config));
    if (prepare) prepare(dc);
    dc.start(loop.get_executor());
    tell(dc.address().port);
    loop.run();
  };
}

inline client_config config_for(server_process const& server) {
  client_config out;
  out.api_id = 1;
  out.api_hash = "0123456789abcdef0123456789abcdef";
  auto const key = crypto::rsa_private_key::from_pem(test::rsa_keys::private_pkcs8);
  out.addresses[2] = {{.host = "127.0.0.1", .port = server.port()}};
  out.server_keys = {key->public_key().to_pem()};
  return out;
}

/// Of the bot that every data centre has that is told of no other world.
inline constexpr char bot_token[] = "777000777:AAEchoBotOfTheOfflineDataCentre00001";

/// Nothing here is expected to fail: whatever does ends the program and says why.
inline void rethrow(std::exception_ptr failed) {
  if (failed) std::rethrow_exception(std::move(failed));
}

/// Runs the loop until `work` has ended on `executor`.
inline void drive(asio::io_context& loop, asio::any_io_executor executor, task<> work) {
  bool ended = false;
  asio::co_spawn(executor, std::move(work), [&](std::exception_ptr failed) {
    ended = true;
    rethrow(std::move(failed));
  });
  loop.restart();  // it may have had nothing to do
  while (!ended) {
    if (loop.run_one() == 0) std::abort();
  }
}

}  // namespace mtp::bench
