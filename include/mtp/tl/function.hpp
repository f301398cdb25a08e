// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/tl/decode.hpp>
#include <mtp/tl/encode.hpp>

#include <concepts>
#include <string_view>

namespace mtp::MTP_ABI::tl {

/// A function of TL: a request that can be written and whose answer has a type.
template <class F>
concept tl_function = requires {
  typename F::response;
  { F::tl_id } -> std::convertible_to<std::uint32_t>;
  { F::tl_name } -> std::convertible_to<std::string_view>;
};

/// A constructor of TL.
template <class T>
concept tl_constructor = !tl_function<T> && requires {
  { T::tl_id } -> std::convertible_to<std::uint32_t>;
  { T::tl_name } -> std::convertible_to<std::string_view>;
};

/// What calling F gives: `received<F::response>`, or the plain scalar for Bool, int and long.
template <tl_function F>
using answer = decoded<typename F::response>;

}  // namespace mtp::MTP_ABI::tl
