// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/each_update.hpp"

#include "client/client_core.hpp"

#include <mtp/core/as_result.hpp>
#include <mtp/core/error.hpp>

#include <asio/dispatch.hpp>
#include <asio/this_coro.hpp>

#include <utility>

namespace mtp::MTP_ABI::detail {
namespace {

/// A handler that failed because the client is closed is not worth a word.
void log_failure(std::shared_ptr<client_core> core, update const& which,
                 std::exception_ptr const& failed) {
  auto const what = describe_exception(failed);
  if (what.code == client_errc::closed) return;
  auto const key = which.key();
  auto log = [core, line = "updates: the handler failed at " + key + ": " + what.text] {
    core->log(log_level::error, line);
  };
  asio::dispatch(core->strand(), std::move(log));
}

}  // namespace

task<> each_update(std::shared_ptr<client_core> core, update_stream updates,
                   std::function<task<>(update)> handler) {
  std::exception_ptr failed;
  while (auto next = co_await updates.next()) {
    failed = nullptr;
    try {
      auto work = handler(*next);
      co_await std::move(work);
    } catch (...) {
      failed = std::current_exception();
    }
    auto const now = co_await asio::this_coro::cancellation_state;
    bool const cancelled = now.cancelled() != asio::cancellation_type::none;
    if (failed && cancelled) std::rethrow_exception(failed);
    if (failed) log_failure(core, *next, failed);
  }
}

}  // namespace mtp::MTP_ABI::detail
