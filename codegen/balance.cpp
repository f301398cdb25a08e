// SPDX-License-Identifier: MIT OR Apache-2.0
#include "emit.hpp"

#include <algorithm>

namespace tlgen {

std::vector<std::vector<unit>> balance(std::vector<unit> units, std::size_t count) {
  std::sort(units.begin(), units.end(), [](unit const& a, unit const& b) {
    return a.text.size() != b.text.size() ? a.text.size() > b.text.size() : a.name < b.name;
  });
  std::vector<std::vector<unit>> out(count);
  std::vector<std::size_t> sizes(count, 0);
  for (auto& one : units) {
    auto const least = std::min_element(sizes.begin(), sizes.end()) - sizes.begin();
    auto const at = static_cast<std::size_t>(least);
    sizes[at] += one.text.size() + 200;
    out[at].push_back(std::move(one));
  }
  auto const by_name = [](unit const& a, unit const& b) { return a.name < b.name; };
  for (auto& one : out) std::sort(one.begin(), one.end(), by_name);
  return out;
}

}  // namespace tlgen
