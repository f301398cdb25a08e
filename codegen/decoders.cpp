// SPDX-License-Identifier: MIT OR Apache-2.0
#include "emit.hpp"
#include "names.hpp"

#include <functional>

namespace tlgen {
namespace {

std::string form_of(type const& of) {
  if (of.form != wire::record) return "form::plain";
  return of.bare ? "form::bare" : "form::boxed";
}

std::string min_size_of_element(type const& of) {
  std::size_t size = 4;
  if (of.form == wire::fixed) size = of.size;
  if (of.form == wire::record) size = of.of->min_body + (of.bare ? 0 : 4);
  if (of.form == wire::handle) size = of.sum->min_size;
  if (of.form == wire::vector) size = of.bare ? 4 : 8;
  return std::to_string(size == 0 ? 1 : size);
}

/// An expression that reads `of` into the lvalue `at` and says whether that went well.
std::string read_expression(type const& of, std::string const& at) {
  switch (of.form) {
    case wire::record: return (of.bare ? "read_body(d, " : "read_boxed(d, ") + at + ")";
    case wire::vector:
      return (of.bare ? "read_items<" : "read_vector<") + form_of(of.element[0]) + ">(d, " + at +
             ", " + min_size_of_element(of.element[0]) + ")";
    default: return "read(d, " + at + ")";
  }
}

/// Writes the body of one read_body: runs of scalars are checked once.
class body_writer {
 public:
  explicit body_writer(record const& of) : of_(of) {}

  std::string text() {
    for (std::size_t i = 0; i < of_.fields.size(); ++i) add(i);
    flush();
    return out_;
  }

 private:
  void add(std::size_t index) {
    field const& one = of_.fields[index];
    if (one.is_flag) {
      flags_ += "  v." + one.name + " = " + test(one) + ";\n";
      if (run_ == 0) flush();
    } else if (one.is_word) {
      run_ += 4;
      run_text_ += is_used(index) ? "  std::uint32_t const " + word_name(index) + " = d.word();\n"
                                  : "  d.word();\n";
    } else if (!one.word && one.value.form == wire::fixed) {
      run_ += one.value.size;
      run_text_ += "  v." + one.name + " = d.take<" + one.value.cpp + ">();\n";
    } else {
      flush();
      add_checked(one);
    }
  }

  void add_checked(field const& one) {
    std::string const at = "v." + one.name;
    std::string read;
    if (one.boxed) {
      read = "read_box<" + form_of(one.value) + ">(d, " + at + ")";
    } else if (one.optional() && one.value.form != wire::handle) {
      read = read_expression(one.value, at + ".emplace()");
    } else if (one.value.form == wire::sized_raw) {
      read = "d.sized(" + at + ", v.bytes)";
    } else {
      read = read_expression(one.value, at);
    }
    out_ += one.optional() ? "  if (" + test(one) + " && !" + read + ") return false;\n"
                           : "  if (!" + read + ") return false;\n";
  }

  /// Flags of a word come after the run that reads it.
  void flush() {
    if (run_ != 0)
      out_ += "  if (!d.has(" + std::to_string(run_) + ")) return false;\n" + run_text_;
    out_ += flags_;
    run_ = 0;
    run_text_.clear();
    flags_.clear();
  }

  std::string word_name(std::size_t index) const { return "f" + std::to_string(index); }
  std::string test(field const& one) const {
    return "(" + word_name(*one.word) + " & " + hex(1u << one.bit) + ") != 0";
  }
  bool is_used(std::size_t word) const {
    for (auto const& one : of_.fields) {
      if (one.word == word) return true;
    }
    return false;
  }

  record const& of_;
  std::string out_;
  std::size_t run_ = 0;
  std::string run_text_;
  std::string flags_;
};

}  // namespace

std::string decoder_text(record const& of) {
  std::string const body = body_writer(of).text();
  if (body.empty()) return "bool read_body(decoder&, " + of.cpp + "&) {\n  return true;\n}\n";
  bool const guarded = of.made && of.made->single() && of.made->recursive;
  std::string const uses_value = body.find("v.") == std::string::npos ? "" : " v";
  return "bool read_body(decoder& d, " + of.cpp + "&" + uses_value + ") {\n" +
         (guarded ? "  level const inside(d);\n  if (!inside) return false;\n" : "") + body +
         "  return true;\n}\n";
}

std::string decoder_text(family const& of) {
  std::string out = "bool read(decoder& d, " + of.cpp + "& v) {\n";
  if (of.recursive) out += "  level const inside(d);\n  if (!inside) return false;\n";
  out += "  std::uint32_t id = 0;\n  if (!d.id(id)) return false;\n  switch (id) {\n";
  for (auto const* one : of.constructors) {
    out += "    case " + hex(one->of->id) + ": return d.alternative<" + one->cpp + ">(v, ops_of<" +
           one->cpp + ">::made);\n";
  }
  return out + "    default: return d.unknown(id);\n  }\n}\n";
}

}  // namespace tlgen
