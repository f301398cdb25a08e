// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <utility>

namespace mtp {

/// Holds something that must not be printed: a token, a phone number, a key. It has no output
/// operator and no formatter that shows it; who needs the value says reveal().
template <class T>
class secret {
 public:
  secret() = default;
  secret(T value) : value_(std::move(value)) {}
  T const& reveal() const noexcept { return value_; }
  bool operator==(secret const&) const = default;

 private:
  T value_{};
};

/// What a secret looks like wherever it is shown.
inline constexpr char const* redacted = "***";

}  // namespace mtp
