// SPDX-License-Identifier: MIT OR Apache-2.0
#include "emit.hpp"
#include "fields.hpp"
#include "names.hpp"

#include <stdexcept>

namespace tlgen {
namespace {

std::string word_name(std::size_t index) { return "f" + std::to_string(index); }

/// Reads one struct: runs of numbers are checked once.
class reader_writer {
 public:
  explicit reader_writer(record const& of) : of_(of) {}

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
    std::string const read = call(one);
    out_ += one.optional() ? "  if (" + test(one) + " && !" + read + ") return false;\n"
                           : "  if (!" + read + ") return false;\n";
  }

  static std::string call(field const& one) {
    std::string const at = "v." + one.name;
    bool const in_optional = one.optional() && !one.boxed && one.value.form != wire::handle;
    std::string const place = in_optional ? at + ".emplace()" : at;
    type const& of = one.value;
    if (one.boxed)
      return "read_box(d, &" + at + ", " + ops_expression(of) + ", " + truth(of.bare) + ")";
    switch (of.form) {
      case wire::fixed: return "d.number(" + place + ")";
      case wire::boolean: return "d.boolean(" + place + ")";
      case wire::text: return "d.text(" + place + ")";
      case wire::raw: return "d.rest(" + place + ".data)";
      case wire::sized_raw: return "d.sized(" + place + ".data, v.bytes)";
      case wire::vector:
        return std::string(of.bare ? "read_items" : "read_vector") + "(d, &" + place + ", " +
               ops_expression(of.element[0]) + ", " + truth(has_bare_elements(one)) + ")";
      case wire::record:
        return std::string(of.bare ? "read_record" : "read_boxed") + "(d, &" + place + ", " +
               ops_expression(of) + ")";
      case wire::handle: return "read_handle(d, &" + place + ", " + ops_expression(of) + ")";
    }
    return {};
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

/// Writes one struct.
class writer_writer {
 public:
  writer_writer(record const& of, std::string suffix) : of_(of), suffix_(std::move(suffix)) {}

  std::string text() {
    for (std::size_t i = 0; i < of_.fields.size(); ++i) add(i);
    flush();
    return out_;
  }

 private:
  static std::string is_set(field const& one) {
    return one.is_flag ? "v." + one.name : "v." + one.name + ".has_value()";
  }
  std::string where(std::size_t index) const {
    return "place{&" + ops_name(of_) + ", " + std::to_string(index) + "}";
  }

  /// Fields that share a bit are all set, or none is.
  void add_checks(std::size_t word) {
    for (std::size_t i = 0; i < of_.fields.size(); ++i) {
      field const& a = of_.fields[i];
      if (a.word != word) continue;
      for (std::size_t k = i + 1; k < of_.fields.size(); ++k) {
        field const& b = of_.fields[k];
        if (b.word != word || b.bit != a.bit) continue;
        out_ += "  if (" + is_set(a) + " != " + is_set(b) + ") check_shared_bits(e, from, " +
                ops_name(of_) + ", words" + suffix_ + "[" + std::to_string(words_) + "]);\n";
        break;
      }
    }
    ++words_;
  }

  std::string word_value(std::size_t word) const {
    std::string out;
    unsigned done = 0;
    for (auto const& one : of_.fields) {
      if (one.word != word || (done >> one.bit & 1) != 0) continue;
      done |= 1u << one.bit;
      out += (out.empty() ? "" : " | ") + ("bit(" + is_set(one)) + ", " + std::to_string(one.bit) +
             ")";
    }
    return out.empty() ? "std::uint32_t{0}" : out;
  }

  void add(std::size_t index) {
    field const& one = of_.fields[index];
    if (one.is_flag) return;
    if (one.is_word) {
      add_checks(index);
      return add_to_run(4, word_value(index));
    }
    if (one.sizes_next) {
      return add_to_run(
          4, "static_cast<std::int32_t>(v." + of_.fields[index + 1].name + ".view().size())");
    }
    if (!one.word && one.value.form == wire::fixed)
      return add_to_run(one.value.size, "v." + one.name);
    flush();
    if (one.optional()) out_ += "  if (" + is_set(one) + ")\n  ";
    out_ += "  " + call(one, where(index)) + ";\n";
  }

  static std::string call(field const& one, std::string const& where) {
    std::string const at = "v." + one.name;
    type const& of = one.value;
    if (one.boxed)
      return "write_box(e, &" + at + ", " + ops_expression(of) + ", " + truth(of.bare) + ", " +
             where + ")";
    std::string const value = one.optional() && of.form != wire::handle ? "*" + at : at;
    std::string const address = value == at ? "&" + at : "&" + value;
    switch (of.form) {
      case wire::fixed: return "e.number(" + value + ")";
      case wire::boolean: return "e.boolean(" + value + ")";
      case wire::text: return "e.text(" + value + ", " + where + ")";
      case wire::raw:
      case wire::sized_raw: return "e.raw_bytes((" + value + ").view())";
      case wire::vector:
        return std::string(of.bare ? "write_items" : "write_vector") + "(e, " + address + ", " +
               ops_expression(of.element[0]) + ", " + truth(has_bare_elements(one)) + ", " + where +
               ")";
      case wire::record:
        return "write_record(e, " + address + ", " + ops_expression(of) + ", " + truth(of.bare) +
               ")";
      case wire::handle: return "write_handle(e, " + address + ", " + where + ")";
    }
    return {};
  }

  void add_to_run(std::size_t size, std::string const& value) {
    run_ += size;
    run_text_ += "  e.put(" + value + ");\n";
  }
  void flush() {
    if (run_ != 0) out_ += "  e.room(" + std::to_string(run_) + ");\n" + run_text_;
    run_ = 0;
    run_text_.clear();
  }

  record const& of_;
  std::string suffix_;
  std::string out_;
  std::size_t words_ = 0;
  std::size_t run_ = 0;
  std::string run_text_;
};

}  // namespace

std::string compiled_text(record const& of, std::string const& suffix) {
  if (of.fields.empty() || image_of(of) != 0)
    throw std::runtime_error(of.tl + ": numbers alone are not compiled, they are copied");
  std::string const value =
      " const& v = *static_cast<" + of.cpp + " const*>(static_cast<void const*>(from));\n";
  return "bool read" + suffix + "(decoder& d, void* to) {\n  auto& v = *static_cast<" + of.cpp +
         "*>(to);\n" + reader_writer(of).text() + "  return true;\n}\n" + "void write" + suffix +
         "(encoder& e, unsigned char const* from) {\n  auto" + value +
         writer_writer(of, suffix).text() + "}\nconstexpr compiled compiled" + suffix +
         " = {&read" + suffix + ", &write" + suffix + ", &copy_value<" + of.cpp +
         ">, &destroy_value<" + of.cpp + ">};\n";
}

}  // namespace tlgen
