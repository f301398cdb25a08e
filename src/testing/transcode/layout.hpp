// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/tl/schema/document.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

// One schema, turned into numbers: what reading a value needs, without names.

namespace mtp::MTP_ABI::testing::transcoding {

using index = std::uint32_t;
inline constexpr index none = 0xffffffff;

// Ids that the encoding itself uses, see protocol section 1.3.
inline constexpr std::uint32_t vector_id = 0x1cb5c415;
inline constexpr std::uint32_t bool_true_id = 0x997275b5;
inline constexpr std::uint32_t bool_false_id = 0xbc799737;

/// A type as a place uses it; equal types of one schema are one node.
struct node {
  tl::schema::type_kind kind = tl::schema::type_kind::int32;
  bool bare = false;
  index of = none;             ///< the element (a node), the constructor, or the type
  std::uint32_t min_size = 0;  ///< bytes that a value takes at least
};

inline constexpr node any_object{tl::schema::type_kind::object};

constexpr bool is_text(tl::schema::type_kind kind) {
  return kind == tl::schema::type_kind::string || kind == tl::schema::type_kind::bytes;
}

struct field_layout {
  index type = none;  ///< a node
  index word = none;  ///< the field with the flag word, for a conditional field
  std::uint8_t bit = 0;
  bool is_word = false;
  bool is_flag = false;  ///< takes no bytes, the bit is the value

  bool conditional() const { return word != none; }
  std::uint32_t mask() const { return std::uint32_t{1} << bit; }
  /// Takes bytes in every value.
  bool required() const { return !conditional() && !is_word; }
};

struct definition_layout {
  std::uint32_t id = 0;
  bool is_function = false;
  bool is_record = false;      ///< readable; TL's own types are not
  index type = none;           ///< the type that a constructor makes
  index result = none;         ///< a node
  std::uint32_t min_size = 0;  ///< without the id
  std::vector<field_layout> fields = {};

  std::size_t required_fields() const;
};

/// A schema without names. Indexes of definitions and types are those of the document.
struct layout {
  std::shared_ptr<tl::schema::document const> text;
  std::vector<node> nodes;
  std::vector<definition_layout> definitions;
  std::vector<std::vector<index>> types;  ///< the constructors of each type
  std::unordered_map<std::uint32_t, index> ids;

  explicit layout(std::shared_ptr<tl::schema::document const> schema);

  /// The definition of that id; `none` when there is none or it is not readable.
  index find(std::uint32_t id) const;
  std::string name(index definition) const { return (*text)[definition].full_name(); }
  node const& type_of(field_layout const& field) const { return nodes[field.type]; }

 private:
  index intern(tl::schema::type_ref const& type);
  node make_node(tl::schema::type_ref const& type);
  definition_layout make_definition(tl::schema::definition const& one);
  void find_minimum_sizes();
  std::uint32_t node_size(node const& one) const;
  std::uint32_t definition_size(definition_layout const& one) const;

  std::map<std::string, index> interned_;
};

}  // namespace mtp::MTP_ABI::testing::transcoding
