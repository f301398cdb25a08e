// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "model.hpp"

#include <string>
#include <vector>

// How fields are held, as the tables of layouts see it.

namespace tlgen {

/// The code of a field in the tables.
std::string code_of(field const& of);

/// The type whose ops a field needs: of a vector its elements; null when it needs none.
type const* shown_type(field const& of);

// Where a field behind a flag says whether it is set: the four kinds.
bool is_flag_mark(field const& of);
bool is_optional_mark(field const& of);
bool is_handle_mark(field const& of);
bool is_box_mark(field const& of);

/// Whether elements of the vector are structs without their ids.
bool has_bare_elements(field const& of);
/// Whether copying the bytes of the member copies it.
bool is_plain(field const& of);
/// Whether the bytes of a struct are all there is to it.
bool is_trivial(record const& of);

/// Numbers in consecutive fields that stand on the wire as in memory, whatever compilers align
/// numbers to; or one field of any kind.
struct entry {
  std::size_t first = 0;
  std::size_t count = 1;
  std::size_t size = 0;  ///< of numbers
};

/// All but the flags, in the order of the wire.
std::vector<entry> entries_of(record const& of);
/// How many bytes of a struct stand on the wire as in memory; 0 when that is not all there is.
std::size_t image_of(record const& of);

}  // namespace tlgen
