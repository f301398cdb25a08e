// SPDX-License-Identifier: MIT OR Apache-2.0
// The encoder: writes values as the tables of their types say.
#include "tl/codec/compiled.hpp"
#include "tl/codec/encoder.hpp"
#include "tl/codec/layout.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace mtp::MTP_ABI::tl::codec {
namespace {

/// Few words, for which there is room: a loop is quicker than a call.
void put_words(encoder& e, unsigned char const* from, std::size_t size) {
  for (; size >= 8; size -= 8, from += 8) e.put(from, 8);
  if (size != 0) e.put(from, 4);
}

void write_scalars(encoder& e, void const* from, std::size_t size) {
  e.room(size);
  e.put(from, size);
}

void write_text(encoder& e, void const* from, place where) {
  e.text(access::view(as<detail::chunk>(from)), where);
}

void write_raw(encoder& e, void const* from) {
  e.raw_bytes(as_bytes(access::view(as<detail::chunk>(from))));
}

/// Whether one of so many bytes is not zero.
bool any_set(unsigned char const* from, std::size_t count) noexcept {
  std::uint64_t found = 0;
  for (; count >= 8; count -= 8, from += 8) {
    std::uint64_t next;
    std::memcpy(&next, from, 8);
    found |= next;
  }
  for (; count != 0; --count, ++from) found |= *from;
  return found != 0;
}

/// What a flag word says, and the fields that it tells of.
struct word_value {
  std::uint32_t word = 0;
  std::uint64_t fields = 0;

  void add(mark const& at) noexcept {
    word |= std::uint32_t{1} << at.bit;
    fields |= in_block(at.field);
  }
};

word_value value_of(unsigned char const* from, flag_word const& of) noexcept {
  word_value out;
  mark const* at = of.marks;
  mark const* end = at + of.flags;
  if (of.flags != 0 && (!of.are_adjacent || any_set(from + at->offset, of.flags))) {
    for (; at != end; ++at) out.word |= bit(from[at->offset] != 0, at->bit);
  }
  for (at = end, end += of.optionals; at != end; ++at) {
    if (from[at->offset] != 0) out.add(*at);
  }
  for (end += of.handles; at != end; ++at) {
    if (as<detail::handle>(from + at->offset)) out.add(*at);
  }
  for (end += of.boxes; at != end; ++at) {
    if (as<detail::box_base>(from + at->offset)) out.add(*at);
  }
  return out;
}

void write_size(encoder& e, void const* of) {
  e.word(static_cast<std::uint32_t>(access::view(as<detail::chunk>(of)).size()));
}

void write_part(encoder& e, unsigned char const* at, field const& of, place where) {
  switch (of.what) {
    case code::optional_fixed16: return write_scalars(e, at, 16);
    case code::optional_fixed32: return write_scalars(e, at, 32);
    case code::boolean:
    case code::optional_boolean: return e.boolean(as<bool>(at));
    case code::raw:
    case code::sized_raw:
    case code::optional_raw: return write_raw(e, at);
    case code::record: return write_record(e, at, *of.of, false);
    case code::bare_record: return write_record(e, at, *of.of, true);
    case code::box: return write_box(e, at, *of.of, false, where);
    case code::bare_box: return write_box(e, at, *of.of, true, where);
    case code::vector:
    case code::optional_vector: return write_vector(e, at, *of.of, of.extra != 0, where);
    case code::bare_vector:
    case code::optional_bare_vector: return write_items(e, at, *of.of, of.extra != 0, where);
    case code::handle: return write_handle(e, at, where);
    default: return;
  }
}

/// Writes the fields of one struct.
class field_writer {
 public:
  field_writer(encoder& e, unsigned char const* from, ops const& of, told_fields* others = nullptr)
      : e_(e), from_(from), of_(of), others_(others) {}

  void write(field_block const& block, std::uint64_t left) {
    for (; left != 0; left &= left - 1) {
      field const& one = block.fields[std::countr_zero(left)];
      unsigned char const* const at = from_ + one.offset;
      switch (one.what) {
        case code::word: left |= word(*one.word); continue;
        case code::fixed4:
        case code::optional_fixed4:
          e_.room(4);
          e_.put(at, 4);
          continue;
        case code::fixed8:
        case code::optional_fixed8:
          e_.room(8);
          e_.put(at, 8);
          continue;
        case code::run:
          e_.room(one.extra);
          put_words(e_, at, one.extra);
          continue;
        case code::size: write_size(e_, from_ + (&one)[1].offset); continue;
        case code::text:
        case code::optional_text: write_text(e_, at, {&of_, one.index}); continue;
        default: write_part(e_, at, one, {&of_, one.index});
      }
    }
  }

 private:
  std::uint64_t word(flag_word const& of) {
    if (of.sharing != 0) check_shared_bits(e_, from_, of_, of);
    auto const value = value_of(from_, of);
    e_.word(value.word);
    return of.leaves_block ? told(value.word, of) : value.fields;
  }
  std::uint64_t told(std::uint32_t word, flag_word const& of) noexcept {
    for (mark const* at = of.first_field(); at != of.first_sharing(); ++at) {
      if ((word >> at->bit & 1) != 0) others_->add(at->field);
    }
    return others_->blocks[of.block];
  }

  encoder& e_;
  unsigned char const* from_;
  ops const& of_;
  told_fields* others_;
};

/// Not a part of write_record, which has nothing to save where there is code.
[[gnu::noinline]] void write_fields(encoder& e, unsigned char const* from, ops const& of) {
  if (of.count == 1) return field_writer(e, from, of).write(*of.blocks, of.blocks->always);
  told_fields told;
  field_writer writer(e, from, of, &told);
  for (std::size_t i = 0; i < of.count; ++i)
    writer.write(of.blocks[i], of.blocks[i].always | told.blocks[i]);
}

}  // namespace

void write_record(encoder& e, void const* from, ops const& of, bool is_bare) {
  auto const* const at = static_cast<unsigned char const*>(from);
  e.room(4 + of.image);
  if (!is_bare) e.put(of.id);
  if (of.image != 0) return put_words(e, at, of.image);
  if (of.code) return of.code->write(e, at);
  write_fields(e, at, of);
}

void write_box(encoder& e, void const* from, ops const& of, bool is_bare, place where) {
  auto const& box = as<detail::box_base>(from);
  if (box) [[likely]]
    return write_record(e, access::at(box), of, is_bare);
  e.missing(where);
}

void write_handle(encoder& e, void const* from, place where) {
  auto const& handle = as<detail::handle>(from);
  auto const* const of = access::alternative(handle);
  if (of) [[likely]]
    return write_record(e, access::at(handle), *of, false);
  e.missing(where);
}

void write_items(encoder& e, void const* from, ops const& of, bool are_bare, place where) {
  auto const& items = as<detail::list_base>(from);
  e.word(static_cast<std::uint32_t>(items.size()));
  auto const* const first = static_cast<unsigned char const*>(access::data(items));
  std::size_t const size = items.size() * of.size;
  if (of.what == form::fixed && size != 0) return write_scalars(e, first, size);
  if (of.what == form::family) {
    for (std::size_t at = 0; at < size; at += of.size) write_handle(e, first + at, where);
  } else if (of.what == form::record) {
    for (std::size_t at = 0; at < size; at += of.size) write_record(e, first + at, of, are_bare);
  } else {
    for (std::size_t at = 0; at < size; at += of.size) write(e, first + at, of, where);
  }
}

void write_vector(encoder& e, void const* from, ops const& of, bool are_bare, place where) {
  e.word(vector_id);
  write_items(e, from, of, are_bare, where);
}

void write(encoder& to, void const* value, ops const& of, place where) {
  switch (of.what) {
    case form::fixed: return write_scalars(to, value, of.size);
    case form::boolean: return to.boolean(as<bool>(value));
    case form::text: return write_text(to, value, where);
    case form::raw: return write_raw(to, value);
    case form::list: return write_vector(to, value, of.element(), false, where);
    case form::record: return write_record(to, value, of, false);
    case form::family: return write_handle(to, value, where);
  }
}

}  // namespace mtp::MTP_ABI::tl::codec
