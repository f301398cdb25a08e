// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "model.hpp"
#include "output.hpp"
#include "traits.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace tlgen {

/// The struct of a constructor or function, without its namespace.
std::string struct_text(record const& of);
/// The handle class of a type with several constructors, without its namespace.
std::string handle_text(family const& of);
/// The body of its visit(), which needs the constructors complete; for the global namespace.
std::string visit_text(family const& of);

/// Members of a handle that read a field which several of its constructors have: a pointer that is
/// null where it is absent, or a plain bool for flags. The definitions are for the global
/// namespace, their tables for mtp::tl::codec; `suffix` makes the names of tables unique.
std::string accessor_declarations(family const& of);
struct accessors_text {
  std::string tables;
  std::string definitions;
};
accessors_text accessor_definitions(family const& of, std::string const& suffix);

/// The table of names of a schema.
std::string names_table(model const& from);
/// Where the ops of a type stand, seen from mtp::tl::codec.
std::string ops_name(record const& of);
std::string ops_name(family const& of);
/// The ops of other types that those of `of` refer to.
std::set<std::string> ops_used(record const& of);
/// The ops of a value, seen from mtp::tl::codec.
std::string ops_expression(type const& of);
/// The ops of a type behind the tables that they need, for mtp::tl::codec; `suffix` makes the names
/// of tables unique.
std::string ops_text(model const& from, record const& of, std::string const& suffix);
std::string ops_text(model const& from, family const& of, std::string const& suffix);
/// Where the fields of a struct are, and in how many blocks of them.
struct layout_text {
  std::string tables;
  std::size_t blocks;
};
layout_text layout_of(record const& of, std::string const& suffix);
/// The code of a struct that is worth it.
std::string compiled_text(record const& of, std::string const& suffix);

/// What is compiled together: a type with its constructors, or a function.
struct unit {
  std::string name = {};  ///< for a stable order
  std::string text = {};
  std::set<std::string> ops = {};         ///< must be declared before
  bool has_code = false;                  ///< of structs that are compiled
  std::set<family const*> complete = {};  ///< types whose structs it needs
  std::set<record const*> loose = {};     ///< functions, and what is of no type
};

/// Spreads units over `count` sources of about the same length. The order of units does not matter.
std::vector<std::vector<unit>> balance(std::vector<unit> units, std::size_t count);

/// `constexpr type name[] = {...};`, or an empty span of the same use when there are no entries:
/// an array has at least one.
std::string table_text(std::string const& type, std::string const& name,
                       std::string const& entries);

void emit_headers(model const& from, output& to);
void emit_sources(model const& from, output& to);
void emit_tables(model const& from, output& to);
/// The ops of everything, for tests that must not forget a type. Nothing else refers to it.
void emit_registry(model const& from, output& to);
/// The traits of functions, `of` by their names, as a table by id.
void emit_traits(model const& from, std::map<std::string, traits> const& of, output& to);

}  // namespace tlgen
