// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Not for programs: the parts of client::invoke() that are not compiled for each function.
#pragma once

#include <mtp/client/invoke_options.hpp>
#include <mtp/core/result.hpp>
#include <mtp/core/slice.hpp>
#include <mtp/core/task.hpp>
#include <mtp/tl/forward.hpp>
#include <mtp/tl/function.hpp>

#include <memory>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace mtp::MTP_ABI {

namespace net {
struct call_order;
}

namespace detail {

class client_core;
struct updates_answer;

/// A request whose type is forgotten: what a call is made of is compiled once for all of them.
///
/// Lifetime: the request outlives it.
struct any_request {
  template <tl::tl_function F>
  explicit any_request(F const& request)
      : value(&request), ops(tl::codec::ops_for<F>::get()), method(F::tl_name) {}

  void const* value;
  tl::codec::ops const& ops;
  std::string_view method;
};

/// A request as bytes, or why it cannot be written; and what is known about it.
struct MTP_API raw_request {
  result<bytes, tl::encode_error> body = bytes();
  slice shared_body = {};        ///< instead of `body`, when there is one; without wrappers
  std::string_view method = {};  ///< static storage
  bool signs_in = false;         ///< part of signing in: never a reason for signing in again
  int dc = 0;                    ///< the data centre; 0: the account's own
  link_purpose purpose = link_purpose::main;
  call_priority priority = call_priority::normal;
  bool repeatable = false;       ///< whatever the schema says of its function
  bytes wrappers = {};           ///< stand before the body
  bool without_updates = false;  ///< the first of them is invokeWithoutUpdates
  std::optional<duration> timeout = {};
  /// Refusals are the caller's, also those that are worth a wait or name another data centre.
  bool reports_refusals = false;
  std::shared_ptr<net::call_order> order = {};  ///< of the chain that the call belongs to
  std::optional<std::int64_t> moves = {};  ///< the box that the answer moves: see box_moved_by()
  std::shared_ptr<updates_answer> updates = {};  ///< where an answer goes that counts among them

  /// Takes over what a caller wants of a call.
  ///
  /// Errors: mtp::error with client_errc::bad_config that names the option.
  void apply(invoke_options const& options, std::shared_ptr<net::call_order> chain);
};

/// The same as bytes, for a caller who wants `options`. Errors: as raw_request::apply().
MTP_API raw_request as_bytes(any_request const& request, invoke_options const& options,
                             std::shared_ptr<net::call_order> chain);
[[noreturn]] MTP_API void throw_unreadable(tl::decode_error const& why, std::string_view method);
/// The value of an answer. Errors: mtp::error with client_errc::decode.
MTP_API tl::detail::decoded_value read_value(slice body, tl::codec::ops const& of,
                                             std::string_view method);
MTP_API void read_scalar(slice const& body, void* to, tl::codec::ops const& of,
                         std::string_view method);

/// Reads the answer of a call: the only part that is compiled for each type.
template <class T>
task<tl::decoded<T>> read_answer(task<slice> call, std::string_view method) {
  slice body = co_await std::move(call);
  if constexpr (std::is_arithmetic_v<T>) {
    T value{};
    read_scalar(body, &value, tl::codec::ops_for<T>::get(), method);
    co_return value;
  } else {
    auto value = read_value(std::move(body), tl::codec::ops_for<T>::get(), method);
    co_return tl::detail::make_received::of<T>(std::move(value));
  }
}

}  // namespace detail
}  // namespace mtp::MTP_ABI
