// SPDX-License-Identifier: MIT OR Apache-2.0
// Copies, drops and compares values as the tables of their types say.
#include "tl/codec/compiled.hpp"
#include "tl/codec/decoder.hpp"
#include "tl/codec/layout.hpp"

#include <bit>
#include <cstring>
#include <span>

namespace mtp::MTP_ABI::tl::codec {
namespace {

constexpr std::size_t set_at = sizeof(string);
static_assert(sizeof(string) == sizeof(detail::list_base) && sizeof(string) == sizeof(raw));

/// Of a part that may own something: an optional may hold nothing.
bool is_set(unsigned char const* at, field const& of) noexcept {
  return !is_owning_optional(of.what) || at[set_at] != 0;
}

// Makes a copy at `to`, where the bytes of it are already.
void copy_text(void* to, void const* from) {
  std::memset(to, 0, sizeof(detail::chunk));
  access::copy(as<detail::chunk>(to), as<detail::chunk>(from));
}
void copy_list(void* to, void const* from, ops const& of) {
  std::memset(to, 0, sizeof(detail::list_base));
  access::copy(as<detail::list_base>(to), as<detail::list_base>(from), of);
}
void copy_box(void* to, void const* from, ops const& of) {
  std::memset(to, 0, sizeof(detail::box_base));
  access::copy(as<detail::box_base>(to), as<detail::box_base>(from), of);
}
void copy_handle(void* to, void const* from) {
  std::memset(to, 0, sizeof(detail::handle));
  access::copy(as<detail::handle>(to), as<detail::handle>(from));
}

void copy_part(unsigned char* to, unsigned char const* from, field const& of) {
  switch (of.what) {
    case code::record:
    case code::bare_record: return copy(to, from, *of.of);
    case code::box:
    case code::bare_box: return copy_box(to, from, *of.of);
    case code::vector:
    case code::bare_vector:
    case code::optional_vector:
    case code::optional_bare_vector: return copy_list(to, from, *of.of);
    case code::handle: return copy_handle(to, from);
    default: return copy_text(to, from);
  }
}

void destroy_part(unsigned char* at, field const& of) noexcept {
  switch (of.what) {
    case code::record:
    case code::bare_record: return destroy(at, *of.of);
    case code::box:
    case code::bare_box: return access::release(as<detail::box_base>(at), *of.of);
    case code::vector:
    case code::bare_vector:
    case code::optional_vector:
    case code::optional_bare_vector: return access::release(as<detail::list_base>(at), *of.of);
    case code::handle: return access::release(as<detail::handle>(at));
    default: return access::release(as<detail::chunk>(at));
  }
}

bool equal_parts(unsigned char const* a, unsigned char const* b, field const& of) {
  switch (of.what) {
    case code::record:
    case code::bare_record: return equal(a, b, *of.of);
    case code::box:
    case code::bare_box:
      return access::equal(as<detail::box_base>(a), as<detail::box_base>(b), *of.of);
    case code::vector:
    case code::bare_vector:
    case code::optional_vector:
    case code::optional_bare_vector:
      return access::equal(as<detail::list_base>(a), as<detail::list_base>(b), *of.of);
    case code::handle: return access::equal(as<detail::handle>(a), as<detail::handle>(b));
    default: return access::equal(as<detail::chunk>(a), as<detail::chunk>(b));
  }
}

/// The bytes of a part that owns nothing; of an optional, those of its value.
std::size_t size_of(field const& of) noexcept {
  switch (of.what) {
    case code::boolean:
    case code::optional_boolean: return 1;
    case code::fixed4:
    case code::size:
    case code::optional_fixed4: return 4;
    case code::fixed8:
    case code::optional_fixed8: return 8;
    case code::optional_fixed16: return 16;
    case code::optional_fixed32: return 32;
    case code::run: return of.extra;
    default: return 0;
  }
}

bool is_optional_scalar(code of) noexcept {
  return of >= code::optional_fixed4 && of <= code::optional_boolean;
}

/// Doubles are the same when their bits are.
bool equal_scalars(unsigned char const* a, unsigned char const* b, field const& of) noexcept {
  std::size_t const size = size_of(of);
  if (is_optional_scalar(of.what)) {
    if (a[size] != b[size]) return false;
    if (a[size] == 0) return true;
  }
  return std::memcmp(a, b, size) == 0;
}

bool equal_flags(unsigned char const* a, unsigned char const* b, flag_word const& of) noexcept {
  for (mark const& one : std::span(of.marks, of.flags)) {
    if (a[one.offset] != b[one.offset]) return false;
  }
  return true;
}

bool equal_fields(unsigned char const* a, unsigned char const* b, field const& of) {
  if (of.what == code::word) return equal_flags(a, b, *of.word);
  a += of.offset;
  b += of.offset;
  if (!may_own(of.what)) return equal_scalars(a, b, of);
  if (is_set(a, of) != is_set(b, of)) return false;
  return !is_set(a, of) || equal_parts(a, b, of);
}

bool equal_records(unsigned char const* a, unsigned char const* b, ops const& record) {
  for (field_block const& block : std::span(record.blocks, record.count)) {
    for (field const& of : std::span(block.fields, block.count)) {
      if (!equal_fields(a, b, of)) return false;
    }
  }
  return true;
}

/// Calls `see` with each field that may own something, up to the one where it says no.
template <class See>
void each_owning(ops const& record, See see) {
  for (field_block const& block : std::span(record.blocks, record.count)) {
    for (std::uint64_t left = block.owning; left != 0; left &= left - 1) {
      if (!see(block.fields[std::countr_zero(left)])) return;
    }
  }
}

void destroy_fields(unsigned char* at, ops const& record, field const* end = nullptr) noexcept {
  each_owning(record, [&](field const& of) {
    if (&of == end) return false;
    if (is_set(at + of.offset, of)) destroy_part(at + of.offset, of);
    return true;
  });
}

void copy_fields(unsigned char* to, unsigned char const* from, ops const& record) {
  field const* under_way = nullptr;
  try {
    each_owning(record, [&](field const& of) {
      under_way = &of;
      if (is_set(from + of.offset, of)) copy_part(to + of.offset, from + of.offset, of);
      return true;
    });
  } catch (...) {
    destroy_fields(to, record, under_way);
    throw;
  }
}

}  // namespace

void copy(void* to, void const* from, ops const& of) {
  if (of.code) return of.code->copy(to, from);
  std::memcpy(to, from, of.size);
  if (of.trivial) return;
  if (of.what == form::record)
    return copy_fields(static_cast<unsigned char*>(to), static_cast<unsigned char const*>(from),
                       of);
  if (of.what == form::list) return copy_list(to, from, of.element());
  if (of.what == form::family) return copy_handle(to, from);
  copy_text(to, from);
}

void destroy(void* at, ops const& of) noexcept {
  if (of.trivial) return;
  if (of.code) return of.code->destroy(at);
  if (of.what == form::record) return destroy_fields(static_cast<unsigned char*>(at), of);
  if (of.what == form::list) return access::release(as<detail::list_base>(at), of.element());
  if (of.what == form::family) return access::release(as<detail::handle>(at));
  access::release(as<detail::chunk>(at));
}

bool equal(void const* a, void const* b, ops const& of) {
  switch (of.what) {
    case form::fixed:
    case form::boolean: return std::memcmp(a, b, of.size) == 0;
    case form::text:
    case form::raw: return access::equal(as<detail::chunk>(a), as<detail::chunk>(b));
    case form::list:
      return access::equal(as<detail::list_base>(a), as<detail::list_base>(b), of.element());
    case form::family: return access::equal(as<detail::handle>(a), as<detail::handle>(b));
    case form::record:
      return equal_records(static_cast<unsigned char const*>(a),
                           static_cast<unsigned char const*>(b), of);
  }
  return false;
}

}  // namespace mtp::MTP_ABI::tl::codec
