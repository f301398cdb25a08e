// SPDX-License-Identifier: MIT OR Apache-2.0
#include "parser.hpp"

#include <mtp/tl/schema/parse.hpp>

namespace mtp::MTP_ABI::tl::schema {
namespace {

std::string_view without_blanks(std::string_view text) {
  constexpr std::string_view blanks = " \t\r";
  std::size_t const from = text.find_first_not_of(blanks);
  if (from == text.npos) return {};
  return text.substr(from, text.find_last_not_of(blanks) + 1 - from);
}

/// `name#id reason`
std::optional<id_exception> parse_line(std::string_view line, position at) {
  std::size_t const hash = line.find('#');
  std::size_t const blank = line.find(' ');
  if (hash == line.npos || hash == 0 || blank == line.npos || blank < hash) return std::nullopt;
  auto const id = parse_id(line.substr(hash + 1, blank - hash - 1));
  std::string_view const reason = without_blanks(line.substr(blank));
  if (!id || reason.empty()) return std::nullopt;
  return id_exception{std::string(line.substr(0, hash)), *id, std::string(reason), at};
}

}  // namespace

exception_list parse_exceptions(std::string_view text, std::string_view file) {
  exception_list out;
  for (position at; !text.empty(); ++at.line) {
    std::size_t const end = text.find('\n');
    std::string_view const line = without_blanks(text.substr(0, end));
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
    if (line.empty() || line.starts_with("//")) continue;
    if (auto one = parse_line(line, at))
      out.entries.push_back(std::move(*one));
    else
      out.problems.push_back({problem::bad_exception, severity::error, std::string(file), at,
                              "an exception is a name with its id, a blank and the reason"});
  }
  return out;
}

}  // namespace mtp::MTP_ABI::tl::schema
