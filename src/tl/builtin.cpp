// SPDX-License-Identifier: MIT OR Apache-2.0
// The ops of TL's own types.
#include "tl/codec/record.hpp"

namespace mtp::MTP_ABI::tl::codec {
namespace {

template <class T>
bool decode_plain(decoder& d, void* to) {
  return read(d, *::new (to) T{});
}
template <class T>
void encode_plain(encoder& e, void const* v) {
  write(e, *static_cast<T const*>(v), {});
}
template <class T>
bool equal_plain(void const* a, void const* b) {
  return same(*static_cast<T const*>(a), *static_cast<T const*>(b));
}

template <class T>
constexpr ops plain_ops(std::uint32_t min_size) {
  return {.size = sizeof(T),
          .min_size = min_size,
          .decode = &decode_plain<T>,
          .encode = &encode_plain<T>,
          .copy = &copy_value<T>,
          .destroy = &destroy_value<T>,
          .equal = &equal_plain<T>};
}

}  // namespace

#define MTP_PLAIN_OPS(type, min_size)                      \
  template <>                                              \
  ops const& ops_for<type>::get() noexcept {               \
    static constexpr ops made = plain_ops<type>(min_size); \
    return made;                                           \
  }

MTP_PLAIN_OPS(bool, 4)
MTP_PLAIN_OPS(std::int32_t, 4)
MTP_PLAIN_OPS(std::int64_t, 8)
MTP_PLAIN_OPS(double, 8)
MTP_PLAIN_OPS(int128, 16)
MTP_PLAIN_OPS(int256, 32)
MTP_PLAIN_OPS(string, 4)
MTP_PLAIN_OPS(bytes, 4)
MTP_PLAIN_OPS(raw, 1)

}  // namespace mtp::MTP_ABI::tl::codec
