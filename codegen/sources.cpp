// SPDX-License-Identifier: MIT OR Apache-2.0
#include "emit.hpp"
#include "names.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace tlgen {
namespace {

std::string table_name(model const& from) { return "names_of_" + from.where().set; }

std::string ops_text(std::string const& cpp, std::string const& make) {
  return "template <>\nstruct ops_of<" + cpp + "> {\n  static constexpr ops made = " + make +
         ";\n  static ops const& here() noexcept { return made; }\n};\n";
}

std::string record_ops(model const& from, record const& of) {
  return ops_text(of.cpp, "record_ops<" + of.cpp + ">(" + std::to_string(of.tag) + ", " +
                              std::to_string(of.min_size()) + ", &" + table_name(from) + ")");
}

/// Promised before anything in the source can use it.
std::string promise(std::string const& cpp) {
  return "template <>\nops const& ops_for<" + cpp + ">::get() noexcept;\n";
}
std::string door(std::string const& cpp) {
  return "template <>\nops const& ops_for<" + cpp + ">::get() noexcept { return ops_of<" + cpp +
         ">::made; }\n";
}

std::string equality_text(record const& of) {
  std::string tests;
  for (auto const& one : of.fields) {
    if (one.is_word) continue;
    if (!tests.empty()) tests += " &&\n         ";
    bool const is_double = one.value.kind == schema::type_kind::float64 && !one.is_flag;
    tests += is_double ? "mtp::tl::codec::same(" + one.name + ", o." + one.name + ")"
                       : one.name + " == o." + one.name;
  }
  std::string const cpp = of.cpp.substr(2);
  return "bool " + cpp + "::operator==(" + of.cpp + " const&" + (tests.empty() ? "" : " o") +
         ") const {\n  return " + (tests.empty() ? "true" : tests) + ";\n}\n";
}

/// What a record's codec needs of others.
struct needs {
  std::set<family const*> complete;
  std::set<std::string> declarations;

  void add(type const& of) {
    each_type(of, [&](type const& met) {
      if (met.sum) declarations.insert("bool read(decoder&, " + met.sum->cpp + "&);\n");
      if (!met.of) return;
      declarations.insert("bool read_body(decoder&, " + met.of->cpp + "&);\n");
      declarations.insert("void write_body(encoder&, " + met.of->cpp + " const&);\n");
      complete.insert(met.of->made);
    });
  }
  void add(record const& of) {
    for (auto const& one : of.fields) add(one.value);
  }
};

constexpr char const* open_codec = "namespace mtp::tl::codec {\n";
constexpr char const* close_codec = "}  // namespace mtp::tl::codec\n";

std::string join(std::set<std::string> const& lines) {
  std::string out;
  for (auto const& one : lines) out += one;
  return out;
}

unit finish(std::string name, needs const& wanted, std::string const& codecs,
            std::string const& equalities) {
  return {.name = std::move(name),
          .text = open_codec + join(wanted.declarations) + codecs + close_codec + equalities,
          .complete = {wanted.complete.begin(), wanted.complete.end()}};
}

unit family_unit(model const& from, family const& of) {
  needs wanted;
  std::string promised, declared, tables, codecs, equalities, ends;
  for (auto const* one : of.constructors) {
    wanted.add(*one);
    declared += "bool read_body(decoder&, " + one->cpp + "&);\nvoid write_body(encoder&, " +
                one->cpp + " const&);\n";
    tables += record_ops(from, *one);
    codecs += decoder_text(*one) + encoder_text(*one);
    equalities += equality_text(*one);
    promised += promise(one->cpp);
    ends += door(one->cpp);
  }
  wanted.complete.insert(&of);
  if (!of.single()) {
    declared += "bool read(decoder&, " + of.cpp + "&);\n";
    tables += ops_text(of.cpp, "family_ops<" + of.cpp + ">(" + std::to_string(of.min_size) + ", &" +
                                   table_name(from) + ")");
    codecs += decoder_text(of);
    promised += promise(of.cpp);
    ends += door(of.cpp);
    equalities += accessor_definitions(of);
  }
  unit out = finish("t " + of.cpp, wanted, declared + tables + codecs + ends, equalities);
  out.promises = promised;
  return out;
}

unit record_unit(model const& from, record const& of) {
  needs wanted;
  wanted.add(of);
  std::string const declared = "bool read_body(decoder&, " + of.cpp +
                               "&);\nvoid write_body(encoder&, " + of.cpp + " const&);\n";
  unit out =
      finish("u " + of.cpp, wanted,
             declared + record_ops(from, of) + decoder_text(of) + encoder_text(of) + door(of.cpp),
             equality_text(of));
  out.function = &of;
  out.promises = promise(of.cpp);
  return out;
}

std::vector<unit> all_units(model const& from) {
  std::vector<unit> out;
  for (auto const& one : from.families()) out.push_back(family_unit(from, one));
  for (auto const& one : from.records()) {
    if (!one.made) out.push_back(record_unit(from, one));
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
    if (one.function) {
      paths.insert(where.headers + "/functions/" +
                   (one.function->space.empty() ? "root" : one.function->space) + ".hpp");
    }
  }
  std::string out;
  for (auto const& path : paths) out += "#include <" + path + ">\n";
  return out;
}

std::string number(std::size_t index) { return (index < 10 ? "0" : "") + std::to_string(index); }

}  // namespace

void emit_sources(model const& from, output& to) {
  auto const sources = balance(all_units(from), from.where().sources);
  for (std::size_t i = 0; i < sources.size(); ++i) {
    std::string text = banner(from.where().source, from.document().layer());
    text += source_includes(from, sources[i]) + "\n#include \"tl/codec/record.hpp\"\n\n";
    text += std::string(open_codec) + "extern schema_table const " + table_name(from) + ";\n";
    for (auto const& one : sources[i]) text += one.promises;
    text += close_codec;
    for (auto const& one : sources[i]) text += one.text;
    to.add("src/" + from.where().set + "/codecs_" + number(i) + ".cpp", text);
  }
}

}  // namespace tlgen
