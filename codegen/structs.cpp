// SPDX-License-Identifier: MIT OR Apache-2.0
#include "emit.hpp"
#include "names.hpp"

namespace tlgen {
namespace {

/// Whether the type of the member tells whether it may be absent: handles and boxes can be empty
/// wherever they stand.
bool shows_absence(field const& of) {
  return !of.optional() || (!of.boxed && of.value.form != wire::handle);
}

}  // namespace

std::string struct_text(record const& of) {
  std::string out = "struct MTP_API " + of.name + " {\n";
  out += "  static constexpr std::uint32_t tl_id = " + hex(of.of->id) + ";\n";
  out += "  static constexpr char tl_name[] = \"" + of.tl + "\";\n";
  if (of.of->is_function()) out += "  using response = " + of.response + ";\n";
  for (auto const& one : of.fields) {
    if (one.is_word) continue;
    out += "  " + one.member() + " " + one.name + " = {};";
    out += shows_absence(one) ? "\n" : "  ///< optional\n";
  }
  out += "  bool operator==(" + of.cpp + " const&) const;\n";
  return out + "};\n";
}

std::string handle_text(family const& of) {
  std::string const& name = of.name;
  std::string out = "class MTP_API " + name + " : public ::mtp::tl::detail::handle {\n public:\n";
  out += "  enum class tags : std::uint16_t { none";
  for (auto const* one : of.constructors) out += ", " + one->name;
  out += " };\n  static constexpr std::uint32_t constructor_ids[] = {";
  for (auto const* one : of.constructors) out += hex(one->of->id) + ",";
  out += "};\n  " + name + "() noexcept = default;\n";
  out += "  template <::mtp::tl::detail::constructor_of<" + name + "> T>\n";
  out += "  " + name + "(T value) { hold(std::move(value)); }\n";
  out += "  tags tag() const noexcept { return static_cast<tags>(place_of_alternative()); }\n";
  out += "  template <class T> T const* get_if() const noexcept { return alternative<T, " + name +
         ">(); }\n";
  out += "  template <class T> T* get_if() noexcept { return alternative<T, " + name + ">(); }\n";
  out += "  template <class T> bool holds() const noexcept { return holds_alternative<T, " + name +
         ">(); }\n";
  out += "  template <class F> decltype(auto) visit(F&& f) const;\n";
  out += accessor_declarations(of);
  return out + "  bool operator==(" + name + " const& o) const { return equals(o); }\n};\n";
}

std::string visit_text(family const& of) {
  std::string out =
      "template <class F>\ndecltype(auto) " + of.cpp.substr(2) + "::visit(F&& f) const {\n";
  out += "  return visit_alternatives<F";
  for (auto const* one : of.constructors) out += ", " + one->cpp;
  return out + ">(f);\n}\n";
}

}  // namespace tlgen
