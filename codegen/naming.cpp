// SPDX-License-Identifier: MIT OR Apache-2.0
#include "naming.hpp"

#include <set>

namespace tlgen {
namespace {

/// Headers of functions without a namespace are called `root.hpp`.
bool is_possible_space(std::string_view name) {
  return !is_reserved(name) && !is_runtime_name(name) && name != "root";
}

bool is_possible(schema::qualified_name const& of, bool is_constructor) {
  bool const hides_everything = of.name == "std" || of.name == "mtp";
  bool const is_tag = is_constructor && of.name == "none";
  bool const is_ours = of.space.empty() && is_runtime_name(of.name);
  return !is_reserved(of.name) && !hides_everything && !is_tag && !is_ours;
}

}  // namespace

naming::naming(schema::document const& of) {
  name_spaces(of);
  std::vector<entry> later;
  for (entry const& one : entries(of)) {
    auto& scope = scopes_[one.name->space];
    std::string const& name = one.name->name;
    if (is_possible(*one.name, one.is_constructor) && !scope.is_taken(name)) {
      scope.claim(name);
      *one.to = name;
    } else {
      later.push_back(one);
    }
  }
  for (entry const& one : later) *one.to = scopes_[one.name->space].rename(one.name->name);
}

void naming::name_spaces(schema::document const& of) {
  std::set<std::string> all;
  for (auto const& one : of.definitions()) all.insert(one.name.space);
  for (auto const& one : of.types()) all.insert(one.name.space);
  all.erase("");
  for (auto const& one : all) {
    if (!is_possible_space(one)) continue;
    scopes_[""].claim(one);
    spaces_[one] = one;
  }
  for (auto const& one : all) {
    if (!is_possible_space(one)) spaces_[one] = scopes_[""].rename(one);
  }
}

std::vector<naming::entry> naming::entries(schema::document const& of) {
  std::vector<entry> out;
  for (auto const& one : of.types()) out.push_back({&one.name, false, &types_[&one]});
  for (bool const functions : {false, true}) {
    for (auto const& one : of.definitions()) {
      if (one.is_function() == functions) out.push_back({&one.name, !functions, &records_[&one]});
    }
  }
  return out;
}

std::vector<std::string> member_names(schema::definition const& of) {
  auto const is_possible = [&](std::string const& name) {
    return !is_reserved(name) && !(of.is_function() && name == "response");
  };
  scope_names scope;
  std::vector<std::string> out;
  for (auto const& one : of.fields) {
    if (is_possible(one.name)) scope.claim(one.name);
  }
  for (auto const& one : of.fields)
    out.push_back(is_possible(one.name) ? one.name : scope.rename(one.name));
  return out;
}

}  // namespace tlgen
