// SPDX-License-Identifier: MIT OR Apache-2.0
#include "lexer.hpp"

#include <charconv>
#include <string>

namespace mtp::MTP_ABI::tl::schema {
namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\v';
}
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_word(char c) { return is_letter(c) || is_digit(c); }

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

class lexer {
 public:
  explicit lexer(std::string_view text) : text_(text) {}

  lexed run() {
    skip_byte_order_mark();
    while (skip_blanks()) read_one();
    out_.tokens.push_back({token_kind::end, {}, at_});
    return std::move(out_);
  }

 private:
  /// Editors put one at the start of a text. It takes no column.
  void skip_byte_order_mark() {
    constexpr std::string_view mark = "\xef\xbb\xbf";
    if (starts_with(mark)) here_ += mark.size();
  }

  bool skip_blanks() {
    while (here_ < text_.size() && is_blank(text_[here_])) advance(1);
    return here_ < text_.size();
  }

  void read_one() {
    char const c = text_[here_];
    if (starts_with("//")) return line_comment();
    if (starts_with("/*")) return block_comment();
    if (starts_with("---")) return section();
    if (is_letter(c)) return word(token_kind::name);
    if (is_digit(c)) return word(token_kind::number);
    if (c == '#' && here_ + 1 < text_.size() && is_word(text_[here_ + 1])) return id();
    constexpr std::string_view symbols = "#:.?!%<>{}[]()*=;,";
    if (symbols.find(c) != symbols.npos) return emit(token_kind::symbol, 1);
    bad_character();
  }

  bool starts_with(std::string_view what) const { return text_.substr(here_).starts_with(what); }

  /// Goes on by `count` bytes and keeps the position right.
  void advance(std::size_t count) {
    for (; count > 0; --count, ++here_) {
      if (text_[here_] == '\n') {
        ++at_.line;
        at_.column = 1;
      } else {
        ++at_.column;
      }
    }
  }

  void emit(token_kind kind, std::size_t size) {
    out_.tokens.push_back({kind, text_.substr(here_, size), at_});
    advance(size);
  }

  std::size_t word_size(std::size_t from) const {
    std::size_t end = from;
    while (end < text_.size() && is_word(text_[end])) ++end;
    return end - from;
  }

  void word(token_kind kind) { emit(kind, word_size(here_)); }

  void id() {
    std::size_t const size = word_size(here_ + 1);
    out_.tokens.push_back({token_kind::id, text_.substr(here_ + 1, size), at_});
    advance(1 + size);
  }

  std::size_t line_size() const {
    std::size_t const end = text_.find('\n', here_);
    return (end == text_.npos ? text_.size() : end) - here_;
  }

  void line_comment() {
    std::string_view const comment = text_.substr(here_, line_size());
    notice_layer(trim(comment.substr(2)));
    advance(comment.size());
  }

  void notice_layer(std::string_view comment) {
    constexpr std::string_view mark = "LAYER ";
    if (!comment.starts_with(mark)) return;
    std::string_view const number = trim(comment.substr(mark.size()));
    int layer = 0;
    auto const [end, error] = std::from_chars(number.data(), number.data() + number.size(), layer);
    bool const good = error == std::errc{} && end == number.data() + number.size() && layer > 0;
    if (!good) return report(problem::bad_layer, "the layer is not a positive number");
    if (out_.layer && *out_.layer != layer)
      return report(problem::bad_layer, "a second layer line contradicts the first one");
    out_.layer = layer;
  }

  void block_comment() {
    std::size_t const end = text_.find("*/", here_ + 2);
    if (end == text_.npos) {
      report(problem::unclosed_comment, "this comment has no end");
      return advance(text_.size() - here_);
    }
    advance(end + 2 - here_);
  }

  void section() {
    std::size_t size = 0;
    while (here_ + size < text_.size() && !is_blank(text_[here_ + size])) ++size;
    std::string_view const name = text_.substr(here_, size);
    if (name == "---types---") return emit(token_kind::types, size);
    if (name == "---functions---") return emit(token_kind::functions, size);
    report(problem::bad_section, "a section is ---types--- or ---functions---");
    advance(size);
  }

  /// One report for a run of them.
  void bad_character() {
    if (here_ != behind_bad_) report(problem::bad_character, "no token starts with this character");
    advance(1);
    behind_bad_ = here_;
  }

  void report(problem what, std::string message) {
    out_.problems.push_back({what, severity::error, {}, at_, std::move(message)});
  }

  std::string_view text_;
  std::size_t here_ = 0;
  std::size_t behind_bad_ = std::string_view::npos;
  position at_;
  lexed out_;
};

}  // namespace

lexed lex(std::string_view text) { return lexer(text).run(); }

}  // namespace mtp::MTP_ABI::tl::schema
