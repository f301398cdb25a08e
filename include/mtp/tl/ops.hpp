// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <cstdint>

namespace mtp::MTP_ABI::tl {

template <class T>
class list;

namespace codec {

struct alternative;
struct compiled;
struct field_block;
struct schema_table;

/// What the codecs make of a type.
enum class form : std::uint8_t {
  fixed,    ///< a scalar that stands on the wire as in memory
  boolean,  ///< one of two constructors
  text,     ///< a `string` or `bytes`
  raw,      ///< all the bytes left
  list,
  record,  ///< one constructor or function
  family,  ///< a handle: one of several constructors
};

/// How the library handles values of one type without knowing the type. Constant tables of these,
/// compiled into the library, are nearly all there is of a type: one encoder, one decoder, one
/// copier interpret them, and user files are spared the code of these.
struct alignas(8) MTP_API ops {
  std::uint32_t size = 0;  ///< sizeof
  std::uint32_t min_size =
      0;                  ///< the fewest bytes on the wire, with the constructor id if it has one
  std::uint32_t id = 0;   ///< constructor id; 0 for types that are not one constructor
  std::uint16_t tag = 0;  ///< place among the constructors of its type, from 1
  form what = form::fixed;
  bool in_place = false;    ///< stored inside its handle
  bool trivial = false;     ///< its bytes are all there is to copy
  bool recursive = false;   ///< can contain itself: each value counts as a level
  std::uint8_t shift = 0;   ///< of a family: where in an id the place among alternatives is
  std::uint16_t count = 0;  ///< of blocks of fields; of places for alternatives, a power of two
  std::uint16_t image = 0;  ///< of a record: how many bytes stand on the wire as in memory, and are
                            ///< all; 0 when it is not so simple
  field_block const* blocks = nullptr;        ///< of a record
  compiled const* code = nullptr;             ///< of a record that has some of its own
  alternative const* alternatives = nullptr;  ///< of a family
  schema_table const* table = nullptr;  ///< names of what may be inside; null for TL's own types
  ops const& (*element)() noexcept = nullptr;  ///< of a list
};

/// The ops of T. Defined inside the library for generated types and TL's own.
template <class T>
struct MTP_API ops_for {
  static ops const& get() noexcept;
};

template <class T>
inline constexpr ops list_ops = {
    .size = 16, .min_size = 8, .what = form::list, .element = &ops_for<T>::get};

template <class T>
struct ops_for<list<T>> {
  static ops const& get() noexcept { return list_ops<T>; }
};

}  // namespace codec
}  // namespace mtp::MTP_ABI::tl
