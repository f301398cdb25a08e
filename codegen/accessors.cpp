// SPDX-License-Identifier: MIT OR Apache-2.0
#include "emit.hpp"
#include "names.hpp"

#include <algorithm>
#include <map>

namespace tlgen {
namespace {

/// A field that several constructors of a type have, under one name and with one type.
struct shared_field {
  std::string cpp;  ///< the type of the value; "bool" for flags
  bool is_flag = false;
  bool differs = false;
  std::vector<std::pair<record const*, field const*>> places;
};

std::map<std::string, shared_field> shared_fields(family const& of) {
  std::map<std::string, shared_field> out;
  for (auto const* one : of.constructors) {
    for (auto const& part : one->fields) {
      if (part.is_word) continue;
      std::string const cpp = part.is_flag ? "bool" : part.value.cpp;
      auto& into = out[part.name];
      into.differs = into.differs ||
                     (!into.places.empty() && (into.cpp != cpp || into.is_flag != part.is_flag));
      into.cpp = cpp;
      into.is_flag = part.is_flag;
      into.places.emplace_back(one, &part);
    }
  }
  std::erase_if(out, [&](auto const& one) {
    bool const taken = is_handle_member(one.first) || one.first == of.name;
    return taken || one.second.differs || one.second.places.size() < 2;
  });
  return out;
}

std::string signature(std::string const& name, shared_field const& of, std::string const& scope) {
  return (of.is_flag ? "bool " : of.cpp + " const* ") + scope + name + "() const noexcept";
}

/// Where one constructor holds the field.
std::string place(record const& in, field const& of) {
  std::string const offset = "offsetof(" + in.cpp + ", " + of.name + ")";
  if (of.boxed) return "{" + offset + ", held::box, 0}";
  if (of.is_flag) return "{" + offset + ", held::flag, 0}";
  if (!of.optional()) return "{" + offset + ", held::always, 0}";
  if (of.value.form == wire::handle) return "{" + offset + ", held::handle, 0}";
  return "{" + offset + ", held::optional, sizeof(" + of.value.cpp + ")}";
}

/// One entry for each constructor in the order of their tags.
std::string places(family const& in, shared_field const& of) {
  std::string out;
  for (auto const* one : in.constructors) {
    auto const found = std::find_if(of.places.begin(), of.places.end(),
                                    [&](auto const& at) { return at.first == one; });
    out += "    " + (found == of.places.end() ? "{}" : place(*one, *found->second)) + ",\n";
  }
  return out;
}

std::string body(shared_field const& of, std::string const& table) {
  std::string const call = "::mtp::tl::codec::part_of(*this, ::mtp::tl::codec::" + table + ")";
  return " {\n  return " +
         (of.is_flag ? call + " != nullptr" : "static_cast<" + of.cpp + " const*>(" + call + ")") +
         ";\n}\n";
}

}  // namespace

std::string accessor_declarations(family const& of) {
  std::string out;
  for (auto const& [name, one] : shared_fields(of)) out += "  " + signature(name, one, "") + ";\n";
  return out;
}

accessors_text accessor_definitions(family const& of, std::string const& suffix) {
  accessors_text out;
  for (auto const& [name, one] : shared_fields(of)) {
    std::string const table = "parts" + suffix + "_" + name;
    out.tables += table_text("part", table, places(of, one));
    out.definitions += signature(name, one, of.cpp.substr(2) + "::") + body(one, table);
  }
  return out;
}

}  // namespace tlgen
