// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "tl/codec/encoder.hpp"
#include "tl/codec/table.hpp"

// How generated sources make the ops of their structs and handles.

namespace mtp::MTP_ABI::tl::codec {

/// Doubles are the same when their bits are.
inline bool same(double a, double b) noexcept {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}
inline bool same(std::optional<double> const& a, std::optional<double> const& b) noexcept {
  return a.has_value() == b.has_value() && (!a || same(*a, *b));
}
template <class T>
bool same(T const& a, T const& b) {
  return a == b;
}

/// Null when absent.
template <class T>
T const* get_if_set(std::optional<T> const& of) noexcept {
  return of ? &*of : nullptr;
}
template <class T>
  requires std::derived_from<T, detail::handle>
T const* get_if_set(T const& of) noexcept {
  return of.has_value() ? &of : nullptr;
}

template <class T>
bool decode_record(decoder& d, void* to) {
  return read_boxed(d, *::new (to) T{});
}
template <class T>
void encode_record(encoder& e, void const* v) {
  e.word(T::tl_id);
  write_body(e, *static_cast<T const*>(v));
}
template <class T>
bool decode_family(decoder& d, void* to) {
  return read(d, *::new (to) T{});
}
template <class T>
void encode_family(encoder& e, void const* v) {
  e.value(*static_cast<T const*>(v), {});
}
template <class T>
void copy_value(void* to, void const* from) {
  ::new (to) T(*static_cast<T const*>(from));
}
template <class T>
void destroy_value(void* at) noexcept {
  static_cast<T*>(at)->~T();
}
template <class T>
bool equal_values(void const* a, void const* b) {
  return *static_cast<T const*>(a) == *static_cast<T const*>(b);
}

template <class T>
constexpr ops record_ops(std::uint16_t tag, std::uint32_t min_size, schema_table const* table) {
  return {.size = sizeof(T),
          .min_size = min_size,
          .id = T::tl_id,
          .tag = tag,
          .in_place = detail::fits_in_place<T>,
          .decode = &decode_record<T>,
          .encode = &encode_record<T>,
          .copy = &copy_value<T>,
          .destroy = &destroy_value<T>,
          .equal = &equal_values<T>,
          .table = table};
}

template <class T>
constexpr ops family_ops(std::uint32_t min_size, schema_table const* table) {
  return {.size = sizeof(T),
          .min_size = min_size,
          .decode = &decode_family<T>,
          .encode = &encode_family<T>,
          .copy = &copy_value<T>,
          .destroy = &destroy_value<T>,
          .equal = &equal_values<T>,
          .table = table};
}

/// The ops of T as generated sources know them; ops_for<T>::get() is how everything else sees them.
template <class T>
struct ops_of;

}  // namespace mtp::MTP_ABI::tl::codec
