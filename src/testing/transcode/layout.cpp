// SPDX-License-Identifier: MIT OR Apache-2.0
#include "layout.hpp"

#include <mtp/tl/schema/print.hpp>

#include <algorithm>

namespace mtp::MTP_ABI::testing::transcoding {

using tl::schema::type_kind;

std::size_t definition_layout::required_fields() const {
  auto const is_required = [](field_layout const& one) { return one.required(); };
  return static_cast<std::size_t>(std::count_if(fields.begin(), fields.end(), is_required));
}

layout::layout(std::shared_ptr<tl::schema::document const> schema) : text(std::move(schema)) {
  for (auto const& type : text->types()) {
    types.emplace_back(type.constructors.begin(), type.constructors.end());
  }
  for (auto const& one : text->definitions()) {
    ids.try_emplace(one.id, static_cast<index>(definitions.size()));
    definitions.push_back(make_definition(one));
  }
  find_minimum_sizes();
}

index layout::find(std::uint32_t id) const {
  auto const found = ids.find(id);
  return found != ids.end() && definitions[found->second].is_record ? found->second : none;
}

index layout::intern(tl::schema::type_ref const& type) {
  std::string const key = (type.kind == type_kind::variable ? "Object" : print(type));
  auto const known = interned_.find(key);
  if (known != interned_.end()) return known->second;
  node const made = make_node(type);
  nodes.push_back(made);
  return interned_[key] = static_cast<index>(nodes.size() - 1);
}

node layout::make_node(tl::schema::type_ref const& type) {
  node out{type.kind, type.bare};
  switch (type.kind) {
    case type_kind::vector: out.of = intern(type.element()); break;
    case type_kind::variable: out.kind = type_kind::object; break;
    case type_kind::constructor:
      if (auto const* one = text->resolve_bare(type))
        out.of = static_cast<index>(text->index_of(*one));
      break;
    case type_kind::boxed:
      if (auto const* one = text->find_type(type.name.full()))
        out.of = static_cast<index>(one - text->types().data());
      break;
    default: break;
  }
  return out;
}

definition_layout layout::make_definition(tl::schema::definition const& one) {
  definition_layout out;
  out.id = one.id;
  out.is_function = one.is_function();
  out.is_record = one.is_record();
  out.result = intern(one.result);
  if (!out.is_function) {
    out.type = static_cast<index>(text->find_type(one.result.name.full()) - text->types().data());
  }
  for (auto const& field : one.fields) {
    field_layout made{intern(field.type)};
    made.is_word = field.is_flag_word();
    made.is_flag = field.is_flag();
    if (field.when) {
      made.word = static_cast<index>(field.when->word_index);
      made.bit = static_cast<std::uint8_t>(field.when->bit);
    }
    out.fields.push_back(made);
  }
  return out;
}

std::uint32_t layout::node_size(node const& one) const {
  switch (one.kind) {
    case type_kind::truth: return 0;
    case type_kind::int64:
    case type_kind::float64: return 8;
    case type_kind::int128: return 16;
    case type_kind::int256: return 32;
    case type_kind::vector: return one.bare ? 4 : 8;
    case type_kind::constructor: return one.of == none ? 0 : definitions[one.of].min_size;
    default: return 4;  // a number, a string, or at least an id
  }
}

std::uint32_t layout::definition_size(definition_layout const& one) const {
  std::uint32_t size = 0;
  for (auto const& field : one.fields) {
    if (!field.conditional()) size += nodes[field.type].min_size;
  }
  return std::min<std::uint32_t>(size, 1u << 20);
}

/// Bare constructors may contain each other, so sizes grow until they stay as they are; the rounds
/// are limited because a constructor that contains itself would grow without end.
void layout::find_minimum_sizes() {
  bool changed = true;
  for (int round = 0; round < 16 && changed; ++round) {
    changed = false;
    for (auto& one : nodes) one.min_size = node_size(one);
    for (auto& one : definitions) {
      std::uint32_t const size = definition_size(one);
      changed = changed || size != one.min_size;
      one.min_size = size;
    }
  }
}

}  // namespace mtp::MTP_ABI::testing::transcoding
