// SPDX-License-Identifier: MIT OR Apache-2.0
#include "defaults.hpp"

#include "core/wire.hpp"

#include <algorithm>
#include <utility>

namespace mtp::MTP_ABI::testing::transcoding {

using tl::schema::type_kind;

namespace {

// Defaults of defaults: far more than any schema needs, and an end for one that goes in circles.
constexpr std::size_t max_default_depth = 24;

bytes id_bytes(std::uint32_t id) { return wire::writer().number(id).take(); }

}  // namespace

defaults::defaults(layout const& of)
    : layout_(of), nodes_(of.nodes.size()), cheapest_(of.types.size(), none) {
  for (index i = 0; i < nodes_.size(); ++i) nodes_[i] = make_node(i);
  for (index type = 0; type < cheapest_.size(); ++type) make_boxed(type);
}

std::optional<bytes> defaults::make_node(index which) {
  if (nodes_[which]) return nodes_[which];
  node const& one = layout_.nodes[which];
  switch (one.kind) {
    case type_kind::function: return std::nullopt;
    case type_kind::object: return id_bytes(bool_false_id);
    case type_kind::boolean: return id_bytes(bool_false_id);
    case type_kind::constructor: return one.of == none ? std::nullopt : make_definition(one.of);
    case type_kind::boxed: return one.of == none ? std::nullopt : make_boxed(one.of);
    case type_kind::vector: {
      bytes out = one.bare ? bytes{} : id_bytes(vector_id);
      out.resize(out.size() + 4);
      return out;
    }
    default: return bytes(one.min_size);  // numbers are 0, strings are empty
  }
}

std::vector<index> defaults::by_cost(index type) const {
  std::vector<index> order = layout_.types[type];
  auto const cost = [&](index one) {
    return std::pair(layout_.definitions[one].required_fields(), one);
  };
  std::sort(order.begin(), order.end(), [&](index a, index b) { return cost(a) < cost(b); });
  return order;
}

/// A type that contains itself is tried only once on the way down.
std::optional<bytes> defaults::make_boxed(index type) {
  if (!under_way_.insert(type).second) return std::nullopt;
  std::optional<bytes> found;
  for (index one : by_cost(type)) {
    auto body = layout_.definitions[one].is_record ? make_definition(one) : std::nullopt;
    if (!body) continue;
    if (under_way_.size() == 1) cheapest_[type] = one;
    found = id_bytes(layout_.definitions[one].id);
    append(*found, *body);
    break;
  }
  under_way_.erase(type);
  return found;
}

std::optional<bytes> defaults::make_definition(index definition) {
  if (depth_ > max_default_depth) return std::nullopt;
  ++depth_;
  bytes out;
  bool good = true;
  for (auto const& field : layout_.definitions[definition].fields) {
    if (field.conditional()) continue;
    auto const part = make_node(field.type);
    good = part.has_value();
    if (!good) break;
    append(out, *part);
  }
  --depth_;
  return good ? std::optional(std::move(out)) : std::nullopt;
}

std::optional<bytes> defaults::of_fields(index definition, std::size_t first,
                                         std::size_t last) const {
  bytes out;
  for (std::size_t i = first; i < last; ++i) {
    field_layout const& field = layout_.definitions[definition].fields[i];
    if (field.conditional()) continue;
    auto const& part = nodes_[field.type];
    if (!part) return std::nullopt;
    append(out, *part);
  }
  return out;
}

}  // namespace mtp::MTP_ABI::testing::transcoding
