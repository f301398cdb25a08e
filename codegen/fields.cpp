// SPDX-License-Identifier: MIT OR Apache-2.0
#include "fields.hpp"

#include <algorithm>

namespace tlgen {
namespace {

std::string code_of_fixed(type const& of) { return "fixed" + std::to_string(of.size); }

std::string code_of(type const& of) {
  switch (of.form) {
    case wire::fixed: return code_of_fixed(of);
    case wire::boolean: return "boolean";
    case wire::text: return "text";
    case wire::raw: return "raw";
    case wire::sized_raw: return "sized_raw";
    case wire::vector: return of.bare ? "bare_vector" : "vector";
    case wire::record: return of.bare ? "bare_record" : "record";
    case wire::handle: return "handle";
  }
  return {};
}

/// A number that is always there.
bool is_number(field const& of) {
  return !of.is_word && !of.word && !of.sizes_next && of.value.form == wire::fixed;
}

/// What the number is aligned to, at most; some compilers align it to less.
std::size_t alignment_of(type const& of) { return of.size > 8 ? 1 : of.size; }

}  // namespace

std::string code_of(field const& of) {
  if (of.is_word) return "word";
  if (of.sizes_next) return "size";
  if (of.boxed) return of.value.bare ? "bare_box" : "box";
  bool const in_optional = of.optional() && of.value.form != wire::handle;
  return (in_optional ? "optional_" : "") + code_of(of.value);
}

type const* shown_type(field const& of) {
  if (of.is_flag || of.is_word) return nullptr;
  if (of.value.form == wire::vector) return &of.value.element[0];
  return of.value.of || of.value.sum ? &of.value : nullptr;
}

bool is_flag_mark(field const& of) { return of.is_flag; }
bool is_box_mark(field const& of) { return of.optional() && of.boxed; }
bool is_handle_mark(field const& of) { return of.optional() && of.value.form == wire::handle; }
bool is_optional_mark(field const& of) {
  return of.optional() && !is_box_mark(of) && !is_handle_mark(of);
}

bool has_bare_elements(field const& of) {
  return of.value.form == wire::vector && of.value.element[0].form == wire::record &&
         of.value.element[0].bare;
}

bool is_plain(field const& of) {
  if (of.is_word || of.is_flag) return true;
  return !of.boxed && (of.value.form == wire::fixed || of.value.form == wire::boolean);
}

std::vector<entry> entries_of(record const& of) {
  constexpr std::size_t max_size = 252;
  std::vector<entry> out;
  for (std::size_t i = 0; i < of.fields.size(); ++i) {
    field const& one = of.fields[i];
    if (one.is_flag) continue;
    std::size_t const size = is_number(one) ? one.value.size : 0;
    entry* const last = out.empty() ? nullptr : &out.back();
    if (last && size != 0 && last->size != 0 && last->first + last->count == i &&
        last->size + size <= max_size && last->size % alignment_of(one.value) == 0 &&
        alignment_of(one.value) <= alignment_of(of.fields[last->first].value)) {
      ++last->count;
      last->size += size;
    } else {
      out.push_back({i, 1, size});
    }
  }
  return out;
}

bool is_trivial(record const& of) {
  return std::all_of(of.fields.begin(), of.fields.end(), [](field const& one) {
    bool const is_struct = !one.boxed && !one.is_flag && one.value.form == wire::record;
    return is_struct ? is_trivial(*one.value.of) : is_plain(one);
  });
}

std::size_t image_of(record const& of) {
  auto const entries = entries_of(of);
  bool const has_flags =
      std::any_of(of.fields.begin(), of.fields.end(), [](field const& one) { return one.is_flag; });
  return entries.size() == 1 && !has_flags ? entries[0].size : 0;
}

}  // namespace tlgen
