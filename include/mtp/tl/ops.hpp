// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <cstddef>
#include <cstdint>

namespace mtp::MTP_ABI::tl {

template <class T>
class list;

namespace codec {

class decoder;
class encoder;
struct schema_table;

/// How the library handles values of one type without knowing the type. Constant tables of these,
/// compiled into the library, spare user files the code of copies, destructors and codecs.
struct alignas(8) MTP_API ops {
  std::uint32_t size = 0;  ///< sizeof
  std::uint32_t min_size =
      0;                  ///< the fewest bytes on the wire, with the constructor id if it has one
  std::uint32_t id = 0;   ///< constructor id; 0 for types that are not one constructor
  std::uint16_t tag = 0;  ///< place among the constructors of its type, from 1
  bool in_place = false;  ///< stored inside its handle
  bool (*decode)(decoder&, void* to) = nullptr;  ///< makes a value at `to` and reads it, id first
  void (*encode)(encoder&, void const*) = nullptr;
  void (*copy)(void* to, void const* from) = nullptr;
  void (*destroy)(void*) noexcept = nullptr;
  bool (*equal)(void const*, void const*) = nullptr;
  schema_table const* table = nullptr;  ///< names of what may be inside; null for TL's own types
  ops const& (*element)() noexcept = nullptr;  ///< of a list
};

/// The ops of T. Instantiated inside the library for generated types and TL's own.
template <class T>
struct MTP_API ops_for {
  static ops const& get() noexcept;
};

MTP_API bool decode_list(decoder& from, void* to, ops const& element);
MTP_API void encode_list(encoder& to, void const* list, ops const& element);
MTP_API void copy_list(void* to, void const* from, ops const& element);
MTP_API void destroy_list(void* list, ops const& element) noexcept;
MTP_API bool equal_lists(void const* a, void const* b, ops const& element);

template <class T>
inline constexpr ops list_ops = {
    .size = 16,
    .min_size = 8,
    .decode = [](decoder& from, void* to) { return decode_list(from, to, ops_for<T>::get()); },
    .encode = [](encoder& to, void const* l) { encode_list(to, l, ops_for<T>::get()); },
    .copy = [](void* to, void const* from) { copy_list(to, from, ops_for<T>::get()); },
    .destroy = [](void* l) noexcept { destroy_list(l, ops_for<T>::get()); },
    .equal = [](void const* a, void const* b) { return equal_lists(a, b, ops_for<T>::get()); },
    .element = &ops_for<T>::get,
};

template <class T>
struct ops_for<list<T>> {
  static ops const& get() noexcept { return list_ops<T>; }
};

}  // namespace codec
}  // namespace mtp::MTP_ABI::tl
