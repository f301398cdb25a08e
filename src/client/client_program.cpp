// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/client_program.hpp"

#include "client/client_core.hpp"

#include <utility>

namespace mtp::MTP_ABI::detail {
namespace {

environment& world_of(client_config const& config) {
  return config.surroundings ? *config.surroundings : real_environment();
}

}  // namespace

/// What a program's end needs of a client beyond its face.
struct runner_access {
  static void end_updates(client& of) { of.core_->end_updates(); }
};

client_program::client_program(asio::any_io_executor executor, client_config config, program what,
                               duration time_to_finish)
    : world_(world_of(config)),
      client_(std::move(executor), std::move(config)),
      what_(std::move(what)),
      time_to_finish_(time_to_finish),
      asked_(world_, client_.get_executor()) {}

task<> client_program::run(std::shared_ptr<client_program> one,
                           std::function<void(task_scope&)> also) {
  auto const start = [&one, &also](task_scope& scope) {
    one->scope_ = &scope;
    scope.spawn(one->run_client());
    scope.spawn(one->run_program());
    scope.spawn(one->end_when_asked());
    if (also) also(scope);
  };
  auto const strand = one->client_.get_executor();
  co_await task_scope::run(strand, start);
}

task<> client_program::run_client() {
  co_await client_.run();
  scope_->cancel();
}

task<> client_program::run_program() {
  auto work = what_(client_);
  co_await std::move(work);
  client_.close();
}

task<> client_program::end_when_asked() {
  co_await asked_.wait();
  runner_access::end_updates(client_);
  co_await pause(world_, client_.get_executor(), time_to_finish_);
  scope_->cancel();
}

}  // namespace mtp::MTP_ABI::detail
