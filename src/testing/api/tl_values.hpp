// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/testing/handler.hpp>
#include <mtp/tl/api.hpp>

#include <cassert>
#include <utility>
#include <vector>

namespace mtp::MTP_ABI::testing {

/// A value that encode_object() wrote.
template <class T>
T decode_stored(bytes const& written) {
  auto read = tl::decode<T>(bytes_view(written));
  assert(read);
  return **read;
}

template <class T>
tl::list<T> decode_stored_list(bytes const& written) {
  return decode_stored<tl::list<T>>(written);
}

template <class T>
tl::list<T> to_list(std::vector<T> items) {
  tl::list<T> out;
  out.reserve(items.size());
  for (auto& item : items) out.push_back(std::move(item));
  return out;
}

}  // namespace mtp::MTP_ABI::testing
