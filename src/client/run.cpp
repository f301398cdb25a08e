// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/client/run.hpp>

#include "client/client_core.hpp"

#include <mtp/core/error.hpp>
#include <mtp/core/task_scope.hpp>

#include <asio/co_spawn.hpp>
#include <asio/io_context.hpp>
#include <asio/signal_set.hpp>
#include <asio/use_awaitable.hpp>

#include <csignal>
#include <cstdio>

namespace mtp::MTP_ABI {
namespace detail {

/// What run() needs of a client beyond its face.
struct runner_access {
  static void end_updates(client& of) { of.core_->end_updates(); }
  static environment& world(client& of) { return of.core_->world(); }
};

}  // namespace detail
namespace {

constexpr auto time_to_finish = std::chrono::seconds(3);

/// Tells why nothing came of it. One line, without secrets: the errors of this library hold none.
void print_failure(std::exception_ptr failed) {
  try {
    std::rethrow_exception(std::move(failed));
  } catch (std::exception const& e) {
    std::fprintf(stderr, "mtp: %s\n", e.what());
  } catch (...) {
    std::fputs("mtp: the program failed\n", stderr);
  }
}

/// True when the failure is only how a program ends that was told to.
bool is_end(std::exception_ptr const& failed) {
  try {
    std::rethrow_exception(failed);
  } catch (std::system_error const& e) {
    return e.code() == client_errc::closed || e.code() == std::errc::operation_canceled;
  } catch (...) {
    return false;
  }
}

/// One run: the client, the program, and the signals that end them.
class program_run {
 public:
  program_run(asio::io_context& context, client_config config)
      : client_(context.get_executor(), std::move(config)),
        signals_(client_.get_executor(), SIGINT, SIGTERM),
        scope_(client_.get_executor()) {}

  task<> run(std::function<task<>(client&)> program) {
    scope_.spawn(run_client());
    scope_.spawn(run_program(std::move(program)));
    scope_.spawn(wait_for_signal());
    co_await scope_.join();
  }
  bool was_told_to_stop() const noexcept { return told_to_stop_; }

 private:
  task<> run_client() {
    co_await client_.run();
    scope_.cancel();
  }

  task<> run_program(std::function<task<>(client&)> program) {
    co_await program(client_);
    client_.close();
  }

  task<> wait_for_signal() {
    int const signal = co_await signals_.async_wait(asio::use_awaitable);
    (void)signal;
    told_to_stop_ = true;
    signals_.clear();  // the next one ends the process, whatever it does
    detail::runner_access::end_updates(client_);
    co_await pause(detail::runner_access::world(client_), client_.get_executor(), time_to_finish);
    scope_.cancel();
  }

  client client_;
  asio::signal_set signals_;
  task_scope scope_;
  bool told_to_stop_ = false;
};

}  // namespace

int run(client_config config, std::function<task<>(client&)> program) {
  std::exception_ptr failed;
  bool stopped = false;
  try {
    asio::io_context context(1);
    program_run all(context, std::move(config));
    asio::co_spawn(context, all.run(std::move(program)),
                   [&](std::exception_ptr e) { failed = std::move(e); });
    context.run();
    stopped = all.was_told_to_stop();
  } catch (...) {
    failed = std::current_exception();
  }
  if (!failed || (stopped && is_end(failed))) return 0;
  print_failure(std::move(failed));
  return 1;
}

}  // namespace mtp::MTP_ABI
