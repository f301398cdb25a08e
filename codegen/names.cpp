// SPDX-License-Identifier: MIT OR Apache-2.0
#include "names.hpp"

#include <cstdio>

namespace tlgen {
namespace {

std::set<std::string_view> const keywords = {"alignas",       "alignof",     "and",
                                             "and_eq",        "asm",         "auto",
                                             "bitand",        "bitor",       "bool",
                                             "break",         "case",        "catch",
                                             "char",          "char8_t",     "char16_t",
                                             "char32_t",      "class",       "compl",
                                             "concept",       "const",       "consteval",
                                             "constexpr",     "constinit",   "const_cast",
                                             "continue",      "co_await",    "co_return",
                                             "co_yield",      "decltype",    "default",
                                             "delete",        "do",          "double",
                                             "dynamic_cast",  "else",        "enum",
                                             "explicit",      "export",      "extern",
                                             "false",         "float",       "for",
                                             "friend",        "goto",        "if",
                                             "inline",        "int",         "long",
                                             "mutable",       "namespace",   "new",
                                             "noexcept",      "not",         "not_eq",
                                             "nullptr",       "operator",    "or",
                                             "or_eq",         "private",     "protected",
                                             "public",        "register",    "reinterpret_cast",
                                             "requires",      "return",      "short",
                                             "signed",        "sizeof",      "static",
                                             "static_assert", "static_cast", "struct",
                                             "switch",        "template",    "this",
                                             "thread_local",  "throw",       "true",
                                             "try",           "typedef",     "typeid",
                                             "typename",      "union",       "unsigned",
                                             "using",         "virtual",     "void",
                                             "volatile",      "wchar_t",     "while",
                                             "xor",           "xor_eq",      "tl_id",
                                             "tl_name"};

}  // namespace

std::string identifier(std::string_view name) {
  std::string out(name);
  if (keywords.contains(name)) out += '_';
  return out;
}

std::string header_path(std::string_view space, std::string_view name) {
  std::string out;
  if (!space.empty()) out = std::string(space) + "/";
  return out + std::string(name) + ".hpp";
}

std::string hex(unsigned id) {
  char digits[16];
  std::snprintf(digits, sizeof digits, "0x%08x", id);
  return digits;
}

}  // namespace tlgen
