// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "lexer.hpp"

#include <mtp/tl/schema/definition.hpp>
#include <mtp/tl/schema/diagnostic.hpp>

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace mtp::MTP_ABI::tl::schema {

/// What the grammar alone can tell: declarations one by one, nothing about others.
struct declarations {
  std::vector<definition> good = {};
  std::vector<diagnostic> problems = {};  ///< without the name of the file
  /// Types and constructors of declarations that were left out: that nobody declares them is no
  /// second error.
  std::set<std::string> excused = {};
};

declarations parse_declarations(std::vector<token> const& tokens);

/// One to eight hexadecimal digits, not all zero.
std::optional<std::uint32_t> parse_id(std::string_view digits);

}  // namespace mtp::MTP_ABI::tl::schema
