// SPDX-License-Identifier: MIT OR Apache-2.0
#include "emit.hpp"
#include "fields.hpp"
#include "names.hpp"

#include <algorithm>

namespace tlgen {
namespace {

/// The ops of one of TL's own types.
std::string builtin_ops(type const& of) {
  using schema::type_kind;
  switch (of.kind) {
    case type_kind::boolean: return "boolean";
    case type_kind::flag_word:
    case type_kind::int32: return "int32";
    case type_kind::int64: return "int64";
    case type_kind::float64: return "float64";
    case type_kind::int128: return "int128";
    case type_kind::int256: return "int256";
    case type_kind::string: return "string";
    case type_kind::bytes: return "bytes";
    default: return "raw";
  }
}

/// Before names in the definition of ops, which see those of the schema first.
std::string const codec = "::mtp::tl::codec::";

/// The definition of the ops of a type, and of the door through which all but generated sources
/// see them.
class definition {
 public:
  definition(std::string cpp, std::string name) : cpp_(std::move(cpp)), name_(std::move(name)) {
    out_ = "constinit ops const " + name_ + " = {\n    .size = sizeof(" + cpp_ + ")";
  }
  void add(std::string const& member, std::string const& value) {
    out_ += ",\n    ." + member + " = " + value;
  }
  std::string text() const {
    return out_ + "};\ntemplate <>\nops const& ops_for<" + cpp_ + ">::get() noexcept { return " +
           name_ + "; }\n";
  }

 private:
  std::string cpp_;
  std::string name_;
  std::string out_;
};

}  // namespace

std::string ops_name(record const& of) {
  return "ops_of" + of.cpp.substr(std::string_view("::mtp::tl").size());
}
std::string ops_name(family const& of) {
  return of.single() ? ops_name(*of.constructors[0])
                     : "ops_of" + of.cpp.substr(std::string_view("::mtp::tl").size());
}

std::string ops_expression(type const& of) {
  if (of.form == wire::record) return ops_name(*of.of);
  if (of.form == wire::handle) return ops_name(*of.sum);
  if (of.form == wire::vector) return "list_ops<" + of.element[0].cpp + ">";
  return "builtin::" + builtin_ops(of);
}

std::string ops_text(model const& from, record const& of, std::string const& suffix) {
  auto const layout = layout_of(of, suffix);
  std::string out = layout.tables;
  if (of.is_compiled) out += "namespace {\n" + compiled_text(of, suffix) + "}  // namespace\n";
  definition ops(of.cpp, ops_name(of));
  ops.add("min_size", number(of.min_size()));
  ops.add("id", hex(of.of->id));
  if (of.tag != 0) ops.add("tag", number(of.tag));
  ops.add("what", codec + "form::record");
  if (is_trivial(of)) {
    ops.add("in_place", "sizeof(" + of.cpp + ") <= 8 && alignof(" + of.cpp + ") <= 8");
    ops.add("trivial", "true");
  }
  if (of.made && of.made->single() && of.made->recursive) ops.add("recursive", "true");
  if (layout.blocks != 0) ops.add("count", number(layout.blocks));
  if (std::size_t const image = image_of(of); image != 0) ops.add("image", number(image));
  if (layout.blocks != 0) ops.add("blocks", codec + "blocks" + suffix);
  if (of.is_compiled) ops.add("code", "&" + codec + "compiled" + suffix);
  ops.add("table", "&" + codec + names_table(from));
  return out + ops.text();
}

namespace {

/// The constructors of a family in places that bits of their ids say.
struct alternatives {
  std::vector<record const*> places = {};  ///< null where nothing is
  unsigned shift = 0;
  std::size_t steps = 0;  ///< to find every one of them
};

alternatives place_alternatives(family const& of, std::size_t size, unsigned shift) {
  alternatives out{std::vector<record const*>(size), shift};
  for (auto const* one : of.constructors) {
    std::size_t at = one->of->id >> shift;
    for (; out.places[at % size]; ++at) ++out.steps;
    out.places[at % size] = one;
  }
  return out;
}

/// Ids are checksums, so nearly any bits of them will do; those are taken that do best.
alternatives place_alternatives(family const& of) {
  std::size_t size = 2;
  while (2 * size < 3 * of.constructors.size()) size *= 2;
  auto best = place_alternatives(of, size, 0);
  for (unsigned shift = 1; shift < 32 && best.steps != 0; ++shift) {
    auto next = place_alternatives(of, size, shift);
    if (next.steps < best.steps) best = std::move(next);
  }
  return best;
}

}  // namespace

std::string ops_text(model const& from, family const& of, std::string const& suffix) {
  auto const placed = place_alternatives(of);
  std::string entries;
  for (auto const* one : placed.places)
    entries += one ? "    {" + hex(one->of->id) + ", &" + ops_name(*one) + "},\n" : "    {},\n";
  std::string const table = "alternatives" + suffix;
  std::string out = table_text("alternative", table, entries);
  definition ops(of.cpp, ops_name(of));
  ops.add("min_size", number(of.min_size));
  ops.add("what", codec + "form::family");
  if (of.recursive) ops.add("recursive", "true");
  ops.add("shift", number(placed.shift));
  ops.add("count", number(placed.places.size()));
  ops.add("alternatives", codec + table);
  ops.add("table", "&" + codec + names_table(from));
  return out + ops.text();
}

std::set<std::string> ops_used(record const& of) {
  std::set<std::string> out;
  for (auto const& one : of.fields) {
    type const* const shown = shown_type(one);
    if (shown && shown->of) out.insert(ops_name(*shown->of));
    if (shown && shown->sum) out.insert(ops_name(*shown->sum));
  }
  return out;
}

}  // namespace tlgen
