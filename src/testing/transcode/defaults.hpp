// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "layout.hpp"

#include <optional>
#include <set>
#include <vector>

namespace mtp::MTP_ABI::testing::transcoding {

/// What stands where one layer has something and the other has nothing to fill it with.
class defaults {
 public:
  explicit defaults(layout const& of);

  /// The bytes of the cheapest value of a node; empty when there is none, as for `!X`.
  std::optional<bytes> const& of_node(index node) const { return nodes_[node]; }

  /// The constructor of a type with the fewest required fields that can be made at all.
  index cheapest(index type) const { return cheapest_[type]; }

  /// The bytes of the fields from `first` up to `last`, all at their default; empty when one has
  /// none.
  std::optional<bytes> of_fields(index definition, std::size_t first, std::size_t last) const;

 private:
  std::optional<bytes> make_node(index node);
  std::optional<bytes> make_boxed(index type);
  std::optional<bytes> make_definition(index definition);
  std::vector<index> by_cost(index type) const;

  layout const& layout_;
  std::vector<std::optional<bytes>> nodes_;
  std::vector<index> cheapest_;
  std::set<index> under_way_;  ///< types whose default is being made
  std::size_t depth_ = 0;      ///< constructors within constructors
};

}  // namespace mtp::MTP_ABI::testing::transcoding
