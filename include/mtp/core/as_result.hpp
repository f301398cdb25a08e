// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/error.hpp>
#include <mtp/core/result.hpp>
#include <mtp/core/task.hpp>

#include <exception>
#include <system_error>
#include <utility>

namespace mtp::MTP_ABI {

/// Why an operation failed, for programs that do without exceptions.
struct error_info {
  std::error_code code = {};  ///< of any category: mtp.client, mtp.protocol, mtp.rpc, Asio's
  std::string text = {};      ///< what() of the exception
  std::optional<rpc_failure> refusal = {};  ///< set when the server refused the request
};

namespace detail {

/// An exception of another family may have no text.
inline std::string text_of(std::exception const& e) {
  char const* const said = e.what();
  return said ? said : "an exception without a text";
}

}  // namespace detail

/// What `e` says, as a value. An exception of another family has code
/// `std::errc::state_not_recoverable`.
inline error_info describe_exception(std::exception_ptr e) {
  try {
    std::rethrow_exception(std::move(e));
  } catch (rpc_error const& refused) {
    return {.code = refused.code(), .text = refused.what(), .refusal = refused.failure()};
  } catch (std::system_error const& failed) {
    return {.code = failed.code(), .text = failed.what(), .refusal = {}};
  } catch (std::exception const& other) {
    return {.code = std::make_error_code(std::errc::state_not_recoverable),
            .text = detail::text_of(other),
            .refusal = {}};
  } catch (...) {
    return {.code = std::make_error_code(std::errc::state_not_recoverable),
            .text = "an exception of an unknown type",
            .refusal = {}};
  }
}

/// Awaits `work` and returns its value, or its failure as a value. Never throws what `work` throws.
///
/// Cancellation: as `work`; a cancelled one is a failure too.
/// Errors: none; they are the result.
template <class T>
task<result<T, error_info>> as_result(task<T> work) {
  std::exception_ptr failed;
  try {
    if constexpr (std::is_void_v<T>) {
      co_await std::move(work);
      co_return result<void, error_info>();
    } else {
      T value = co_await std::move(work);
      co_return result<T, error_info>(std::move(value));
    }
  } catch (...) {
    failed = std::current_exception();
  }
  error_info info = describe_exception(std::move(failed));
  co_return result<T, error_info>(mtp::failure{std::move(info)});
}

}  // namespace mtp::MTP_ABI
