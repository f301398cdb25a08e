// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/wipe.hpp>

#include <concepts>
#include <type_traits>
#include <utility>

namespace mtp::MTP_ABI {

/// Holds something that must not be printed: a token, a phone number, a key. It has no output
/// operator and no formatter that shows it; who needs the value says reveal(). The value is wiped
/// when the secret goes away, is moved or gets another value.
/// Threads: a value; distinct objects may be used on different threads.
template <class T>
class secret {
 public:
  secret() = default;
  secret(T value) noexcept : value_(std::move(value)) { forget(value); }
  /// Text as it stands in a program, such as the number and code of a test account.
  secret(char const* text)
    requires std::convertible_to<char const*, T>
      : value_(text) {}
  secret(secret const&) = default;
  secret(secret&& from) noexcept : value_(std::move(from.value_)) { forget(from.value_); }
  secret& operator=(secret const& from) { return *this = secret(from); }
  secret& operator=(secret&& from) noexcept {
    if (this == &from) return *this;
    forget(value_);
    value_ = std::move(from.value_);
    forget(from.value_);
    return *this;
  }
  ~secret() { forget(value_); }

  T const& reveal() const noexcept { return value_; }
  bool operator==(secret const&) const = default;

 private:
  /// Leaves nothing of the value, nor in the room that a string keeps behind its end.
  static void forget(T& value) noexcept {
    if constexpr (requires { value.resize(value.capacity()); }) {
      value.resize(value.capacity());
      wipe({reinterpret_cast<std::uint8_t*>(value.data()), value.size() * sizeof *value.data()});
      value.clear();
    } else {
      static_assert(std::is_trivially_copyable_v<T>, "who holds other memory must wipe it");
      wipe({reinterpret_cast<std::uint8_t*>(&value), sizeof value});
    }
  }

  T value_{};
};

/// What a secret looks like wherever it is shown.
inline constexpr char const* redacted = "***";

}  // namespace mtp::MTP_ABI
