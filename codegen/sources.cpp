// SPDX-License-Identifier: MIT OR Apache-2.0
#include "emit.hpp"
#include "names.hpp"

#include <algorithm>
#include <functional>
#include <set>
#include <utility>

namespace tlgen {
namespace {

std::string table_name(model const& from) { return "names_of_" + from.where().set; }

/// What every source that mentions the type in a codec must see first.
std::string codec_promise(std::string const& cpp) {
  return "template <>\nstruct ops_of<" + cpp + "> {\n  static ops const made;\n};\n";
}
std::string door_promise(std::string const& cpp) {
  return "template <>\nops const& ops_for<" + cpp + ">::get() noexcept;\n";
}
/// The ops of a type, and the door through which everything else sees them.
std::string ops_text(std::string const& cpp, std::string const& make) {
  return "constinit ops const ops_of<" + cpp + ">::made = " + make +
         ";\ntemplate <>\nops const& ops_for<" + cpp + ">::get() noexcept { return ops_of<" + cpp +
         ">::made; }\n";
}

std::string record_ops(model const& from, record const& of) {
  return ops_text(of.cpp, "record_ops<" + of.cpp + ">(" + std::to_string(of.tag) + ", " +
                              std::to_string(of.min_size()) + ", &" + table_name(from) + ")");
}
std::string handle_ops(model const& from, family const& of) {
  return ops_text(of.cpp, "family_ops<" + of.cpp + ">(" + std::to_string(of.min_size) + ", &" +
                              table_name(from) + ")");
}

/// A name for the parameter of operator== that no field has.
std::string other_name(record const& of) {
  std::string out = "o";
  auto const named = [&](field const& one) { return one.name == out; };
  while (std::any_of(of.fields.begin(), of.fields.end(), named)) out += '_';
  return out;
}

std::string equality_text(record const& of) {
  std::string const other = other_name(of);
  std::string tests;
  for (auto const& one : of.fields) {
    if (one.is_word) continue;
    if (!tests.empty()) tests += " &&\n         ";
    bool const is_double = one.value.kind == schema::type_kind::float64 && !one.is_flag;
    tests += is_double ? "mtp::tl::codec::same(" + one.name + ", " + other + "." + one.name + ")"
                       : one.name + " == " + other + "." + one.name;
  }
  std::string const cpp = of.cpp.substr(2);
  return "bool " + cpp + "::operator==(" + of.cpp + " const&" + (tests.empty() ? "" : " " + other) +
         ") const {\n  return " + (tests.empty() ? "true" : tests) + ";\n}\n";
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
    own(of.cpp);
    body(of.cpp);
    for (auto const& one : of.fields) add(one.value);
    codecs_ += decoder_text(of) + encoder_text(of) + record_ops(from_, of);
    members_ += equality_text(of);
    if (of.made) {
      unit_.complete.insert(of.made);
    } else {
      unit_.loose.insert(&of);
    }
  }
  void add_handle(family const& of) {
    own(of.cpp);
    for (auto const* one : of.constructors) {
      body(one->cpp);
      unit_.declarations.insert(codec_promise(one->cpp));
    }
    unit_.declarations.insert("bool read(decoder&, " + of.cpp + "&);\n");
    unit_.complete.insert(&of);
    codecs_ += decoder_text(of) + handle_ops(from_, of);
    members_ += accessor_definitions(of);
  }

  std::size_t size() const { return codecs_.size() + members_.size(); }
  unit finish() {
    unit_.text = open_codec + codecs_ + close_codec + members_;
    return std::move(unit_);
  }

 private:
  void own(std::string const& cpp) {
    unit_.declarations.insert(codec_promise(cpp));
    unit_.declarations.insert(door_promise(cpp));
  }
  void body(std::string const& cpp) {
    unit_.declarations.insert("bool read_body(decoder&, " + cpp + "&);\n");
    unit_.declarations.insert("void write_body(encoder&, " + cpp + " const&);\n");
  }
  void add(type const& of) {
    each_type(of, [&](type const& met) {
      if (met.sum) unit_.declarations.insert("bool read(decoder&, " + met.sum->cpp + "&);\n");
      if (!met.of) return;
      body(met.of->cpp);
      unit_.complete.insert(met.of->made);
    });
  }

  std::reference_wrapper<model const> from_;
  unit unit_;
  std::string codecs_;
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

std::string number(std::size_t index) { return (index < 10 ? "0" : "") + std::to_string(index); }

}  // namespace

void emit_sources(model const& from, output& to) {
  auto const sources = balance(all_units(from), from.where().sources);
  for (std::size_t i = 0; i < sources.size(); ++i) {
    std::string text = banner(from.where().source, from.document().layer());
    text += source_includes(from, sources[i]) + "\n#include \"tl/codec/record.hpp\"\n\n";
    text += std::string(open_codec) + "extern schema_table const " + table_name(from) + ";\n";
    std::set<std::string> declarations;
    for (auto const& one : sources[i])
      declarations.insert(one.declarations.begin(), one.declarations.end());
    for (auto const& one : declarations) text += one;
    text += close_codec;
    for (auto const& one : sources[i]) text += one.text;
    to.add("src/" + from.where().set + "/codecs_" + number(i) + ".cpp", text);
  }
}

}  // namespace tlgen
