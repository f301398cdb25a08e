// SPDX-License-Identifier: MIT OR Apache-2.0
#include "emit.hpp"
#include "names.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <utility>

namespace tlgen {
namespace {

/// A name for the parameter of operator== that no field has.
std::string other_name(record const& of) {
  std::string out = "o";
  auto const named = [&](field const& one) { return one.name == out; };
  while (std::any_of(of.fields.begin(), of.fields.end(), named)) out += '_';
  return out;
}

std::string equality_text(record const& of) {
  bool const holds = std::any_of(of.fields.begin(), of.fields.end(),
                                 [](field const& one) { return !one.is_word; });
  std::string const other = holds ? " " + other_name(of) : "";
  std::string const test = holds ? "::mtp::tl::codec::equal(this, &" + other.substr(1) +
                                       ", ::mtp::tl::codec::" + ops_name(of) + ")"
                                 : "true";
  return "bool " + of.cpp.substr(2) + "::operator==(" + of.cpp + " const&" + other +
         ") const {\n  return " + test + ";\n}\n";
}

constexpr char const* open_codec = "namespace mtp::MTP_ABI::tl::codec {\n";
constexpr char const* close_codec = "}  // namespace mtp::MTP_ABI::tl::codec\n";
/// A type with more text than this is compiled in several sources.
constexpr std::size_t max_unit_size = 60000;

/// Collects what is compiled together.
class unit_writer {
 public:
  unit_writer(model const& from, std::string name) : from_(from) { unit_.name = std::move(name); }

  void add(record const& of) {
    unit_.ops.merge(ops_used(of));
    unit_.ops.insert(ops_name(of));
    tables_ += ops_text(from_, of, suffix(of.of->id));
    members_ += equality_text(of);
    unit_.has_code = unit_.has_code || of.is_compiled;
    if (of.made) {
      unit_.complete.insert(of.made);
    } else {
      unit_.loose.insert(&of);
    }
  }
  void add_handle(family const& of) {
    for (auto const* one : of.constructors) unit_.ops.insert(ops_name(*one));
    unit_.ops.insert(ops_name(of));
    unit_.complete.insert(&of);
    // No other type has the constructor.
    std::string const name = suffix(of.constructors[0]->of->id);
    auto const accessors = accessor_definitions(of, name);
    tables_ += ops_text(from_, of, name) + accessors.tables;
    members_ += accessors.definitions;
  }

  std::size_t size() const { return tables_.size() + members_.size(); }
  unit finish() {
    unit_.text = open_codec + tables_ + close_codec + members_;
    return std::move(unit_);
  }

 private:
  static std::string suffix(std::uint32_t id) { return "_" + hex(id).substr(2); }

  std::reference_wrapper<model const> from_;
  unit unit_;
  std::string tables_;
  std::string members_;
};

void add_family(model const& from, family const& of, std::vector<unit>& to) {
  int part = 0;
  auto const name = [&] { return "t " + of.cpp + " " + std::to_string(part++); };
  unit_writer writer(from, name());
  for (auto const* one : of.constructors) {
    if (writer.size() > max_unit_size)
      to.push_back(std::exchange(writer, unit_writer(from, name())).finish());
    writer.add(*one);
  }
  if (!of.single()) writer.add_handle(of);
  to.push_back(writer.finish());
}

std::vector<unit> all_units(model const& from) {
  std::vector<unit> out;
  for (auto const& one : from.families()) add_family(from, one, out);
  for (auto const& one : from.records()) {
    if (one.made) continue;
    unit_writer writer(from, "u " + one.cpp);
    writer.add(one);
    out.push_back(writer.finish());
  }
  return out;
}

std::string source_includes(model const& from, std::vector<unit> const& units) {
  target const& where = from.where();
  if (where.one_header) return "#include <" + where.headers + "/" + where.set + ".hpp>\n";
  std::set<std::string> paths;
  for (auto const& one : units) {
    for (auto const* needed : one.complete)
      paths.insert(where.headers + "/types/" + needed->header());
    for (auto const* loose : one.loose) {
      paths.insert(where.headers + "/functions/" + (loose->space.empty() ? "root" : loose->space) +
                   ".hpp");
    }
  }
  std::string out;
  for (auto const& path : paths) out += "#include <" + path + ">\n";
  return out;
}

std::string two_digits(std::size_t index) {
  return (index < 10 ? "0" : "") + std::to_string(index);
}

/// Declares the ops, each in the namespace that mirrors that of its type.
std::string ops_declarations(std::set<std::string> const& names) {
  std::map<std::string, std::string> spaces;
  for (auto const& name : names) {
    auto const end = name.rfind("::");
    spaces[name.substr(0, end)] +=
        "extern ::mtp::tl::codec::ops const " + name.substr(end + 2) + ";\n";
  }
  std::string out;
  for (auto const& [space, text] : spaces) {
    std::string const whole = "namespace mtp::MTP_ABI::tl::codec::" + space;
    out += whole + " {\n" + text + "}  // " + whole + "\n";
  }
  return out;
}

std::string ops_declarations(std::vector<unit> const& units) {
  std::set<std::string> names;
  for (auto const& one : units) names.insert(one.ops.begin(), one.ops.end());
  return ops_declarations(names);
}

constexpr char const* offset_note =
    "// Structs whose members keep secrets have offsets all the same, if not for the standard.\n"
    "#pragma GCC diagnostic ignored \"-Winvalid-offsetof\"\n\n";

}  // namespace

std::string names_table(model const& from) { return "names_of_" + from.where().set; }

void emit_sources(model const& from, output& to) {
  auto const sources = balance(all_units(from), from.where().sources);
  for (std::size_t i = 0; i < sources.size(); ++i) {
    std::string text = banner(from.where().source, from.document().layer());
    bool const has_code = std::any_of(sources[i].begin(), sources[i].end(),
                                      [](unit const& one) { return one.has_code; });
    text += source_includes(from, sources[i]) + "\n" +
            (has_code ? "#include \"tl/codec/compiled.hpp\"\n" : "") +
            "#include \"tl/codec/generated.hpp\"\n\n";
    text += offset_note + ops_declarations(sources[i]);
    text += std::string(open_codec) + "extern schema_table const " + names_table(from) + ";\n" +
            close_codec;
    for (auto const& one : sources[i]) text += one.text;
    to.add("src/" + from.where().set + "/layouts_" + two_digits(i) + ".cpp", text);
  }
}

void emit_registry(model const& from, output& to) {
  std::string const set = from.where().set;
  std::set<std::string> names;
  for (auto const& one : from.records()) names.insert(ops_name(one));
  std::string all;
  for (auto const& one : names) all += "    &" + one + ",\n";
  to.add("src/" + set + "/registry.cpp",
         banner(from.where().source, from.document().layer()) +
             "#include \"tl/codec/registry.hpp\"\n\n" + ops_declarations(names) + open_codec +
             "namespace {\n\n" + table_text("ops const*", "all", all) +
             "}  // namespace\n\nstd::span<ops const* const> ops_of_" + set +
             "() { return all; }\n" + close_codec);
}

}  // namespace tlgen
