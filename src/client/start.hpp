// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "client/client_core.hpp"

#include <mtp/core/error.hpp>

#include <memory>
#include <optional>
#include <utility>

namespace mtp::MTP_ABI::detail {

/// Runs `work` on the strand of a client, which it keeps alive, for whoever awaits it wherever.
///
/// Every operation hops through this one coroutine: one for each result type would cost each
/// operation seconds of compiling and much code.
task<> run_on_strand(std::shared_ptr<client_core> core, task<> work);

/// Keeps what `work` returns where the one who asked finds it, who may be gone by then.
template <class T>
task<> store_result(task<T> work, std::shared_ptr<std::optional<T>> to) {
  T value = co_await std::move(work);
  *to = std::move(value);
}

/// The part of an operation that is compiled for each result type.
template <class T>
task<T> run_operation(std::shared_ptr<client_core> core, task<T> work) {
  if (!core) throw client_closed();
  auto const result = std::make_shared<std::optional<T>>();
  auto stored = store_result(std::move(work), result);
  co_await run_on_strand(std::move(core), std::move(stored));
  co_return *std::move(*result);
}
inline task<> run_operation(std::shared_ptr<client_core> core, task<> work) {
  if (!core) throw client_closed();
  co_await run_on_strand(std::move(core), std::move(work));
}

/// Starts an operation: `work(*core, args...)` on the strand of the client. The arguments are
/// copied into the parameters of `work` here, before anything suspends.
///
/// Errors, when it is awaited: client_closed when there is no client any more; those of `work`.
template <class T, class... Params, class... Args>
task<T> start(std::shared_ptr<client_core> core, task<T> (*work)(client_core&, Params...),
              Args&&... args) {
  task<T> here;
  if (core) here = work(*core, Params(std::forward<Args>(args))...);
  return run_operation(std::move(core), std::move(here));
}

}  // namespace mtp::MTP_ABI::detail
