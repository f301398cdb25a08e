// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "naming.hpp"

#include <mtp/tl/schema/document.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

// What the schema means in C++: names, how each field is held and how it stands on the wire.

namespace tlgen {

struct record;
struct family;

/// How a value is read and written.
enum class wire {
  fixed,  ///< a scalar of constant size that every content fits
  boolean,
  text,       ///< string and bytes
  raw,        ///< the rest of the input
  sized_raw,  ///< as many bytes as the int before it says
  vector,
  record,  ///< a struct: the type has one constructor
  handle,  ///< a sum type
};

struct type {
  wire form = wire::fixed;
  std::string cpp = {};            ///< absolute name of the value itself
  std::size_t size = 0;            ///< for fixed
  bool bare = false;               ///< record or vector without id
  record const* of = nullptr;      ///< for record
  family const* sum = nullptr;     ///< for handle
  std::vector<type> element = {};  ///< for vector: one
  schema::type_kind kind = schema::type_kind::int32;
};

struct field {
  std::string name = {};                 ///< in C++
  std::string tl = {};                   ///< in TL
  bool is_word = false;                  ///< a flag word: no member
  bool is_flag = false;                  ///< a bit that is the value
  bool boxed = false;                    ///< held in a box
  bool sizes_next = false;               ///< an int that tells the size of the raw field behind it
  std::optional<std::size_t> word = {};  ///< index of its flag word among the fields
  unsigned bit = 0;
  type value = {};

  bool optional() const { return word.has_value() && !is_flag; }
  /// The type of the member.
  std::string member() const;
};

/// One constructor or function.
struct record {
  schema::definition const* of = nullptr;
  family const* made = nullptr;  ///< null for functions
  std::string space = {};
  std::string name = {};  ///< in C++, without namespace
  std::string cpp = {};   ///< absolute
  std::string tl = {};    ///< full TL name
  std::vector<field> fields = {};
  std::size_t tag = 0;  ///< place in its type, from 1
  std::size_t min_body = 0;
  std::string response = {};
  bool is_compiled = false;  ///< has code of its own beside its tables
  std::size_t min_size() const { return min_body + 4; }
};

/// A boxed type.
struct family {
  std::string space = {};
  std::string name = {};
  std::string tl = {};   ///< full TL name
  std::string cpp = {};  ///< absolute; an alias when there is one constructor
  std::vector<record const*> constructors = {};
  std::size_t min_size = 4;
  bool recursive = false;  ///< a value can contain another of the same type
  bool single() const { return constructors.size() == 1; }
  std::string header() const;
};

/// Where generated things go.
struct target {
  std::string set;         ///< "api": names files and tables
  std::string source;      ///< "api.tl"
  std::string name_space;  ///< "mtp::tl"
  std::string headers;     ///< "mtp/tl"
  bool one_header = false;
  std::set<std::string> compiled = {};  ///< names in TL
  std::size_t sources = 1;
};

/// A schema, ready to be written down. Pointers lead into itself: not copyable.
class model {
 public:
  model(schema::document const& of, target where);
  model(model const&) = delete;

  target const& where() const { return where_; }
  schema::document const& document() const { return document_; }
  std::vector<record> const& records() const { return records_; }
  std::vector<family> const& families() const { return families_; }
  record const* find(schema::definition const* of) const;
  /// Absolute name of something: `::mtp::tl::messages::getHistory`.
  std::string absolute(std::string_view space, std::string_view name) const;
  /// "messages::": what stands before a name inside the namespace of the set.
  std::string open_namespace(std::string_view space) const;

 private:
  void make_families();
  void make_records();
  void make_fields(record& of);
  void find_cycles();
  void box_cycles();
  void find_min_sizes();
  std::size_t min_size_of(type const& of) const;
  type resolve(schema::type_ref const& of) const;
  type resolve_field(record const& of, schema::field const& one) const;

  schema::document const& document_;
  target where_;
  naming names_;
  std::vector<record> records_;
  std::vector<family> families_;
  std::map<std::string, family*, std::less<>> family_by_name_;
  std::map<schema::definition const*, record*> record_by_definition_;
};

/// Calls `see` with every type that stands in a field, elements of vectors included.
template <class See>
void each_type(type const& of, See&& see) {
  see(of);
  for (auto const& inner : of.element) each_type(inner, see);
}

}  // namespace tlgen
