// SPDX-License-Identifier: MIT OR Apache-2.0
#include "emit.hpp"
#include "names.hpp"

namespace tlgen {
namespace {

std::string form_of(type const& of) {
  if (of.form != wire::record) return "form::plain";
  return of.bare ? "form::bare" : "form::boxed";
}

class body_writer {
 public:
  explicit body_writer(record const& of) : of_(of) {}

  std::string text() {
    for (std::size_t i = 0; i < of_.fields.size(); ++i) {
      if (of_.fields[i].is_word) add_pairs(i);
    }
    for (std::size_t i = 0; i < of_.fields.size(); ++i) add(i);
    flush();
    return out_;
  }

 private:
  static std::string is_set(field const& one) {
    return one.is_flag ? "v." + one.name : "v." + one.name + ".has_value()";
  }
  std::string where(field const& one) const {
    return "place{" + of_.cpp + "::tl_name, \"" + one.tl + "\"}";
  }

  /// Fields that share a bit are all set, or none is.
  void add_pairs(std::size_t word) {
    for (std::size_t i = 0; i < of_.fields.size(); ++i) {
      if (of_.fields[i].word != word) continue;
      for (std::size_t k = i + 1; k < of_.fields.size(); ++k) {
        field const& a = of_.fields[i];
        field const& b = of_.fields[k];
        if (b.word != word || b.bit != a.bit) continue;
        out_ += "  if (" + is_set(a) + " != " + is_set(b) + ") e.partial_group(" + where(a) +
                ", \"" + b.tl + "\", " + is_set(a) + ");\n";
        break;
      }
    }
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
    if (one.is_word) return add_to_run(4, word_value(index));
    if (one.sizes_next) {
      return add_to_run(
          4, "static_cast<std::int32_t>(v." + of_.fields[index + 1].name + ".view().size())");
    }
    if (!one.word && one.value.form == wire::fixed)
      return add_to_run(one.value.size, "v." + one.name);
    flush();
    if (one.optional()) out_ += "  if (" + is_set(one) + ")\n  ";
    out_ += "  " + write_statement(one) + "\n";
  }

  std::string write_statement(field const& one) const {
    std::string const at = "v." + one.name;
    type const& of = one.value;
    if (one.boxed) return "write_box<" + form_of(of) + ">(e, " + at + ", " + where(one) + ");";
    std::string const value = one.optional() && of.form != wire::handle ? "*" + at : at;
    switch (of.form) {
      case wire::record: return "write_one<" + form_of(of) + ">(e, " + value + ", {});";
      case wire::vector:
        return (of.bare ? "write_items<" : "write_vector<") + form_of(of.element[0]) + ">(e, " +
               value + ", " + where(one) + ");";
      default: return "write(e, " + value + ", " + where(one) + ");";
    }
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
  std::string out_;
  std::size_t run_ = 0;
  std::string run_text_;
};

}  // namespace

std::string encoder_text(record const& of) {
  std::string const body = body_writer(of).text();
  if (body.empty()) return "void write_body(encoder&, " + of.cpp + " const&) {}\n";
  std::string const uses_value = body.find("v.") == std::string::npos ? "" : " v";
  return "void write_body(encoder& e, " + of.cpp + " const&" + uses_value + ") {\n" + body + "}\n";
}

}  // namespace tlgen
