// SPDX-License-Identifier: MIT OR Apache-2.0
#include "model.hpp"

#include "names.hpp"

#include <algorithm>
#include <functional>
#include <stdexcept>

namespace tlgen {

using schema::type_kind;

std::string field::member() const {
  if (is_flag) return "bool";
  if (boxed) return "::mtp::tl::box<" + value.cpp + ">";
  if (optional() && value.form != wire::handle) return "std::optional<" + value.cpp + ">";
  return value.cpp;
}

std::string family::header() const { return header_path(space, name); }

model::model(schema::document const& of, target where)
    : document_(of), where_(std::move(where)), names_(of) {
  make_families();
  make_records();
  for (auto& one : records_) make_fields(one);
  find_cycles();
  box_cycles();
  find_min_sizes();
}

std::string model::absolute(std::string_view space, std::string_view name) const {
  std::string out = "::" + where_.name_space + "::";
  if (!space.empty()) out += std::string(space) + "::";
  return out + std::string(name);
}

std::string model::open_namespace(std::string_view space) const {
  std::string const inner = where_.name_space.substr(where_.name_space.find("::"));
  return "mtp::MTP_ABI" + inner + (space.empty() ? "" : "::" + std::string(space));
}

namespace {

/// TL's own types, which the runtime knows without being told.
bool is_own(schema::definition const& of) {
  return !of.is_record() || (!of.is_function() && (of.result.name.full() == "Bool"));
}

}  // namespace

void model::make_families() {
  for (auto const& of : document_.types()) {
    std::string const full = of.name.full();
    if (full == "Bool" || full == "Vector" || full == "Object") continue;
    families_.push_back(
        {.space = names_.space(of.name.space), .name = names_.type(of), .tl = full});
  }
  for (auto& one : families_) {
    one.cpp = absolute(one.space, one.name);
    family_by_name_[one.tl] = &one;
  }
}

void model::make_records() {
  for (auto const& of : document_.definitions()) {
    if (is_own(of)) continue;
    record made{.of = &of,
                .space = names_.space(of.name.space),
                .name = names_.definition(of),
                .tl = of.full_name()};
    made.is_compiled = where_.compiled.contains(made.tl);
    made.cpp = absolute(made.space, made.name);
    records_.push_back(std::move(made));
  }
  for (auto& one : records_) {
    record_by_definition_[one.of] = &one;
    auto const found = family_by_name_.find(one.of->result.name.full());
    if (one.of->is_function() || found == family_by_name_.end()) continue;
    one.made = found->second;
    found->second->constructors.push_back(&one);
    one.tag = found->second->constructors.size();
  }
}

record const* model::find(schema::definition const* of) const {
  auto const found = record_by_definition_.find(of);
  return found == record_by_definition_.end() ? nullptr : found->second;
}

type model::resolve(schema::type_ref const& of) const {
  auto const fixed = [&](std::size_t size, char const* cpp) {
    return type{.form = wire::fixed, .cpp = cpp, .size = size, .kind = of.kind};
  };
  auto const plain = [&](wire form, char const* cpp) {
    return type{.form = form, .cpp = cpp, .kind = of.kind};
  };
  switch (of.kind) {
    case type_kind::flag_word: return fixed(4, "std::uint32_t");
    case type_kind::int32: return fixed(4, "std::int32_t");
    case type_kind::int64: return fixed(8, "std::int64_t");
    case type_kind::float64: return fixed(8, "double");
    case type_kind::int128: return fixed(16, "::mtp::int128");
    case type_kind::int256: return fixed(32, "::mtp::int256");
    case type_kind::string: return plain(wire::text, "::mtp::tl::string");
    case type_kind::bytes: return plain(wire::text, "::mtp::tl::bytes");
    case type_kind::boolean: return plain(wire::boolean, "bool");
    case type_kind::object:
    case type_kind::variable:
    case type_kind::function: return plain(wire::raw, "::mtp::tl::raw");
    case type_kind::truth: throw std::runtime_error("`true` is generated behind a flag only");
    case type_kind::vector: {
      type out{.form = wire::vector, .bare = of.bare, .kind = of.kind};
      out.element.push_back(resolve(of.element()));
      if (out.element[0].form == wire::vector && out.element[0].bare)
        throw std::runtime_error("a bare vector inside a vector is not generated");
      out.cpp = "::mtp::tl::list<" + out.element.front().cpp + ">";
      return out;
    }
    case type_kind::constructor: {
      record const* const made = find(document_.resolve_bare(of));
      if (!made) throw std::runtime_error("no constructor " + of.name.full());
      return {.form = wire::record, .cpp = made->cpp, .bare = true, .of = made, .kind = of.kind};
    }
    case type_kind::boxed: break;
  }
  auto const found = family_by_name_.find(of.name.full());
  if (found == family_by_name_.end()) throw std::runtime_error("no type " + of.name.full());
  family const& sum = *found->second;
  if (!sum.single()) return {.form = wire::handle, .cpp = sum.cpp, .sum = &sum, .kind = of.kind};
  return {.form = wire::record,
          .cpp = sum.constructors[0]->cpp,
          .of = sum.constructors[0],
          .kind = of.kind};
}

/// The tables of names have one byte for the place of a flag word, of which 255 means none.
constexpr std::size_t last_word = 254;

// What the parser takes, because the language has it, but no generated type can hold.
type model::resolve_field(record const& of, schema::field const& one) const {
  try {
    if (one.when && one.is_flag_word()) {
      throw std::runtime_error("a flag word behind a flag is not generated");
    }
    if (one.when && one.when->word_index > last_word) {
      throw std::runtime_error("a flag word behind the first 255 fields is not generated");
    }
    return resolve(one.type);
  } catch (std::runtime_error const& failed) {
    throw std::runtime_error(where_.source + ": " + of.tl + ", field " + one.name + ": " +
                             failed.what());
  }
}

void model::make_fields(record& of) {
  auto const members = member_names(*of.of);
  for (auto const& one : of.of->fields) {
    field made{.name = members[of.fields.size()], .tl = one.name};
    made.is_word = one.is_flag_word();
    made.is_flag = one.is_flag();
    if (one.when) {
      made.word = one.when->word_index;
      made.bit = one.when->bit;
    }
    if (!made.is_flag) made.value = resolve_field(of, one);
    made.boxed = made.optional() && made.value.form == wire::record;
    if (one.type.kind == type_kind::object && !of.fields.empty() &&
        of.fields.back().tl == "bytes" && of.fields.back().value.kind == type_kind::int32) {
      of.fields.back().sizes_next = true;
      made.value.form = wire::sized_raw;
    }
    of.fields.push_back(std::move(made));
  }
  if (of.of->is_function()) of.response = resolve(of.of->result).cpp;
}

// A type is recursive when it can be reached from itself.
void model::find_cycles() {
  std::map<family const*, std::set<family const*>> uses;
  for (auto const& one : records_) {
    if (!one.made) continue;
    for (auto const& part : one.fields) {
      each_type(part.value, [&](type const& met) {
        if (met.sum) uses[one.made].insert(met.sum);
        if (met.of) uses[one.made].insert(met.of->made);
      });
    }
  }
  for (auto& start : families_) {
    std::set<family const*> seen;
    std::vector<family const*> open(uses[&start].begin(), uses[&start].end());
    while (!open.empty()) {
      family const* const at = open.back();
      open.pop_back();
      if (!seen.insert(at).second) continue;
      open.insert(open.end(), uses[at].begin(), uses[at].end());
    }
    start.recursive = seen.contains(&start);
  }
}

// Structs that hold one another by value in a circle cannot exist: their fields become boxes.
void model::box_cycles() {
  for (auto& one : records_) {
    for (auto& part : one.fields) {
      if (part.value.form != wire::record || part.boxed || !one.made) continue;
      std::set<record const*> seen;
      std::vector<record const*> open{part.value.of};
      while (!open.empty()) {
        record const* const at = open.back();
        open.pop_back();
        if (!seen.insert(at).second) continue;
        for (auto const& inner : at->fields) {
          if (inner.value.form == wire::record && !inner.boxed) open.push_back(inner.value.of);
        }
      }
      part.boxed = seen.contains(&one);
    }
  }
}

std::size_t model::min_size_of(type const& of) const {
  switch (of.form) {
    case wire::fixed: return of.size;
    case wire::boolean:
    case wire::text: return 4;
    case wire::raw:
    case wire::sized_raw: return 0;
    case wire::vector: return of.bare ? 4 : 8;
    case wire::record: return of.of->min_body + (of.bare ? 0 : 4);
    case wire::handle: return of.sum->min_size;
  }
  return 0;
}

// From below: each round is a true lower bound, and a few rounds reach all that matters.
void model::find_min_sizes() {
  for (int round = 0; round < 16; ++round) {
    for (auto& one : records_) {
      one.min_body = 0;
      for (auto const& part : one.fields) {
        if (!part.word) one.min_body += min_size_of(part.value);
      }
    }
    for (auto& one : families_) {
      auto const less = [](record const* a, record const* b) { return a->min_body < b->min_body; };
      auto const least = std::min_element(one.constructors.begin(), one.constructors.end(), less);
      if (least != one.constructors.end()) one.min_size = 4 + (*least)->min_body;
    }
  }
}

}  // namespace tlgen
