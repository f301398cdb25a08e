// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "tl/codec/builtin.hpp"
#include "tl/codec/layout.hpp"

#include <mtp/tl/ops.hpp>

// What generated sources are written with.

namespace mtp::MTP_ABI::tl {

namespace detail {
class handle;
}

namespace codec {

// Of values whose type only `of` tells. A copy is made at `to`, where nothing is.
void copy(void* to, void const* from, ops const& of);
void destroy(void* at, ops const& of) noexcept;
bool equal(void const* a, void const* b, ops const& of);

/// How a constructor holds a field that others of its type have too.
enum class held : std::uint8_t { nothing, always, flag, optional, box, handle };

struct part {
  std::uint16_t offset = 0;
  held how = held::nothing;
  std::uint8_t set_at = 0;  ///< of an optional: where in it the byte is that says so
};

/// The value of a field, where the constructor that is held has it and it is set; else null. A flag
/// that is not set is null too. `by_tag` has an entry for each constructor.
void const* part_of(detail::handle const& of, part const* by_tag) noexcept;

}  // namespace codec
}  // namespace mtp::MTP_ABI::tl
