// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <cassert>
#include <system_error>
#include <utility>
#include <variant>

namespace mtp::MTP_ABI {

/// Wraps an error so that a result can be made from it without saying its type.
template <class E>
struct failure {
  E error;
};
template <class E>
failure(E) -> failure<E>;

/// A value, or the reason why there is none. What the layers below the coroutines return.
///
/// Reading the value of a failed result, or the error of a good one, is a mistake of the program
/// and asserts.
/// Threads: a value; distinct objects may be used on different threads.
template <class T, class E = std::error_code>
class [[nodiscard]] result {
 public:
  using value_type = T;
  using error_type = E;

  result()
    requires std::is_default_constructible_v<T>
      : state_(std::in_place_index<0>) {}
  result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  template <class F>
    requires std::is_constructible_v<E, F>
  result(failure<F> f) : state_(std::in_place_index<1>, std::move(f.error)) {}

  bool has_value() const noexcept { return state_.index() == 0; }
  explicit operator bool() const noexcept { return has_value(); }

  T& value() & { return *get(); }
  T const& value() const& { return *const_cast<result*>(this)->get(); }
  T&& value() && { return std::move(*get()); }
  T& operator*() & { return *get(); }
  T const& operator*() const& { return *const_cast<result*>(this)->get(); }
  T&& operator*() && { return std::move(*get()); }
  T* operator->() { return get(); }
  T const* operator->() const { return const_cast<result*>(this)->get(); }

  E const& error() const {
    assert(!has_value());
    return *std::get_if<1>(&state_);
  }

 private:
  T* get() {
    assert(has_value());
    return std::get_if<0>(&state_);
  }
  std::variant<T, E> state_;
};

/// Success, or the reason of a failure.
/// Threads: a value; distinct objects may be used on different threads.
template <class E>
class [[nodiscard]] result<void, E> {
 public:
  using value_type = void;
  using error_type = E;

  result() = default;
  template <class F>
    requires std::is_constructible_v<E, F>
  result(failure<F> f) : failed_(true), error_(std::move(f.error)) {}

  bool has_value() const noexcept { return !failed_; }
  explicit operator bool() const noexcept { return has_value(); }
  E const& error() const {
    assert(failed_);
    return error_;
  }

 private:
  bool failed_ = false;
  E error_{};
};

}  // namespace mtp::MTP_ABI
