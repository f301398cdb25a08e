// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/tl/ops.hpp>

#include <cstddef>
#include <cstdint>

// What generated tables consist of: where the fields of a struct lie, and how they stand on the
// wire. One interpreter for each purpose reads them: read.cpp, write.cpp, values.cpp.
//
// They rely on three things that a test of this layer shows. An empty string, list, box, handle or
// optional is all zeros. A `std::optional<T>` of what has a fixed size is a T and, behind it, a
// byte that says whether it is set. What derives from `chunk`, `list_base`, `box_base` or `handle`
// lies where its base lies.

namespace mtp::MTP_ABI::tl::codec {

/// How a field is held and how it stands on the wire. The order is used: first what owns nothing,
/// then what may, last what may and is held in a std::optional.
enum class code : std::uint8_t {
  word,  ///< a flag word: not held at all
  fixed4,
  fixed8,
  run,   ///< several of these one behind another
  size,  ///< an int that tells the size of the sized_raw behind it
  boolean,
  optional_fixed4,
  optional_fixed8,
  optional_fixed16,
  optional_fixed32,
  optional_boolean,
  text,
  raw,
  sized_raw,
  record,
  bare_record,
  box,
  bare_box,
  vector,
  bare_vector,
  handle,
  optional_text,
  optional_raw,
  optional_vector,
  optional_bare_vector,
};

inline constexpr bool may_own(code of) noexcept { return of >= code::text; }
inline constexpr bool is_owning_optional(code of) noexcept { return of >= code::optional_text; }

/// How a struct says whether a field behind a flag is set.
enum class mark_kind : std::uint8_t { byte, handle, box };

/// Where it says so.
struct mark {
  std::uint16_t offset;  ///< of a bool, of the byte of an optional, of a handle or box
  std::uint16_t index;   ///< of the field, among the fields in TL
  std::uint8_t bit;
  std::uint8_t field;  ///< its number in the record; nothing for flags
  mark_kind kind;
};

/// What a flag word tells of: flags, which are bools, and fields that may be absent.
struct flag_word {
  mark const* marks;  ///< of flags, of optionals, of handles, of boxes; then `sharing` once more
  std::uint32_t flag_bits;
  std::uint32_t field_bits;
  std::uint8_t flags;  ///< how many of the marks
  std::uint8_t optionals;
  std::uint8_t handles;
  std::uint8_t boxes;
  std::uint8_t sharing;        ///< those of fields that share their bit with others
  std::uint8_t sharing_flags;  ///< those of flags that do, behind these
  bool are_adjacent;           ///< the bools of the flags
  bool leaves_block;           ///< some of the fields are in another block than the word
  std::uint8_t block;          ///< where the word is
  std::uint8_t fields[32];     ///< the number of a field that each bit tells of

  mark const* first_field() const noexcept { return marks + flags; }
  mark const* first_sharing() const noexcept { return marks + flags + optionals + handles + boxes; }
};

struct field {
  code what;
  std::uint8_t extra;    ///< of a run: bytes; of a vector: whether its elements are bare
  std::uint16_t offset;  ///< in the struct
  std::uint16_t index;   ///< among the fields in TL, for their names
  union {
    ops const* of = nullptr;  ///< of a record, a box or a handle; of the elements of a vector
    flag_word const* word;
  };
};

/// Fields of a record in the order of the wire, as many as there are bits in a set of them.
struct field_block {
  field const* fields;
  std::uint64_t always;  ///< those that no flag word tells of
  std::uint64_t owning;  ///< those that may own something
  std::uint8_t count;
};

inline constexpr std::size_t block_size = 64;
inline constexpr std::size_t max_blocks = 4;

inline constexpr std::uint64_t in_block(std::size_t field) noexcept {
  return std::uint64_t{1} << (field % block_size);
}

/// The fields that are there of a record with several blocks, as far as its words told.
struct told_fields {
  std::uint64_t blocks[max_blocks] = {};
  void add(std::size_t field) noexcept { blocks[field / block_size] |= in_block(field); }
};

/// A constructor of a family. It stands in the table at the place that some bits of its id say, or
/// in the next one that was free; behind the last place is the first.
struct alternative {
  std::uint32_t id = 0;
  ops const* of = nullptr;  ///< null where the place is free
};

/// What lies at a place of a value.
template <class Base>
Base& as(void* at) noexcept {
  return *static_cast<Base*>(at);
}
template <class Base>
Base const& as(void const* at) noexcept {
  return *static_cast<Base const*>(at);
}

}  // namespace mtp::MTP_ABI::tl::codec
