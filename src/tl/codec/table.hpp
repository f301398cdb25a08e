// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <cstdint>
#include <span>
#include <string_view>

// The names of a schema and what its values hold, as constant data: for printing, for the path in
// an error, for tests. Codecs do not read it.

namespace mtp::MTP_ABI::tl::codec {

struct ops;

enum class shape : std::uint8_t {
  flag_word,
  int32,
  int64,
  float64,
  int128,
  int256,
  string,
  bytes,
  boolean,
  truth,      ///< takes no bytes
  raw,        ///< all the bytes left
  sized_raw,  ///< as many bytes as the int before it says
  vector,     ///< `index` is the element's type
  bare_vector,
  record,  ///< bare: `index` is the definition
  family,  ///< boxed: `index` is the family
};

struct type_entry {
  shape kind;
  std::uint16_t index;
};

struct field_entry {
  std::uint32_t name;  ///< offset into names
  std::uint16_t type;
  std::uint8_t word;  ///< place of its flag word among the fields; 255 without condition
  std::uint8_t bit;
};

struct definition_entry {
  std::uint32_t id;
  std::uint32_t name;
  std::uint32_t first_field;
  std::uint16_t field_count;
  std::uint16_t family;  ///< 65535 for functions
};

struct family_entry {
  std::uint32_t name;
};

struct schema_table {
  std::span<definition_entry const> definitions;  ///< by id
  std::span<field_entry const> fields;
  std::span<type_entry const> types;
  std::span<family_entry const> families;
  char const* names;  ///< each ends with a zero

  definition_entry const* find(std::uint32_t id) const noexcept;
  std::string_view name(std::uint32_t offset) const noexcept { return names + offset; }
  std::span<field_entry const> fields_of(definition_entry const& of) const noexcept {
    return fields.subspan(of.first_field, of.field_count);
  }
};

}  // namespace mtp::MTP_ABI::tl::codec
