// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/tl/schema/print.hpp>

#include "order.hpp"

#include <algorithm>
#include <array>

namespace mtp::MTP_ABI::tl::schema {
namespace {

std::string hex8(std::uint32_t id) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out(8, '0');
  for (std::size_t i = 8; i-- > 0; id >>= 4) out[i] = digits[id & 15];
  return out;
}

std::string print_condition(field const& one) {
  if (!one.when) return {};
  return one.when->word + '.' + std::to_string(one.when->bit) + '?';
}

/// The body of one of TL's own types.
std::string print_special(definition const& one) {
  if (one.form == body_form::opaque) return " ?";
  if (one.form == body_form::counted) return " # [ " + one.element + " ]";
  return ' ' + std::to_string(one.tuple_size) + "*[ " + one.element + " ]";
}

/// `Vector t` of `# [ t ] = Vector t` is written with a blank, all other results with brackets.
std::string print_result(definition const& one) {
  if (one.form == body_form::counted && !one.result.arguments.empty())
    return one.result.name.full() + ' ' + print(one.result.arguments.front());
  return print(one.result);
}

std::string print_with_name(definition const& one, std::string head) {
  for (auto const& variable : one.variables) head += " {" + variable + ":Type}";
  for (auto const& each : one.fields) head += ' ' + print(each);
  if (!one.is_record()) head += print_special(one);
  return head + " = " + print_result(one);
}

/// A type as the id rule wants it: no brackets.
std::string id_type(type_ref const& type) {
  std::string out = type.kind == type_kind::function ? "!" : type.percent ? "%" : "";
  out += type.name.full();
  for (auto const& argument : type.arguments) out += ' ' + id_type(argument);
  return out;
}

std::string id_field(field const& one) {
  std::string const type = one.type.kind == type_kind::bytes ? "string" : id_type(one.type);
  return ' ' + one.name + ':' + print_condition(one) + type;
}

constexpr std::array<std::uint32_t, 256> make_crc_table() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 0; i < 256; ++i) {
    std::uint32_t value = i;
    for (int bit = 0; bit < 8; ++bit) value = value >> 1 ^ ((value & 1) != 0 ? 0xedb88320u : 0u);
    table[i] = value;
  }
  return table;
}

/// A blank line between the parts of a text.
bool starts_group(definition const& before, definition const& one) {
  if (one.is_function()) return before.name.space != one.name.space;
  return before.result.name.space != one.result.name.space;
}

}  // namespace

std::string print(type_ref const& type) {
  std::string out = type.kind == type_kind::function ? "!" : type.percent ? "%" : "";
  out += type.name.full();
  if (type.arguments.empty()) return out;
  char separator = '<';
  for (auto const& argument : type.arguments) {
    out += separator + print(argument);
    separator = ',';
  }
  return out + '>';
}

std::string print(field const& one) {
  return one.name + ':' + print_condition(one) + print(one.type);
}

std::string print(definition const& one) {
  return print_with_name(one, one.full_name() + '#' + hex8(one.id)) + ';';
}

std::string id_text(definition const& one) {
  std::string out = one.full_name();
  for (auto const& variable : one.variables) out += ' ' + variable + ":Type";
  for (auto const& each : one.fields) {
    if (!each.is_flag()) out += id_field(each);
  }
  if (!one.is_record()) out += print_special(one);
  return out + " = " + id_type(one.result);
}

std::uint32_t crc32(std::string_view data) {
  static constexpr auto table = make_crc_table();
  std::uint32_t value = 0xffffffffu;
  for (char c : data) value = value >> 8 ^ table[(value ^ static_cast<unsigned char>(c)) & 255];
  return ~value;
}

std::uint32_t computed_id(definition const& one) { return crc32(id_text(one)); }

std::string normalise(document const& schema, std::vector<std::string> const& header) {
  std::vector<definition const*> order;
  for (auto const& one : schema.definitions()) order.push_back(&one);
  std::sort(order.begin(), order.end(),
            [](auto const* a, auto const* b) { return in_own_order(*a, *b); });

  std::string out;
  if (schema.layer() != 0) out += "// LAYER " + std::to_string(schema.layer()) + '\n';
  for (auto const& line : header) out += "// " + line + '\n';
  definition const* before = nullptr;
  for (definition const* one : order) {
    bool const first_function = one->is_function() && (before == nullptr || !before->is_function());
    if (first_function) out += "\n---functions---\n";
    if (before == nullptr || first_function || starts_group(*before, *one)) out += '\n';
    out += print(*one) + '\n';
    before = one;
  }
  return out;
}

}  // namespace mtp::MTP_ABI::tl::schema
