// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Nothing is an error here: what looks like markup is looked for first, then pairs, then all is
// written.
#include "text/loose_words.hpp"
#include "text/markdown_words.hpp"
#include "text/markup_builder.hpp"
#include "text/special_address.hpp"

#include <mtp/text/markdown.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

namespace mtp::MTP_ABI {
namespace {

constexpr std::array loose_pairs{entity_kind::bold, entity_kind::italic, entity_kind::strike,
                                 entity_kind::spoiler};

/// There may be one for every other character, so it is small.
struct token {
  enum class role : std::uint8_t { text, mark, code, open_link, close_link };

  role what = role::text;
  entity_kind kind = entity_kind::link;  ///< of marks and code
  bool is_pair = false;
  bool is_first = false;  ///< of a pair
  std::string_view source = {};
  std::string_view inside = {};  ///< of code; of both ends of a link its address as it stands
};

/// Code without the language that it begins with.
std::string_view without_language(token const& code) {
  if (code.kind != entity_kind::pre) return code.inside;
  auto const size = detail::size_of_language(code.inside);
  return size ? code.inside.substr(*size + 1) : code.inside;
}

text_style style_of(token const& one) {
  text_style out{.kind = one.kind};
  if (one.kind == entity_kind::link) out.value = detail::without_backslashes(one.inside);
  if (one.kind == entity_kind::pre)
    out.value = one.inside.substr(0, detail::size_of_language(one.inside).value_or(0));
  return out;
}

class tokenizer {
 public:
  explicit tokenizer(std::string_view text) : from_(text), text_(text) {}

  std::vector<token> run() {
    while (!from_.at_end()) {
      auto const begin = from_.at();
      (void)from_.take_until(detail::loose_characters);
      if (from_.at() != begin) add_text(begin);
      if (!from_.at_end()) special();
    }
    return std::move(tokens_);
  }

 private:
  void special() {
    auto const begin = from_.at();
    if (escaped() || code("```", entity_kind::pre) || code("`", entity_kind::code) || mark())
      return;
    if (from_.take("![") || from_.take("[")) return add(token::role::open_link, begin);
    if (from_.sees("](") && address()) return;
    from_.skip(1);
    add_text(begin);
  }

  token& push(token::role what, std::size_t begin) {
    return tokens_.emplace_back(token{.what = what, .source = from_.between(begin, from_.at())});
  }
  void add(token::role what, std::size_t begin) { push(what, begin); }
  void add_text(std::size_t begin) { push(token::role::text, begin); }

  bool escaped() {
    bool const escapes = from_.peek() == '\\' && detail::is_loose_character(from_.peek(1));
    if (!escapes) return false;
    from_.skip(2);
    add_text(from_.at() - 1);
    return true;
  }

  bool mark() {
    for (auto const kind : loose_pairs) {
      auto const begin = from_.at();
      if (!from_.take(detail::loose_marker_of(kind))) continue;
      push(token::role::mark, begin).kind = kind;
      return true;
    }
    return false;
  }

  /// Where no mark of a kind follows, none is looked for again.
  bool code(std::string_view marker, entity_kind kind) {
    auto& end_of_marks = kind == entity_kind::pre ? last_block_ : last_code_;
    if (!from_.sees(marker) || from_.at() >= end_of_marks) return false;
    auto const begin = from_.at() + marker.size();
    auto const end = text_.find(marker, begin);
    if (end == std::string_view::npos) end_of_marks = from_.at();
    if (end == std::string_view::npos || end == begin) return false;
    token const one{.what = token::role::code, .kind = kind, .inside = from_.between(begin, end)};
    if (without_language(one).empty()) return false;
    tokens_.push_back(one);
    from_.skip(end + marker.size() - from_.at());
    return true;
  }

  /// "](address)". Where one ends is looked for once, however many begin before it.
  bool address() {
    auto const begin = from_.at();
    if (begin + 2 > end_of_address_)
      end_of_address_ = detail::end_of_loose_address(text_, begin + 2);
    auto const end = end_of_address_;
    if (end >= text_.size() || text_[end] != ')') return false;
    auto const raw = from_.between(begin + 2, end);
    if (raw.size() > detail::max_loose_address) return false;
    if (!detail::is_loose_address(detail::without_backslashes(raw))) return false;
    from_.skip(end + 1 - begin);
    push(token::role::close_link, begin).inside = raw;
    return true;
  }

  detail::markup_source from_;
  std::string_view text_;
  std::vector<token> tokens_ = {};
  std::size_t last_block_ = static_cast<std::size_t>(-1);
  std::size_t last_code_ = static_cast<std::size_t>(-1);
  std::size_t end_of_address_ = 0;
};

/// Finds which marks are pairs. A pair takes the place of whatever begins within it and does not
/// end.
class matcher {
 public:
  explicit matcher(std::vector<token>& tokens) : tokens_(tokens) {}

  void run() {
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      auto& one = tokens_[i];
      if (one.what == token::role::mark && !close(one.kind, i)) open(one.kind, i);
      if (one.what == token::role::open_link) open(entity_kind::link, i);
      if (one.what == token::role::close_link) close(entity_kind::link, i);
    }
  }

 private:
  struct begun {
    entity_kind kind;
    std::size_t index;
  };

  void open(entity_kind kind, std::size_t index) {
    auto const before = find(kind);
    if (before != open_.end()) open_.erase(before);
    open_.push_back({kind, index});
  }
  bool close(entity_kind kind, std::size_t index) {
    auto const first = find(kind);
    if (first == open_.end() || first->index + 1 == index) return false;
    tokens_[first->index].is_pair = tokens_[first->index].is_first = true;
    tokens_[first->index].inside = tokens_[index].inside;
    tokens_[index].is_pair = true;
    open_.erase(first, open_.end());
    return true;
  }
  /// There are as many as kinds, at most.
  std::vector<begun>::iterator find(entity_kind kind) {
    return std::ranges::find(open_, kind, &begun::kind);
  }

  std::vector<token>& tokens_;
  std::vector<begun> open_ = {};
};

/// Writes down what was found.
class loose_writer {
 public:
  void write(token const& one) {
    if (one.what == token::role::code) return write_code(one);
    if (!one.is_pair) return to_.write(one.source);
    if (one.is_first) return begin(one);
    to_.add(std::move(open_.back().style), open_.back().unit);
    open_.pop_back();
  }
  formatted_text take() { return to_.take(); }

 private:
  struct begun {
    text_style style;
    std::size_t unit;
  };

  void write_code(token const& one) {
    auto const begin = to_.units();
    to_.write(without_language(one));
    to_.add(style_of(one), begin);
  }
  void begin(token const& one) {
    auto style = style_of(one);
    bool const has_mark = one.source == "![";
    auto const picture = has_mark ? detail::picture_in(style.value) : std::nullopt;
    if (has_mark && !picture) to_.write("!");
    open_.push_back({picture.value_or(std::move(style)), to_.units()});
  }

  detail::markup_builder to_;
  std::vector<begun> open_ = {};
};

}  // namespace

formatted_text parse_loose_markdown(std::string_view markdown) {
  auto tokens = tokenizer(markdown).run();
  matcher(tokens).run();
  loose_writer to;
  for (auto const& one : tokens) to.write(one);
  return to.take();
}

}  // namespace mtp::MTP_ABI
