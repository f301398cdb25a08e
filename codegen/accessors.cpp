// SPDX-License-Identifier: MIT OR Apache-2.0
#include "emit.hpp"
#include "names.hpp"

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

std::string value_of(record const& in, field const& of, bool is_flag) {
  std::string const at = "static_cast<" + in.cpp + " const*>(handle::address())->" + of.name;
  if (is_flag) return at;
  if (of.boxed) return at + ".get()";
  if (!of.optional()) return "&" + at;
  return "mtp::tl::codec::get_if_set(" + at + ")";
}

std::string body(shared_field const& of) {
  std::map<std::string, std::string> cases;
  std::string out = " {\n  switch (tag()) {\n";
  for (auto const& [in, part] : of.places) {
    out += "    case tags::" + in->name + ": return " + value_of(*in, *part, of.is_flag) + ";\n";
  }
  return out + "    default: return " + (of.is_flag ? "false" : "nullptr") + ";\n  }\n}\n";
}

}  // namespace

std::string accessor_declarations(family const& of) {
  std::string out;
  for (auto const& [name, one] : shared_fields(of)) out += "  " + signature(name, one, "") + ";\n";
  return out;
}

std::string accessor_definitions(family const& of) {
  std::string out;
  for (auto const& [name, one] : shared_fields(of))
    out += signature(name, one, of.cpp.substr(2) + "::") + body(one);
  return out;
}

}  // namespace tlgen
