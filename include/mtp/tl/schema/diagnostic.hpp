// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/tl/schema/definition.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace mtp::MTP_ABI::tl::schema {

/// What is wrong with a text.
enum class problem : std::uint8_t {
  bad_character,        ///< a byte that no token starts with
  unclosed_comment,     ///< `/*` without its end
  bad_layer,            ///< `// LAYER` with a number that is none, or two different ones
  bad_section,          ///< `---something---` that is neither types nor functions
  unexpected_token,     ///< the grammar wants something else here
  unexpected_end,       ///< the text ends inside a declaration
  bad_id,               ///< not one to eight hexadecimal digits, or zero
  id_mismatch,          ///< the printed id is not the CRC32 of the declaration
  duplicate_id,         ///< two declarations share an id
  duplicate_name,       ///< two declarations of one section share a name
  duplicate_field,      ///< two fields of one declaration share a name
  duplicate_variable,   ///< `{X:Type} {X:Type}`
  unknown_flag_word,    ///< `f:flags.0?int` without an earlier `flags:#`
  bit_out_of_range,     ///< `flags.32?`
  unknown_type,         ///< nothing in the text makes this type
  unknown_variable,     ///< `!X` without `{X:Type}`
  ambiguous_bare_type,  ///< `%T` of a type with several constructors
  bad_arguments,        ///< a vector without element, or arguments of what takes none
  bad_name,             ///< a constructor in upper case, a type of a result in lower case
  unknown_name,         ///< a patch removes what is not there
  too_deep,             ///< types nested beyond any use
  too_long,             ///< a declaration with more fields or variables than any has
  bad_exception,        ///< a line of the list of exceptions that says nothing
  needless_exception,   ///< an exception for an id that follows the rule, or for nothing
};

enum class severity : std::uint8_t { warning, error };

/// One thing wrong with a text, and where.
struct MTP_API diagnostic {
  problem what = problem::unexpected_token;
  severity level = severity::error;
  std::string file = {};
  position at = {};
  std::string message = {};

  /// `tl/api.tl:12:5: error: ...`, as compilers print it.
  std::string text() const;
};

/// True when at least one of them is an error.
MTP_API bool any_error(std::vector<diagnostic> const& found);

/// All of them, one a line.
MTP_API std::string text(std::vector<diagnostic> const& found);

}  // namespace mtp::MTP_ABI::tl::schema
