// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/bots/api#markdownv2-style
#include "text/markdown_words.hpp"
#include "text/markup_builder.hpp"
#include "text/special_address.hpp"

#include <mtp/text/markdown.hpp>

#include <algorithm>
#include <optional>

namespace mtp::MTP_ABI {
namespace {

constexpr std::string_view special_characters = "_*[]()~`>#+-=|{}.!\\\n";

/// What ends a part that is open.
std::string_view end_of(entity_kind kind) {
  bool const is_address = kind == entity_kind::link || kind == entity_kind::custom_emoji;
  return is_address ? "]" : detail::marker_of(kind);
}

class markdown_parser {
 public:
  explicit markdown_parser(std::string_view markdown) : from_(markdown) {}

  formatted_text parse() {
    while (!from_.at_end()) {
      if (begins_line_) begin_quote();
      begins_line_ = false;
      to_.write(from_.take_until(special_characters));
      if (!from_.at_end()) special();
    }
    need_all_closed();
    end_quote();
    return to_.take();
  }

 private:
  struct part {
    entity_kind kind;  // custom_emoji: what begins with "!["
    std::size_t unit;
    std::size_t byte;
  };
  struct quotation {
    std::size_t unit;
    bool collapsed = false;
  };

  void special() {
    if (escaped()) return;
    switch (from_.peek()) {
      case '\n': return line_break();
      case '*': return bold();
      case '_': return toggle(from_.sees("__") ? entity_kind::underline : entity_kind::italic);
      case '~': return toggle(entity_kind::strike);
      case '|': return bars();
      case '`': return from_.take("```") ? block() : code();
      case '[': return open_link(entity_kind::link, "[");
      case '!': return open_link(entity_kind::custom_emoji, "![");
      case ']': return close_link();
      default: return reserved();
    }
  }

  [[noreturn]] void reserved() const { from_.fail("a backslash before a character of markup"); }

  /// A backslash before any of ASCII; before anything else it stands for itself.
  bool escaped() {
    if (from_.peek() != '\\') return false;
    auto const next = static_cast<unsigned char>(from_.peek(1));
    bool const escapes = next >= 1 && next <= 126;
    from_.skip(escapes ? 1 : 0);
    char const c = from_.take();
    to_.write({&c, 1});
    return true;
  }

  // --- Lines

  void begin_quote() {
    if (quote_ || !open_.empty()) return;
    if (from_.take("**>") || from_.take(">")) quote_ = quotation{to_.units()};
  }

  void line_break() {
    from_.skip(1);
    bool const goes_on = quote_ && from_.take(">");
    if (!goes_on) {
      if (quote_) need_all_closed();
      end_quote();
      begins_line_ = true;
    }
    to_.write("\n");
  }

  void end_quote() {
    if (!quote_) return;
    to_.add({.kind = entity_kind::quote, .collapsed = quote_->collapsed}, quote_->unit);
    quote_.reset();
  }

  bool at_end_of_quote() const {
    bool const is_last_line = from_.peek(2) == '\n' && from_.peek(3) != '>';
    return quote_ && open_.empty() && (is_last_line || from_.at() + 2 == from_.size());
  }

  // --- Pairs

  bool is_top(entity_kind kind) const { return !open_.empty() && open_.back().kind == kind; }
  bool is_open(entity_kind kind) const {
    return std::ranges::any_of(open_, [&](part const& one) { return one.kind == kind; });
  }
  void need_all_closed() const {
    if (!open_.empty()) from_.fail(std::string(end_of(open_.back().kind)));
  }
  void open(entity_kind kind) {
    if (is_open(kind)) need_all_closed();
    open_.push_back({kind, to_.units(), to_.bytes()});
  }
  part close() {
    auto const out = open_.back();
    open_.pop_back();
    return out;
  }

  void toggle(entity_kind kind) {
    if (is_top(kind)) {
      to_.add({.kind = kind}, close().unit);
    } else {
      open(kind);
    }
    from_.skip(detail::marker_of(kind).size());
  }

  /// Two of them are nothing: they stand between characters of markup.
  void bold() {
    if (!from_.take("**")) toggle(entity_kind::bold);
  }

  void bars() {
    if (!from_.sees("||")) reserved();
    if (!at_end_of_quote()) return toggle(entity_kind::spoiler);
    quote_->collapsed = true;
    from_.skip(2);
  }

  // --- Code

  void code() {
    from_.skip(1);
    auto const begin = to_.units();
    take_code("`");
    to_.add({.kind = entity_kind::code}, begin);
  }

  void block() {
    text_style style{.kind = entity_kind::pre, .value = std::string(take_language())};
    auto const begin = to_.units();
    take_code("```");
    to_.add(std::move(style), begin);
  }

  /// The rest of the line, when it is a word.
  std::string_view take_language() {
    auto const size = detail::size_of_language(from_.rest());
    if (!size) return {};
    auto const out = from_.between(from_.at(), from_.at() + *size);
    from_.skip(*size + 1);
    if (quote_ && !from_.take(">")) from_.fail(">");
    return out;
  }

  void take_code(std::string_view end) {
    while (!from_.take(end)) {
      if (from_.at_end()) from_.fail(std::string(end));
      if (escaped()) continue;
      char const c = from_.take();
      to_.write({&c, 1});
      if (quote_ && c == '\n' && !from_.take(">")) from_.fail(std::string(end));
      to_.write(from_.take_until("`\\\n"));
    }
  }

  // --- Addresses

  void open_link(entity_kind kind, std::string_view marker) {
    if (!from_.sees(marker)) reserved();
    bool const is_inside = is_open(entity_kind::link) || is_open(entity_kind::custom_emoji);
    if (is_inside) from_.fail("] before another address");
    open(kind);
    from_.skip(marker.size());
  }

  void close_link() {
    bool const is_picture = is_top(entity_kind::custom_emoji);
    if (!is_picture && !is_top(entity_kind::link)) {
      need_all_closed();
      reserved();
    }
    from_.skip(1);
    auto const one = close();
    auto const at = from_.at();
    if (!is_picture && from_.peek() != '(')
      return to_.add({.kind = entity_kind::link, .value = std::string(to_.since(one.byte))},
                     one.unit);
    auto address = take_address();
    if (!is_picture)
      return to_.add({.kind = entity_kind::link, .value = std::move(address)}, one.unit);
    auto const picture = detail::picture_in(address);
    if (!picture) from_.fail_at(at, "(tg://emoji?id=...) or (tg://time?unix=...)");
    to_.add(*picture, one.unit);
  }

  std::string take_address() {
    if (!from_.take("(")) from_.fail("(");
    std::string out;
    while (!from_.take(")")) {
      if (from_.at_end()) from_.fail(")");
      auto const next = static_cast<unsigned char>(from_.peek(1));
      bool const escapes = from_.peek() == '\\' && next >= 1 && next <= 126;
      from_.skip(escapes ? 1 : 0);
      out += from_.take();
      out += from_.take_until(")\\");
    }
    return out;
  }

  detail::markup_source from_;
  detail::markup_builder to_;
  bool begins_line_ = true;
  std::optional<quotation> quote_ = {};
  std::vector<part> open_ = {};
};

}  // namespace

formatted_text parse_markdown(std::string_view markdown) {
  return markdown_parser(markdown).parse();
}

}  // namespace mtp::MTP_ABI
