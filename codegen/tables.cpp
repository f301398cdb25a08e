// SPDX-License-Identifier: MIT OR Apache-2.0
#include "emit.hpp"
#include "names.hpp"

#include <algorithm>
#include <stdexcept>

namespace tlgen {
namespace {

/// All names behind one another, each once.
class name_pool {
 public:
  std::size_t add(std::string const& name) {
    auto const [place, is_new] = offsets_.try_emplace(name, size_);
    if (is_new) {
      text_ += "    \"" + name + "\\0\"\n";
      size_ += name.size() + 1;
    }
    return place->second;
  }
  /// A string literal.
  std::string text() const { return text_.empty() ? "    \"\"\n" : text_; }

 private:
  std::map<std::string, std::size_t> offsets_;
  std::string text_;
  std::size_t size_ = 0;
};

class table_writer {
 public:
  explicit table_writer(model const& from) : from_(from) {
    for (auto const& one : from.document().definitions()) {
      if (one.is_record()) definitions_.push_back(&one);
    }
    auto const by_id = [](auto const* a, auto const* b) { return a->id < b->id; };
    std::sort(definitions_.begin(), definitions_.end(), by_id);
    for (std::size_t i = 0; i < definitions_.size(); ++i) index_[definitions_[i]] = i;
    for (auto const& one : from.families()) {
      family_index_[&one] = family_index_.size();
      families_ += "    {" + std::to_string(names_.add(one.tl)) + "},\n";
    }
  }

  std::string text() {
    std::string definitions;
    for (auto const* one : definitions_) definitions += definition(*one);
    std::string const name = "names_of_" + from_.where().set;
    std::string out =
        "namespace mtp::MTP_ABI::tl::codec {\nnamespace {\n\nconstexpr char names[] =\n" +
        names_.text() + "    ;\n\n";
    out += table_text("type_entry", "types", types_) + table_text("field_entry", "fields", fields_);
    out += table_text("family_entry", "families", families_) +
           table_text("definition_entry", "definitions", definitions);
    return out + "}  // namespace\n\nextern schema_table const " + name +
           ";\nconstinit schema_table const " + name +
           " = {definitions, fields, types, families, names};\n\n}  // namespace "
           "mtp::MTP_ABI::tl::codec\n";
  }

 private:
  std::string definition(schema::definition const& of) {
    record const* const made = from_.find(&of);
    std::size_t const first = field_count_;
    if (made) {
      for (auto const& one : made->fields) field_text(one);
    }
    std::size_t const family = made && made->made ? family_index_.at(made->made) : 65535;
    return "    {" + hex(of.id) + ", " + std::to_string(names_.add(of.full_name())) + ", " +
           std::to_string(first) + ", " + std::to_string(field_count_ - first) + ", " +
           std::to_string(family) + "},\n";
  }

  void field_text(field const& of) {
    std::size_t const word = of.word ? *of.word : 255;
    fields_ += "    {" + std::to_string(names_.add(of.tl)) + ", " + std::to_string(type_of(of)) +
               ", " + std::to_string(word) + ", " + std::to_string(of.bit) + "},\n";
    ++field_count_;
  }

  std::size_t type_of(field const& of) {
    if (of.is_word) return add_type("flag_word", 0);
    if (of.is_flag) return add_type("truth", 0);
    return type_of(of.value);
  }
  std::size_t type_of(type const& of) {
    using schema::type_kind;
    switch (of.form) {
      case wire::boolean: return add_type("boolean", 0);
      case wire::text: return add_type(of.kind == type_kind::string ? "string" : "bytes", 0);
      case wire::raw: return add_type("raw", 0);
      case wire::sized_raw: return add_type("sized_raw", 0);
      case wire::vector:
        return add_type(of.bare ? "bare_vector" : "vector", type_of(of.element[0]));
      case wire::record:
        return of.bare ? add_type("record", index_.at(of.of->of))
                       : add_type("family", family_index_.at(of.of->made));
      case wire::handle: return add_type("family", family_index_.at(of.sum));
      case wire::fixed: break;
    }
    switch (of.kind) {
      case type_kind::int32: return add_type("int32", 0);
      case type_kind::int64: return add_type("int64", 0);
      case type_kind::float64: return add_type("float64", 0);
      case type_kind::int128: return add_type("int128", 0);
      case type_kind::int256: return add_type("int256", 0);
      default: throw std::logic_error("a type without a shape");
    }
  }

  std::size_t add_type(std::string const& shape, std::size_t index) {
    std::string const text = "    {shape::" + shape + ", " + std::to_string(index) + "},\n";
    auto const [place, is_new] = type_index_.try_emplace(text, type_index_.size());
    if (is_new) types_ += text;
    return place->second;
  }

  model const& from_;
  std::vector<schema::definition const*> definitions_;
  std::map<schema::definition const*, std::size_t> index_;
  std::map<family const*, std::size_t> family_index_;
  std::map<std::string, std::size_t> type_index_;
  name_pool names_;
  std::string families_;
  std::string types_;
  std::string fields_;
  std::size_t field_count_ = 0;
};

}  // namespace

std::string table_text(std::string const& type, std::string const& name,
                       std::string const& entries) {
  if (entries.empty()) return "constexpr std::span<" + type + " const> " + name + ";\n\n";
  return "constexpr " + type + " " + name + "[] = {\n" + entries + "};\n\n";
}

namespace {

/// The standard asks compilers for 65 536 characters only; g++ and clang take any number.
constexpr char const* long_text_note =
    "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n\n";

}  // namespace

void emit_tables(model const& from, output& to) {
  std::string const head = banner(from.where().source, from.document().layer());
  to.add("src/" + from.where().set + "/names.cpp",
         head + "#include \"tl/codec/table.hpp\"\n\n" + long_text_note + table_writer(from).text());
}

}  // namespace tlgen
