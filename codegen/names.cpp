// SPDX-License-Identifier: MIT OR Apache-2.0
#include "names.hpp"

#include <algorithm>
#include <cstdio>

namespace tlgen {
namespace {

using names = std::set<std::string_view>;

names words(std::string_view list) {
  names out;
  while (!list.empty()) {
    auto const end = std::min(list.find(' '), list.size());
    out.insert(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return out;
}

names const keywords = words(
    "alignas alignof and and_eq asm auto bitand bitor bool break case catch char char8_t "
    "char16_t char32_t class compl concept const consteval constexpr constinit const_cast "
    "continue co_await co_return co_yield decltype default delete do double dynamic_cast "
    "else enum explicit export extern false float for friend goto if inline int long mutable "
    "namespace new noexcept not not_eq nullptr operator or or_eq private protected public "
    "register reinterpret_cast requires return short signed sizeof static static_assert "
    "static_cast struct switch template this thread_local throw true try typedef typeid "
    "typename union unsigned using virtual void volatile wchar_t while xor xor_eq");

/// Macros of POSIX, Windows and Qt that are no words in capitals. The API of Telegram has fields
/// called `min`, `small` and `slots`, which keep their names.
names const macros = words(
    "IN alloca assert be16toh be32toh be64toh d_fileno emit environ errno far foreach "
    "forever h_addr h_errno htobe16 htobe32 htobe64 htole16 htole32 htole64 i386 interface "
    "issubnormal le16toh le32toh le64toh linux major makedev math_errhandling minor near "
    "offsetof s6_addr s6_addr16 s6_addr32 sa_handler sa_sigaction sched_priority setjmp "
    "si_addr si_band si_fd si_int si_pid si_ptr si_status si_uid si_utime si_value sigmask "
    "signals st_atime st_ctime st_mtime stderr stdin stdout unix");

/// What generated structs declare.
names const struct_members = words("tl_id tl_name");

/// What `mtp::tl` declares, and what its headers mean by a name without a namespace.
names const runtime = words(
    "answer as_bytes as_text box bytes bytes_to_text bytes_view codec decode decode_errc "
    "decode_error decode_options decoded detail encode encode_errc encode_error failure "
    "function_behind function_traits int128 int256 layer list load_le mtp mtproto name_of "
    "packet range_of raw received result schema slice std store_le string string_like text_of "
    "text_options tl tl_constructor tl_function to_text trailing traits_of traits_of_call");

names const handle_members = words(
    "F T alternative constructor_ids equals get_if handle has_value hold holds "
    "holds_alternative place_of_alternative reset swap tag tags visit visit_alternatives");

/// `EOF`, `NULL`, `BIG_ENDIAN`: macros are written like this. Two letters are left alone: `M1` is a
/// field of the API.
bool is_in_capitals(std::string_view name) {
  auto const fits = [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  return name.size() > 2 && std::all_of(name.begin(), name.end(), fits);
}

bool is_for_compilers(std::string_view name) {
  return name.starts_with('_') || name.find("__") != name.npos;
}

}  // namespace

bool is_reserved(std::string_view name) {
  return keywords.contains(name) || macros.contains(name) || struct_members.contains(name) ||
         is_in_capitals(name) || is_for_compilers(name);
}

bool is_runtime_name(std::string_view name) { return runtime.contains(name); }

bool is_handle_member(std::string_view name) { return handle_members.contains(name); }

std::string scope_names::rename(std::string_view name) {
  std::string out(name);
  while (!taken_.insert(out += '_').second) {}
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

std::string number(std::size_t of) { return std::to_string(of); }

std::string truth(bool of) { return of ? "true" : "false"; }

}  // namespace tlgen
