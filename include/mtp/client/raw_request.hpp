// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/client/invoke_options.hpp>
#include <mtp/core/result.hpp>
#include <mtp/core/task.hpp>
#include <mtp/tl/forward.hpp>
#include <mtp/tl/function.hpp>

#include <memory>
#include <optional>
#include <string_view>

namespace mtp {

namespace net {
struct call_order;
}

namespace detail {

class client_core;
struct updates_answer;

/// A request as bytes, or why it cannot be written; and what is known about it.
struct raw_request {
  result<bytes, tl::encode_error> body = bytes();
  std::string_view method = {};  ///< static storage
  bool signs_in = false;         ///< part of signing in: never a reason for signing in again
  int dc = 0;                    ///< the data centre; 0: the account's own
  link_purpose purpose = link_purpose::main;
  call_priority priority = call_priority::normal;
  bool repeatable = false;       ///< whatever the schema says of its function
  bytes wrappers = {};           ///< stand before the body
  bool without_updates = false;  ///< the first of them is invokeWithoutUpdates
  std::optional<duration> timeout = {};
  std::shared_ptr<net::call_order> order = {};   ///< of the chain that the call belongs to
  std::shared_ptr<updates_answer> updates = {};  ///< where an answer goes that counts among them

  /// Takes over what a caller wants of a call.
  ///
  /// Errors: mtp::error with client_errc::bad_config that names the option.
  void apply(invoke_options const& options, std::shared_ptr<net::call_order> chain);
};

task<slice> exchange(std::shared_ptr<client_core> client, raw_request request);
/// The same for an answer that counts among the updates, which share it: it is decoded once.
task<received<tl::Updates>> exchange_updates(std::shared_ptr<client_core> client,
                                             raw_request request);
[[noreturn]] void throw_unreadable(tl::decode_error const& why, std::string_view method);

/// Reads the answer of a call: the only part that is compiled for each type.
template <class T>
task<tl::decoded<T>> read_answer(task<slice> call, std::string_view method) {
  slice body = co_await std::move(call);
  auto value = tl::decode<T>(std::move(body));
  if (!value) throw_unreadable(value.error(), method);
  co_return *std::move(value);
}

}  // namespace detail
}  // namespace mtp
