// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/client/run.hpp>

#include "client/client_program.hpp"

#include <mtp/core/error.hpp>

#include <asio/co_spawn.hpp>
#include <asio/error.hpp>
#include <asio/io_context.hpp>
#include <asio/signal_set.hpp>
#include <asio/use_awaitable.hpp>

#include <csignal>
#include <cstdio>

namespace mtp::MTP_ABI {
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
    return e.code() == client_errc::closed || e.code() == asio::error::operation_aborted ||
           e.code() == std::errc::operation_canceled;
  } catch (...) {
    return false;
  }
}

/// One run: the client with its program, and the signals that end them.
class program_run {
 public:
  program_run(asio::io_context& context, client_config config,
              detail::client_program::program program)
      : running_(std::make_shared<detail::client_program>(context.get_executor(), std::move(config),
                                                          std::move(program), time_to_finish)),
        signals_(running_->handle().get_executor(), SIGINT, SIGTERM) {}

  task<> run() {
    auto const also = [this](task_scope& scope) { scope.spawn(wait_for_signal()); };
    co_await detail::client_program::run(running_, also);
  }
  asio::any_io_executor strand() { return running_->handle().get_executor(); }
  bool was_told_to_stop() const noexcept { return told_to_stop_; }

 private:
  task<> wait_for_signal() {
    int const signal = co_await signals_.async_wait(asio::use_awaitable);
    (void)signal;
    told_to_stop_ = true;
    signals_.clear();  // the next one ends the process, whatever it does
    running_->ask_to_end();
  }

  std::shared_ptr<detail::client_program> running_;
  asio::signal_set signals_;
  bool told_to_stop_ = false;
};

}  // namespace

int run(client_config config, std::function<task<>(client&)> program) {
  std::exception_ptr failed;
  bool stopped = false;
  try {
    asio::io_context context(1);
    program_run all(context, std::move(config), std::move(program));
    asio::co_spawn(all.strand(), all.run(), [&](std::exception_ptr e) { failed = std::move(e); });
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
