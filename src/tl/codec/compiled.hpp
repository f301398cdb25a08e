// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "tl/codec/encoder.hpp"
#include "tl/codec/layout.hpp"

// What the codecs of tl/api.compiled are written with: types so frequent that code of their own
// pays.

namespace mtp::MTP_ABI::tl::codec {

/// The code of one struct.
struct compiled {
  bool (*read)(decoder&, void* to);  ///< fills what is zero
  void (*write)(encoder&, unsigned char const* from);
  void (*copy)(void* to, void const* from);
  void (*destroy)(void*) noexcept;
};

// All of these fill what is zero.
bool read_record(decoder& from, void* to, ops const& of);
bool read_boxed(decoder& from, void* to, ops const& of);
bool read_handle(decoder& from, void* to, ops const& family);
bool read_box(decoder& from, void* to, ops const& of, bool is_bare);
bool read_vector(decoder& from, void* to, ops const& element, bool are_bare);
bool read_items(decoder& from, void* to, ops const& element, bool are_bare);

void write_record(encoder& to, void const* from, ops const& of, bool is_bare);
void write_handle(encoder& to, void const* from, place where);
void write_box(encoder& to, void const* from, ops const& of, bool is_bare, place where);
void write_vector(encoder& to, void const* from, ops const& element, bool are_bare, place where);
void write_items(encoder& to, void const* from, ops const& element, bool are_bare, place where);

template <class T>
void copy_value(void* to, void const* from) {
  ::new (to) T(*static_cast<T const*>(from));
}
template <class T>
void destroy_value(void* at) noexcept {
  static_cast<T*>(at)->~T();
}

}  // namespace mtp::MTP_ABI::tl::codec
