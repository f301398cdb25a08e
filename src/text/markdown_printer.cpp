// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/bots/api#markdownv2-style
#include "text/markdown_form.hpp"
#include "text/markdown_words.hpp"
#include "text/markup_walk.hpp"
#include "text/special_address.hpp"

#include <mtp/text/markdown.hpp>

#include <utility>

namespace mtp::MTP_ABI {
namespace {

constexpr std::string_view escaped_in_text = "_*[]()~`>#+-=|{}.!\\";
constexpr std::string_view escaped_in_code = "`\\";
constexpr std::string_view escaped_in_address = ")\\";

void append_escaped(std::string& to, std::string_view text, std::string_view characters) {
  for (char const c : text) {
    if (characters.find(c) != std::string_view::npos) to += '\\';
    to += c;
  }
}

class markdown_printer {
 public:
  void open(text_entity const& part) {
    switch (part.style.kind) {
      case entity_kind::quote: return open_quote();
      case entity_kind::pre: return open_block(part.style);
      case entity_kind::code: is_code_ = true; break;
      case entity_kind::custom_emoji:
      case entity_kind::date: out_ += "!["; return;
      case entity_kind::link:
      case entity_kind::mention_name: out_ += '['; return;
      default: break;
    }
    mark(detail::marker_of(part.style.kind));
  }

  void close(text_entity const& part) {
    is_code_ = false;
    switch (part.style.kind) {
      case entity_kind::quote: return close_quote(part.style);
      case entity_kind::custom_emoji:
      case entity_kind::date:
      case entity_kind::link:
      case entity_kind::mention_name:
        out_ += "](";
        append_escaped(out_, detail::address_of(part.style), escaped_in_address);
        out_ += ')';
        return;
      default: return mark(detail::marker_of(part.style.kind));
    }
  }

  void write(std::string_view text) {
    auto const characters = is_code_ ? escaped_in_code : escaped_in_text;
    for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
      append_escaped(out_, text.substr(0, end), characters);
      break_line();
      text.remove_prefix(end + 1);
    }
    append_escaped(out_, text, characters);
  }

  std::string take() { return std::move(out_); }

 private:
  void break_line() { out_ += is_quote_ ? "\n>" : "\n"; }

  /// Two underscores beside a third would be read in another way.
  void mark(std::string_view marker) {
    bool const is_ambiguous = marker.front() == '_' && underscore_end_ == out_.size();
    if (is_ambiguous) out_ += "**";
    out_ += marker;
    if (marker.front() == '_') underscore_end_ = out_.size();
  }

  void open_quote() {
    bool const follows_quote = quote_end_ + 1 == out_.size();
    out_ += follows_quote ? "**>" : ">";
    is_quote_ = true;
  }
  void close_quote(text_style const& style) {
    if (style.collapsed) out_ += "||";
    is_quote_ = false;
    quote_end_ = out_.size();
  }
  void open_block(text_style const& style) {
    out_ += detail::marker_of(entity_kind::pre);
    if (detail::is_language(style.value)) out_ += style.value;
    break_line();
    is_code_ = true;
  }

  static constexpr std::size_t nowhere = static_cast<std::size_t>(-2);
  std::string out_;
  bool is_code_ = false;
  bool is_quote_ = false;
  std::size_t underscore_end_ = nowhere;  ///< behind the last marker of underscores
  std::size_t quote_end_ = nowhere;       ///< behind the last quote
};

}  // namespace

std::string to_markdown(formatted_text const& text) {
  auto const form = detail::markdown_form(text);
  markdown_printer to;
  detail::markup_walk(form.text(), form.entities(), to).run();
  return to.take();
}

std::string escape_markdown(std::string_view text) {
  std::string out;
  append_escaped(out, text, escaped_in_text);
  return out;
}

}  // namespace mtp::MTP_ABI
