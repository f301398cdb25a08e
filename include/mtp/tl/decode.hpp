// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/result.hpp>
#include <mtp/tl/box.hpp>
#include <mtp/tl/errors.hpp>
#include <mtp/tl/handle.hpp>
#include <mtp/tl/list.hpp>
#include <mtp/tl/received.hpp>
#include <mtp/tl/string.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>

namespace mtp::MTP_ABI::tl {

/// What to do with bytes behind the end of a value.
enum class trailing : std::uint8_t { refuse, allow };

/// Limits and manners of one decoding.
struct decode_options {
  trailing rest = trailing::refuse;
  std::size_t max_depth = 128;  ///< of values nested in one another
  std::size_t max_arena = 0;    ///< bytes of memory; 0: in proportion to the input, at most 256 MiB
  std::size_t* consumed = nullptr;  ///< where to write how many bytes the value took, if wanted
};

/// What decoding a T gives: plain for what needs no storage, else a received value.
template <class T>
using decoded = std::conditional_t<std::is_arithmetic_v<T>, T, received<T>>;

namespace detail {

struct decoded_value {
  block_ref keeper;
  void const* value = nullptr;
};
using decode_outcome = result<decoded_value, decode_error>;
MTP_API decode_outcome decode(slice data, codec::ops const& of, decode_options const& options);
MTP_API result<void, decode_error> decode_plain(bytes_view data, void* to, codec::ops const& of,
                                                decode_options const& options);

struct make_received {
  template <class T>
  static received<T> of(decoded_value made) {
    return received<T>(std::move(made.keeper), static_cast<T const*>(made.value));
  }
  template <class T>
  static result<received<T>, decode_error> from(decode_outcome outcome) {
    if (!outcome) return failure{outcome.error()};
    return of<T>(*std::move(outcome));
  }
};

}  // namespace detail

/// Reads a T, a constructor, a boxed type, a function or a `list` of them, out of `data`, which is
/// not copied: the value keeps it.
///
/// Never throws on what the bytes hold, and uses no more memory than `options` allow.
/// Errors: decode_error, with the path of field names down to the place.
template <class T>
result<decoded<T>, decode_error> decode(slice data, decode_options const& options = {}) {
  if constexpr (std::is_arithmetic_v<T>) {
    T value{};
    auto const done = detail::decode_plain(data, &value, codec::ops_for<T>::get(), options);
    if (!done) return failure{done.error()};
    return value;
  } else {
    return detail::make_received::from<T>(
        detail::decode(std::move(data), codec::ops_for<T>::get(), options));
  }
}

/// The same, from bytes that the value then owns.
template <class T>
result<decoded<T>, decode_error> decode(mtp::bytes data, decode_options const& options = {}) {
  return tl::decode<T>(slice(std::move(data)), options);
}

/// The same, from bytes of somebody else, which are copied.
template <class T>
result<decoded<T>, decode_error> decode(bytes_view data, decode_options const& options = {}) {
  return tl::decode<T>(slice(mtp::bytes(data.begin(), data.end())), options);
}

}  // namespace mtp::MTP_ABI::tl
