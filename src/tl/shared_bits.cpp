// SPDX-License-Identifier: MIT OR Apache-2.0
#include "tl/codec/encoder.hpp"
#include "tl/codec/layout.hpp"
#include "tl/codec/table.hpp"

#include <span>

namespace mtp::MTP_ABI::tl::codec {
namespace {

bool is_set(unsigned char const* from, mark const& at) noexcept {
  void const* const where = from + at.offset;
  switch (at.kind) {
    case mark_kind::byte: return *static_cast<unsigned char const*>(where) != 0;
    case mark_kind::handle: return static_cast<detail::handle const*>(where)->has_value();
    case mark_kind::box: return static_cast<detail::box_base const*>(where)->has_value();
  }
  return false;
}

std::span<mark const> sharing(flag_word const& of) noexcept {
  return {of.first_sharing(), std::size_t{of.sharing} + of.sharing_flags};
}

/// The bits of which one field is set and another is not.
std::uint32_t broken_bits(unsigned char const* from, flag_word const& of) noexcept {
  std::uint32_t set = 0;
  std::uint32_t unset = 0;
  for (mark const& one : sharing(of))
    (is_set(from, one) ? set : unset) |= std::uint32_t{1} << one.bit;
  return set & unset;
}

/// The first field in TL that has one of the bits and is set, or is not.
mark const* first(unsigned char const* from, flag_word const& of, std::uint32_t bits, bool set) {
  mark const* out = nullptr;
  for (mark const& one : sharing(of)) {
    bool const wanted = (bits >> one.bit & 1) != 0 && is_set(from, one) == set;
    if (wanted && (!out || one.index < out->index)) out = &one;
  }
  return out;
}

}  // namespace

void check_shared_bits(encoder& to, unsigned char const* from, ops const& of,
                       flag_word const& word) {
  std::uint32_t const broken = broken_bits(from, word);
  if (broken == 0) return;
  mark const* const set = first(from, word, broken, true);
  mark const* const unset = first(from, word, std::uint32_t{1} << set->bit, false);
  auto const& names = *of.table;
  auto const& type = *names.find(of.id);
  auto const name = [&](mark const& at) {
    return names.name(names.fields_of(type)[at.index].name);
  };
  to.fail({.code = encode_errc::partial_flag_group,
           .type = names.name(type.name),
           .field = name(*set),
           .other = name(*unset)});
}

}  // namespace mtp::MTP_ABI::tl::codec
