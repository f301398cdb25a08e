// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/tl/service.hpp>

#include <cassert>
#include <cstddef>
#include <utility>

// Reading and writing the objects of the key exchange, which may have random bytes behind them.
namespace mtp::MTP_ABI::mtproto {

/// The object that `data` begins with; what stands behind it is left in `data`. Empty when there is
/// another or it is cut short; then `data` stays as it is.
template <class Object>
received<Object> read_object(bytes_view& data) {
  std::size_t used = 0;
  tl::decode_options const options{.rest = tl::trailing::allow, .consumed = &used};
  auto object = tl::decode<Object>(data, options);
  if (!object) return {};
  data = data.subspan(used);
  return std::move(*object);
}

template <class Object>
bytes write_object(Object const& object) {
  auto out = tl::encode(object);
  assert(out && "none of these objects has a part that can be missing");
  return std::move(*out);
}

}  // namespace mtp::MTP_ABI::mtproto
