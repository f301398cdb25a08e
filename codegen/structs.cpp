// SPDX-License-Identifier: MIT OR Apache-2.0
#include "emit.hpp"
#include "names.hpp"

namespace tlgen {

std::string struct_text(record const& of) {
  std::string out = "struct " + of.name + " {\n";
  out += "  static constexpr std::uint32_t tl_id = " + hex(of.of->id) + ";\n";
  out += "  static constexpr std::string_view tl_name{\"" + of.tl + "\", " +
         std::to_string(of.tl.size()) + "};\n";
  if (of.of->is_function()) out += "  using response = " + of.response + ";\n";
  for (auto const& one : of.fields) {
    if (!one.is_word) out += "  " + one.member() + " " + one.name + " = {};\n";
  }
  out += "  bool operator==(" + of.cpp + " const&) const;\n";
  return out + "};\n";
}

std::string handle_text(family const& of) {
  std::string out =
      "class " + of.name + " : public ::mtp::tl::detail::sum<" + of.name + "> {\n public:\n";
  out += "  enum class tags : std::uint16_t { none";
  for (auto const* one : of.constructors) out += ", " + one->name;
  out += " };\n  static constexpr std::uint32_t constructor_ids[] = {";
  for (auto const* one : of.constructors) out += hex(one->of->id) + ",";
  out += "};\n  using sum::sum;\n";
  out += "  tags tag() const noexcept { return static_cast<tags>(handle::index()); }\n";
  out += accessor_declarations(of);
  out += "  template <class F>\n  decltype(auto) visit(F&& f) const;\n};\n";
  return out;
}

std::string visit_text(family const& of) {
  std::string out =
      "template <class F>\ndecltype(auto) " + of.cpp.substr(2) + "::visit(F&& f) const {\n";
  out += "  switch (tag()) {\n";
  for (auto const* one : of.constructors) {
    out += "    case tags::" + one->name + ": return f(*static_cast<" + one->cpp +
           " const*>(handle::at()));\n";
  }
  return out + "    case tags::none: break;\n  }\n  ::mtp::tl::detail::visited_empty();\n}\n";
}

}  // namespace tlgen
