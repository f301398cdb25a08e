// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "names.hpp"

#include <mtp/tl/schema/document.hpp>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tlgen {

namespace schema = mtp::tl::schema;

/// What everything in a schema is called in C++. Where a name of TL is possible it stays as it is.
/// Of several that would be the same, a namespace comes before types, types before constructors,
/// and constructors before functions; the later one gets an underscore.
class naming {
 public:
  explicit naming(schema::document const& of);

  /// The namespace, "" for the root.
  std::string const& space(std::string_view tl) const { return spaces_.find(tl)->second; }
  std::string const& type(schema::boxed_type const& of) const { return types_.at(&of); }
  std::string const& definition(schema::definition const& of) const { return records_.at(&of); }

 private:
  struct entry {
    schema::qualified_name const* name = nullptr;
    bool is_constructor = false;
    std::string* to = nullptr;
  };
  void name_spaces(schema::document const& of);
  std::vector<entry> entries(schema::document const& of);

  std::map<std::string, std::string, std::less<>> spaces_{{"", ""}};
  std::map<schema::boxed_type const*, std::string> types_;
  std::map<schema::definition const*, std::string> records_;
  std::map<std::string, scope_names, std::less<>> scopes_;  ///< by the namespace in TL
};

/// The members of a struct, by the place of their fields.
std::vector<std::string> member_names(schema::definition const& of);

}  // namespace tlgen
