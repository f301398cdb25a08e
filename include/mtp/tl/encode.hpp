// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/result.hpp>
#include <mtp/tl/box.hpp>
#include <mtp/tl/errors.hpp>
#include <mtp/tl/handle.hpp>
#include <mtp/tl/list.hpp>
#include <mtp/tl/string.hpp>

namespace mtp::MTP_ABI::tl {

namespace detail {
MTP_API result<void, encode_error> encode(mtp::bytes& to, void const* value, codec::ops const& of);
MTP_API result<mtp::bytes, encode_error> encode(void const* value, codec::ops const& of);
}  // namespace detail

/// Appends `value`, a constructor, a handle, a function or a `list` of them, to `to`, its id first.
///
/// Errors: encode_error names a required part that is empty, or fields that must be set together;
/// then `to` is as it was.
template <class T>
result<void, encode_error> encode(mtp::bytes& to, T const& value) {
  return detail::encode(to, &value, codec::ops_for<T>::get());
}

/// The bytes of `value`.
template <class T>
result<mtp::bytes, encode_error> encode(T const& value) {
  return detail::encode(&value, codec::ops_for<T>::get());
}

}  // namespace mtp::MTP_ABI::tl
