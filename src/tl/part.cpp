// SPDX-License-Identifier: MIT OR Apache-2.0
#include "tl/codec/decoder.hpp"

namespace mtp::MTP_ABI::tl::codec {
namespace {

void const* value_at(unsigned char const* at, part const& of) noexcept {
  switch (of.how) {
    case held::nothing: return nullptr;
    case held::always: return at;
    case held::flag: return *at != 0 ? at : nullptr;
    case held::optional: return at[of.set_at] != 0 ? at : nullptr;
    case held::box:
      return access::at(*static_cast<detail::box_base const*>(static_cast<void const*>(at)));
    case held::handle:
      return static_cast<detail::handle const*>(static_cast<void const*>(at))->has_value()
                 ? at
                 : nullptr;
  }
  return nullptr;
}

}  // namespace

void const* part_of(detail::handle const& of, part const* by_tag) noexcept {
  ops const* const alternative = access::alternative(of);
  if (!alternative) return nullptr;
  part const& found = by_tag[alternative->tag - 1];
  return value_at(static_cast<unsigned char const*>(access::at(of)) + found.offset, found);
}

}  // namespace mtp::MTP_ABI::tl::codec
