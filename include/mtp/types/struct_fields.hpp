// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <cstddef>
#include <type_traits>

namespace mtp::MTP_ABI::detail {

/// Stands for a field of any type.
struct any_field {
  template <class T>
  operator T() const;
};

template <class T, class... Fields>
consteval std::size_t field_count() {
  if constexpr (requires { T{Fields{}..., any_field{}}; }) {
    return field_count<T, Fields..., any_field>();
  } else {
    return sizeof...(Fields);
  }
}

/// Calls `visit` with each field of an aggregate of at most eight.
template <class T, class Visitor>
void each_field(T& of, Visitor visit) {
  constexpr auto count = field_count<std::remove_const_t<T>>();
  static_assert(count <= 8, "at most eight fields");
  if constexpr (count == 1) {
    auto& [a] = of;
    visit(a);
  } else if constexpr (count == 2) {
    auto& [a, b] = of;
    visit(a), visit(b);
  } else if constexpr (count == 3) {
    auto& [a, b, c] = of;
    visit(a), visit(b), visit(c);
  } else if constexpr (count == 4) {
    auto& [a, b, c, d] = of;
    visit(a), visit(b), visit(c), visit(d);
  } else if constexpr (count == 5) {
    auto& [a, b, c, d, e] = of;
    visit(a), visit(b), visit(c), visit(d), visit(e);
  } else if constexpr (count == 6) {
    auto& [a, b, c, d, e, f] = of;
    visit(a), visit(b), visit(c), visit(d), visit(e), visit(f);
  } else if constexpr (count == 7) {
    auto& [a, b, c, d, e, f, g] = of;
    visit(a), visit(b), visit(c), visit(d), visit(e), visit(f), visit(g);
  } else if constexpr (count == 8) {
    auto& [a, b, c, d, e, f, g, h] = of;
    visit(a), visit(b), visit(c), visit(d), visit(e), visit(f), visit(g), visit(h);
  }
}

}  // namespace mtp::MTP_ABI::detail
