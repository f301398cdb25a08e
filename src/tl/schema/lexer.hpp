// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/tl/schema/diagnostic.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace mtp::MTP_ABI::tl::schema {

enum class token_kind : std::uint8_t {
  name,       ///< letters, digits and underscores, not starting with a digit
  number,     ///< starts with a digit
  id,         ///< `#` with something directly behind it; the text is what stands behind
  symbol,     ///< one character
  types,      ///< `---types---`
  functions,  ///< `---functions---`
  end,        ///< behind the last token
};

struct token {
  token_kind kind = token_kind::end;
  std::string_view text = {};  ///< lives as long as the text that was read
  position at = {};

  bool is(char symbol) const { return kind == token_kind::symbol && text.front() == symbol; }
};

struct lexed {
  std::vector<token> tokens = {};  ///< the last one is `end`
  std::optional<int> layer = {};
  std::vector<diagnostic> problems = {};  ///< without the name of the file
};

/// Cuts TL text into tokens; comments are dropped, except that `// LAYER n` is noticed.
lexed lex(std::string_view text);

}  // namespace mtp::MTP_ABI::tl::schema
