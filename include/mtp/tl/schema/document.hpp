// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/tl/schema/definition.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace mtp::MTP_ABI::tl::schema {

/// A type and the constructors that make it.
struct boxed_type {
  qualified_name name = {};
  std::vector<std::size_t> constructors = {};  ///< indexes of definitions, in the order of the text
};

/// How much a schema declares.
struct counts {
  std::size_t constructors = 0;
  std::size_t functions = 0;
  std::size_t types = 0;

  bool operator==(counts const&) const = default;
};

/// A parsed schema, with its indexes. A value: copies are independent.
///
/// Threads: reading one document from several threads is safe.
class MTP_API document {
 public:
  document() = default;
  /// Indexes `definitions`. Of two with the same id or name the first one is found.
  document(int layer, std::vector<definition> definitions);

  /// The n of `// LAYER n`; 0 when the text has no such line.
  int layer() const { return layer_; }
  /// Everything, in the order of the text.
  std::vector<definition> const& definitions() const { return definitions_; }
  definition const& operator[](std::size_t index) const { return definitions_[index]; }

  /// Types that have a constructor, in the order of their first one.
  std::vector<boxed_type> const& types() const { return types_; }

  /// Null when nothing carries this id.
  definition const* find_id(std::uint32_t id) const;
  /// Null when there is none; `full_name` is `space.name`.
  definition const* find_constructor(std::string_view full_name) const;
  definition const* find_function(std::string_view full_name) const;
  /// The type with its constructors; null when nothing makes it.
  boxed_type const* find_type(std::string_view full_name) const;
  /// The constructor that a bare reference means (`future_salt`, `%Message`); null when there is
  /// none or when `%T` has several.
  definition const* resolve_bare(type_ref const& bare) const;

  /// Index of a definition of this document.
  std::size_t index_of(definition const& of_this) const {
    return static_cast<std::size_t>(&of_this - definitions_.data());
  }

  schema::counts counts() const;
  /// Functions in each namespace; the root is "".
  std::map<std::string, std::size_t> functions_by_namespace() const;

 private:
  struct hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  template <class Value>
  using by_name = std::unordered_map<std::string, Value, hash, std::equal_to<>>;

  void add_to_type(std::size_t index);
  definition const* find_in(by_name<std::size_t> const& where, std::string_view name) const;

  int layer_ = 0;
  std::vector<definition> definitions_;
  std::vector<boxed_type> types_;
  std::unordered_map<std::uint32_t, std::size_t> ids_;
  by_name<std::size_t> constructors_;
  by_name<std::size_t> functions_;
  by_name<std::size_t> type_names_;
};

}  // namespace mtp::MTP_ABI::tl::schema
