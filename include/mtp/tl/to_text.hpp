// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/tl/box.hpp>
#include <mtp/tl/handle.hpp>
#include <mtp/tl/list.hpp>
#include <mtp/tl/ops.hpp>
#include <mtp/tl/string.hpp>

#include <string>
#include <string_view>

namespace mtp::MTP_ABI::tl {

/// How to print.
struct text_options {
  bool multiline = false;       ///< one field a line, indented
  std::size_t max_text = 256;   ///< bytes of one string that are shown
  std::size_t max_items = 100;  ///< elements of one vector that are shown
};

namespace detail {
MTP_API std::string to_text(void const* value, codec::ops const& of, text_options const& options);
}

/// The value in words: `inputPeerUser{user_id: 7, access_hash: 9}`. Absent fields are left out,
/// strings are escaped. For people, logs of one's own and tests; it shows all content.
template <class T>
std::string to_text(T const& value, text_options const& options = {}) {
  return detail::to_text(&value, codec::ops_for<T>::get(), options);
}

}  // namespace mtp::MTP_ABI::tl
