// SPDX-License-Identifier: MIT OR Apache-2.0
// The ops of TL's own types.
#include "tl/codec/builtin.hpp"

#include <mtp/tl/string.hpp>

#include <type_traits>

namespace mtp::MTP_ABI::tl::codec {
namespace {

template <class T>
constexpr ops plain_ops(form what, std::uint32_t min_size) {
  return {.size = sizeof(T),
          .min_size = min_size,
          .what = what,
          .trivial = std::is_trivially_copyable_v<T>};
}

}  // namespace

#define MTP_PLAIN_OPS(type, name, what, min_size)                            \
  constinit ops const builtin::name = plain_ops<type>(form::what, min_size); \
  template <>                                                                \
  ops const& ops_for<type>::get() noexcept {                                 \
    return builtin::name;                                                    \
  }

MTP_PLAIN_OPS(bool, boolean, boolean, 4)
MTP_PLAIN_OPS(std::int32_t, int32, fixed, 4)
MTP_PLAIN_OPS(std::int64_t, int64, fixed, 8)
MTP_PLAIN_OPS(double, float64, fixed, 8)
MTP_PLAIN_OPS(mtp::int128, int128, fixed, 16)
MTP_PLAIN_OPS(mtp::int256, int256, fixed, 32)
MTP_PLAIN_OPS(tl::string, string, text, 4)
MTP_PLAIN_OPS(tl::bytes, bytes, text, 4)
MTP_PLAIN_OPS(tl::raw, raw, raw, 1)

#undef MTP_PLAIN_OPS

}  // namespace mtp::MTP_ABI::tl::codec
