// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/client/client.hpp>
#include <mtp/core/async_event.hpp>
#include <mtp/core/task_scope.hpp>

#include <functional>
#include <memory>

namespace mtp::MTP_ABI::detail {

/// A client and the program that uses it; each ends with the other. A program that is asked to end
/// gets time to finish what it does.
///
/// Threads: everything but the constructor and handle() happens on the strand of the client.
class client_program {
 public:
  using program = std::function<task<>(client&)>;

  /// Errors: mtp::error with client_errc::bad_config.
  client_program(asio::any_io_executor executor, client_config config, program what,
                 duration time_to_finish);

  client& handle() noexcept { return client_; }

  /// Runs both. `also` may start more beside them, which is cancelled when they end.
  ///
  /// Lifetime: what `also` refers to lives until this ends. Cancellation: terminal; the client
  /// saves before it ends. Errors: the first of the client or the program.
  static task<> run(std::shared_ptr<client_program> one,
                    std::function<void(task_scope&)> also = {});
  /// Ends the stream of updates; what has not ended after the time to finish is cancelled.
  void ask_to_end() { asked_.notify(); }

 private:
  task<> run_client();
  task<> run_program();
  task<> end_when_asked();

  environment& world_;
  client client_;
  program what_;
  duration time_to_finish_;
  async_event asked_;
  task_scope* scope_ = nullptr;
};

}  // namespace mtp::MTP_ABI::detail
