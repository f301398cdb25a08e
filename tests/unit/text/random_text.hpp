// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/text/formatted_text.hpp>

#include <array>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

namespace mtp::test {

/// How many random texts each test takes; MTP_TEXT_ROUNDS asks for more.
inline int text_rounds(int usual) {
  char const* const more = std::getenv("MTP_TEXT_ROUNDS");
  return more ? std::atoi(more) : usual;
}

/// Texts full of markup, wide characters, marks and line breaks.
class text_maker {
 public:
  explicit text_maker(std::uint64_t seed) : engine_(seed) {}

  std::size_t below(std::size_t bound) { return engine_() % bound; }
  template <class List>
  auto const& one_of(List const& list) {
    return list[below(list.size())];
  }

  std::string words(std::size_t max_pieces) {
    static std::vector<std::string> const pieces{"a",
                                                 "b",
                                                 " ",
                                                 "\n",
                                                 "word",
                                                 "*",
                                                 "**",
                                                 "_",
                                                 "__",
                                                 "~",
                                                 "~~",
                                                 "|",
                                                 "||",
                                                 "`",
                                                 "```",
                                                 "[",
                                                 "]",
                                                 "](",
                                                 "(",
                                                 ")",
                                                 "![",
                                                 "!",
                                                 ">",
                                                 "\n>",
                                                 "**>",
                                                 "\\",
                                                 "<",
                                                 "&",
                                                 "&lt;",
                                                 "\"",
                                                 "'",
                                                 ".",
                                                 "#",
                                                 "+",
                                                 "-",
                                                 "=",
                                                 "{",
                                                 "}",
                                                 "\t",
                                                 "\r\n",
                                                 "\u00e9",
                                                 "e\u0301",
                                                 "\u4e2d",
                                                 "\U0001F44D",
                                                 "\U0001F468\u200D\U0001F469\u200D\U0001F467",
                                                 "\U0001F1E9\U0001F1EA",
                                                 "http://x.y/",
                                                 "tg://user?id=5",
                                                 "</b>",
                                                 "<b>",
                                                 "<i",
                                                 "x>",
                                                 "code",
                                                 "1",
                                                 ":"};
    std::string out;
    for (auto left = below(max_pieces + 1); left != 0; --left) out += one_of(pieces);
    return out;
  }

  /// Anything, also what is no UTF-8.
  std::string bytes(std::size_t max_size) {
    std::string out;
    for (auto left = below(max_size + 1); left != 0; --left)
      out += static_cast<char>(engine_() & 0xFF);
    return out;
  }

  text_style style() {
    static std::array<entity_kind, 12> const kinds{
        entity_kind::quote,        entity_kind::link,   entity_kind::mention_name,
        entity_kind::date,         entity_kind::bold,   entity_kind::italic,
        entity_kind::underline,    entity_kind::strike, entity_kind::spoiler,
        entity_kind::custom_emoji, entity_kind::pre,    entity_kind::code};
    text_style out{.kind = one_of(kinds)};
    out.collapsed = below(2) == 0;
    out.id = static_cast<std::int64_t>(engine_() >> 1) | 1;
    out.access_hash = below(2) == 0 ? 0 : static_cast<std::int64_t>(engine_());
    out.date = static_cast<std::int32_t>(engine_());
    out.format = {below(5) == 0, below(2) == 0, below(3) == 0,
                  below(3) == 0, below(3) == 0, below(3) == 0};
    static std::vector<std::string> const addresses{"https://example.org/?a=1&b=(2)", "a.b",
                                                    "tg://resolve?domain=x", "x\\y:\"z\""};
    static std::vector<std::string> const languages{"", "python", "c++", "x\"<y"};
    out.value = out.kind == entity_kind::pre ? one_of(languages) : one_of(addresses);
    return out;
  }

  formatted_text text(std::size_t max_pieces, std::size_t max_parts) {
    auto words_of_it = words(max_pieces);
    std::vector<text_entity> parts;
    for (auto left = below(max_parts + 1); left != 0; --left) {
      text_entity one{style()};
      one.offset = static_cast<std::int32_t>(below(words_of_it.size() + 2));
      one.length = static_cast<std::int32_t>(below(words_of_it.size() + 2));
      parts.push_back(std::move(one));
    }
    return {std::move(words_of_it), std::move(parts)};
  }

 private:
  std::mt19937_64 engine_;
};

/// The same without the parts that `leaves_out` names.
template <class Rule>
formatted_text without(formatted_text const& text, Rule leaves_out) {
  auto parts = text.entities();
  std::erase_if(parts, leaves_out);
  return {text.text(), std::move(parts)};
}

/// A text as a line, for failures: "bold[0,3)".
inline std::string shown(formatted_text const& text) {
  std::string out = "\"" + text.text() + "\"";
  for (auto const& one : text.entities())
    out += " kind " + std::to_string(static_cast<int>(one.style.kind)) + " \"" + one.style.value +
           "\" [" + std::to_string(one.offset) + "," + std::to_string(one.end()) + ")";
  return out;
}

}  // namespace mtp::test
