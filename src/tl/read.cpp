// SPDX-License-Identifier: MIT OR Apache-2.0
// The decoder: reads values as the tables of their types say.
#include "tl/codec/compiled.hpp"
#include "tl/codec/decoder.hpp"
#include "tl/codec/layout.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace mtp::MTP_ABI::tl::codec {
namespace {

constexpr std::size_t text_size = sizeof(detail::chunk);
constexpr std::size_t list_size = sizeof(detail::list_base);
static_assert(text_size == sizeof(string) && text_size == sizeof(bytes) &&
              text_size == sizeof(raw));

/// More elements than this are refused whatever the limit of memory.
constexpr std::uint32_t max_items = std::uint32_t{1} << 28;

template <std::size_t Size>
std::uint8_t const* take(unsigned char* to, std::uint8_t const* from) noexcept {
  std::memcpy(to, from, Size);
  return from + Size;
}

/// Few words: a loop is quicker than a call.
std::uint8_t const* take_words(void* to, std::uint8_t const* from, std::size_t size) noexcept {
  auto* at = static_cast<unsigned char*>(to);
  for (; size >= 8; size -= 8, at += 8) from = take<8>(at, from);
  return size == 0 ? from : take<4>(at, from);
}

bool read_numbers(decoder& d, void* to, std::size_t size) noexcept {
  if (!d.has(size)) return false;
  d.go_on_at(take_words(to, d.at(), size));
  return true;
}

// --- Flag words ---------------------------------------------------------------------------------

/// The fields that `word` tells of, in this block and in others.
std::uint64_t told_elsewhere(std::uint32_t word, flag_word const& of, told_fields& told) noexcept {
  for (mark const* at = of.first_field(); at != of.first_sharing(); ++at) {
    if ((word >> at->bit & 1) != 0) told.add(at->field);
  }
  return told.blocks[of.block];
}

/// Sets the flags that `word` tells of, and gives the fields that it tells of.
std::uint64_t apply_word(std::uint32_t word, flag_word const& of, unsigned char* to,
                         told_fields* told) noexcept {
  if ((word & of.flag_bits) != 0) {
    for (mark const* at = of.marks; at != of.first_field(); ++at)
      to[at->offset] = static_cast<unsigned char>(word >> at->bit & 1);
  }
  if (of.leaves_block) return told_elsewhere(word, of, *told);
  std::uint64_t out = 0;
  for (std::uint32_t bits = word & of.field_bits; bits != 0; bits &= bits - 1)
    out |= in_block(of.fields[std::countr_zero(bits)]);
  mark const* at = of.first_sharing();
  for (std::size_t i = 0; i < of.sharing; ++i, ++at) {
    if ((word >> at->bit & 1) != 0) out |= in_block(at->field);
  }
  return out;
}

// --- Fields -------------------------------------------------------------------------------------

/// `read` read the value of an optional of that size.
template <std::size_t Size>
bool set(bool read, unsigned char* optional) noexcept {
  optional[Size] = 1;
  return read;
}

bool read_sized(decoder& d, unsigned char* to, field const& of) noexcept {
  std::int32_t size = 0;
  std::memcpy(&size, to + (&of)[-1].offset, sizeof size);
  return d.sized(as<detail::chunk>(to + of.offset), size);
}

/// A field that is not so frequent, or long anyway.
bool read_part(decoder& d, unsigned char* to, field const& of) {
  unsigned char* const at = to + of.offset;
  switch (of.what) {
    case code::optional_fixed16: return set<16>(read_numbers(d, at, 16), at);
    case code::optional_fixed32: return set<32>(read_numbers(d, at, 32), at);
    case code::boolean: return d.boolean(as<bool>(at));
    case code::optional_boolean: return set<1>(d.boolean(as<bool>(at)), at);
    case code::text: return d.text(as<detail::chunk>(at));
    case code::optional_text: return set<text_size>(d.text(as<detail::chunk>(at)), at);
    case code::raw: return d.rest(as<detail::chunk>(at));
    case code::optional_raw: return set<text_size>(d.rest(as<detail::chunk>(at)), at);
    case code::sized_raw: return read_sized(d, to, of);
    case code::record: return read_boxed(d, at, *of.of);
    case code::bare_record: return read_record(d, at, *of.of);
    case code::box: return read_box(d, at, *of.of, false);
    case code::bare_box: return read_box(d, at, *of.of, true);
    case code::vector: return read_vector(d, at, *of.of, of.extra != 0);
    case code::bare_vector: return read_items(d, at, *of.of, of.extra != 0);
    case code::optional_vector:
      return set<list_size>(read_vector(d, at, *of.of, of.extra != 0), at);
    case code::optional_bare_vector:
      return set<list_size>(read_items(d, at, *of.of, of.extra != 0), at);
    case code::handle: return read_handle(d, at, *of.of);
    default: return false;
  }
}

bool cut(decoder& d, std::uint8_t const* at) noexcept {
  d.go_on_at(at);
  return d.fail(decode_errc::truncated);
}

/// Reads the fields `left` of a block. Where it stands in the bytes is a local variable as long as
/// numbers are read.
bool read_block(decoder& d, unsigned char* const to, field const* const fields, std::uint64_t left,
                told_fields* const told) {
  auto const* p = d.at();
  auto const* const end = d.end();
  for (; left != 0; left &= left - 1) {
    field const& one = fields[std::countr_zero(left)];
    unsigned char* const at = to + one.offset;
    switch (one.what) {
      case code::word:
        if (end - p < 4) return cut(d, p);
        left |= apply_word(load_le<std::uint32_t>(p), *one.word, to, told);
        p += 4;
        continue;
      case code::fixed4:
      case code::size:
        if (end - p < 4) return cut(d, p);
        p = take<4>(at, p);
        continue;
      case code::fixed8:
        if (end - p < 8) return cut(d, p);
        p = take<8>(at, p);
        continue;
      case code::run:
        if (end - p < one.extra) return cut(d, p);
        p = take_words(at, p, one.extra);
        continue;
      case code::optional_fixed4:
        if (end - p < 4) return cut(d, p);
        p = take<4>(at, p);
        at[4] = 1;
        continue;
      case code::optional_fixed8:
        if (end - p < 8) return cut(d, p);
        p = take<8>(at, p);
        at[8] = 1;
        continue;
      default:
        d.go_on_at(p);
        if (!read_part(d, to, one)) return false;
        p = d.at();
    }
  }
  d.go_on_at(p);
  return true;
}

bool read_blocks(decoder& d, unsigned char* to, ops const& of) {
  told_fields told;
  for (std::size_t i = 0; i < of.count; ++i) {
    field_block const& one = of.blocks[i];
    if (!read_block(d, to, one.fields, one.always | told.blocks[i], &told)) return false;
  }
  return true;
}

bool read_fields(decoder& d, void* to, ops const& of) {
  if (of.code) return of.code->read(d, to);
  auto* const at = static_cast<unsigned char*>(to);
  if (of.count != 1) return read_blocks(d, at, of);
  return read_block(d, at, of.blocks->fields, of.blocks->always, nullptr);
}

// --- Handles ------------------------------------------------------------------------------------

ops const* find_alternative(ops const& family, std::uint32_t id) noexcept {
  std::uint32_t const mask = family.count - std::uint32_t{1};
  for (std::uint32_t at = id >> family.shift;; ++at) {
    alternative const& found = family.alternatives[at & mask];
    if (found.id == id || !found.of) return found.of;
  }
}

/// Numbers alone, which fill the whole struct.
bool read_image(decoder& d, detail::handle& to, ops const& of) {
  void* const made = of.in_place ? access::place(to, of) : d.allocate(of.size);
  if (!made) return false;
  if (!of.in_place) access::borrow(to, made, of);
  return read_numbers(d, made, of.image);
}

bool read_alternative(decoder& d, detail::handle& to, ops const& family) {
  std::uint32_t id = 0;
  if (!d.id(id)) return false;
  ops const* const of = find_alternative(family, id);
  if (!of) return d.unknown(id);
  if (of->image != 0) return read_image(d, to, *of);
  if (of->in_place) return read_fields(d, access::place(to, *of), *of);
  void* const made = d.allocate(of->size);
  if (!made) return false;
  std::memset(made, 0, of->size);
  access::borrow(to, made, *of);
  return read_fields(d, made, *of);
}

// --- Vectors ------------------------------------------------------------------------------------

bool read_empty(decoder& d, void* to, ops const& of) {
  switch (of.what) {
    case form::fixed: return read_numbers(d, to, of.size);
    case form::boolean: return d.boolean(as<bool>(to));
    case form::text: return d.text(as<detail::chunk>(to));
    case form::raw: return d.rest(as<detail::chunk>(to));
    case form::list: return read_vector(d, to, of.element(), false);
    case form::record: return read_boxed(d, to, of);
    case form::family: return read_handle(d, to, of);
  }
  return false;
}

/// Elements one behind another, from `at` to `end`, in zeros.
bool read_each(decoder& d, unsigned char* at, unsigned char* end, ops const& of, bool are_bare) {
  auto* const read = are_bare ? &read_record : of.what == form::family ? &read_handle : &read_empty;
  for (; at != end; at += of.size) {
    if (!read(d, at, of)) return false;
  }
  return true;
}

bool read_all_numbers(decoder& d, void* to, std::size_t size) noexcept {
  if (!d.has(size)) return false;
  std::memcpy(to, d.at(), size);
  d.go_on_at(d.at() + size);
  return true;
}

}  // namespace

bool read_record(decoder& from, void* to, ops const& of) {
  if (of.image != 0) return read_numbers(from, to, of.image);
  if (!of.recursive) return read_fields(from, to, of);
  level const inside(from);
  return inside && read_fields(from, to, of);
}

bool read_boxed(decoder& from, void* to, ops const& of) {
  return from.expect(of.id) && read_record(from, to, of);
}

bool read_handle(decoder& from, void* to, ops const& family) {
  if (!family.recursive) return read_alternative(from, as<detail::handle>(to), family);
  level const inside(from);
  return inside && read_alternative(from, as<detail::handle>(to), family);
}

bool read_box(decoder& from, void* to, ops const& of, bool is_bare) {
  void* const made = from.allocate(of.size);
  if (!made) return false;
  std::memset(made, 0, of.size);
  access::borrow(as<detail::box_base>(to), made);
  return is_bare ? read_record(from, made, of) : read_boxed(from, made, of);
}

bool read_items(decoder& from, void* to, ops const& element, bool are_bare) {
  std::uint32_t count = 0;
  std::uint32_t const least = std::max<std::uint32_t>(element.min_size - (are_bare ? 4 : 0), 1);
  if (!from.count(count, least)) return false;
  if (count == 0) return true;
  if (count > max_items) return from.fail(decode_errc::too_large);
  std::size_t const size = std::size_t{count} * element.size;
  auto* const items = static_cast<unsigned char*>(from.allocate(size));
  if (!items) return false;
  if (element.what == form::fixed) {
    if (!read_all_numbers(from, items, size)) return false;
  } else {
    std::memset(items, 0, size);
    if (!read_each(from, items, items + size, element, are_bare)) return false;
  }
  access::borrow(as<detail::list_base>(to), items, count);
  return true;
}

bool read_vector(decoder& from, void* to, ops const& element, bool are_bare) {
  return from.expect(vector_id) && read_items(from, to, element, are_bare);
}

bool read(decoder& from, void* to, ops const& of) {
  std::memset(to, 0, of.size);
  return read_empty(from, to, of);
}

}  // namespace mtp::MTP_ABI::tl::codec
