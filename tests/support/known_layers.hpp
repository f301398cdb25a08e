// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/tl/schema/document.hpp>

#include <algorithm>
#include <iterator>
#include <stdexcept>
#include <string>

namespace mtp::test {

/// What other libraries read in a layer that this one carries.
struct known_layer {
  int layer = 0;
  tl::schema::counts many = {};
  std::uint32_t crc = 0;                 ///< of the whole text, in our order; 0 when nobody told
  char const* text_of_others = nullptr;  ///< a file of theirs below tests/
};

/// Ours and the older ones, falling: the only place beside tl/ that has their numbers.
inline constexpr known_layer known_layers[] = {
    {232, {1720, 859, 659}},
    {231, {1705, 850, 651}, 0xd8f1d179},
    {230, {1704, 850, 650}, 0x53955a2a},
    {229, {1658, 813, 617}, 0, "interop/schemas/layer_229.tl"},
    {228, {1644, 807, 609}, 0x73bd94f3},  // of several states the late one
};

inline known_layer const& known(int layer) {
  auto const* found = std::ranges::find(known_layers, layer, &known_layer::layer);
  if (found == std::end(known_layers))
    throw std::logic_error("known_layers.hpp has no row for layer " + std::to_string(layer));
  return *found;
}

}  // namespace mtp::test
