// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://www.unicode.org/reports/tr29/#Grapheme_Cluster_Boundaries, by utf8proc, which has
// Unicode's tables. Of ASCII nothing but the two characters of a line break belongs together.
#include "text/graphemes.hpp"

#include "text/utf8.hpp"

#include <utf8proc.h>

namespace mtp::MTP_ABI::detail {
namespace {

class grapheme_judge {
 public:
  /// Whether a grapheme ends before `next`, which follows what was said until now.
  bool ends_before(std::int32_t next) {
    bool const ends = is_boundary(next);
    if (ends) state_ = 0;
    last_ = next;
    return ends;
  }

 private:
  bool is_boundary(std::int32_t next) {
    if (last_ < 0) return true;
    if (last_ < 0x80 && next < 0x80) return last_ != '\r' || next != '\n';
    return utf8proc_grapheme_break_stateful(last_, next, &state_);
  }

  std::int32_t last_ = -1;
  utf8proc_int32_t state_ = 0;
};

bool is_gap(char c) { return c == ' ' || c == '\t'; }

/// What is left and right of a place between two graphemes.
cut_place::kind kind_of_place(std::string_view text, std::size_t byte) {
  char const left = text[byte - 1];
  char const right = text[byte];
  if (left == '\n' || right == '\n') {
    bool const is_empty_line = (left == '\n' && right == '\n') ||
                               (byte > 1 && text.substr(byte - 2, 2) == "\n\n") ||
                               text.substr(byte, 2) == "\n\n";
    return is_empty_line ? cut_place::kind::paragraph : cut_place::kind::line;
  }
  return is_gap(left) || is_gap(right) ? cut_place::kind::blank
                                       : cut_place::kind::between_graphemes;
}

}  // namespace

std::vector<cut_place> cut_places(std::string_view text) {
  std::vector<cut_place> out;
  grapheme_judge judge;
  cut_place at;
  for (std::size_t byte = 0; byte < text.size();) {
    auto const next = front_of(text.substr(byte));
    bool const ends = judge.ends_before(next.value);
    if (byte != 0) {
      at.what = ends ? kind_of_place(text, byte) : cut_place::kind::within_grapheme;
      out.push_back(at);
    }
    byte += next.bytes;
    at.byte = static_cast<std::int32_t>(byte);
    at.unit += static_cast<std::int32_t>(next.units());
  }
  at.what = cut_place::kind::paragraph;
  out.push_back(at);
  return out;
}

}  // namespace mtp::MTP_ABI::detail
