// SPDX-License-Identifier: MIT OR Apache-2.0
#include "text/loose_words.hpp"
#include "text/markdown_words.hpp"
#include "text/markup_walk.hpp"
#include "text/special_address.hpp"
#include "text/unit_cursor.hpp"

#include <mtp/text/markdown.hpp>

#include <utility>

namespace mtp::MTP_ABI {
namespace {

/// Whether a character could be read as markup where it stands: half of a pair is none.
bool is_doubtful(std::string_view text, std::size_t at) {
  char const c = text[at];
  if (detail::loose_characters.find(c) == std::string_view::npos) return false;
  bool const is_last = at + 1 == text.size();
  if (c == '!') return is_last;
  if (c == '\\' || c == '`' || c == '[' || c == ']') return true;
  return at == 0 || is_last || text[at - 1] == c || text[at + 1] == c;
}

class loose_printer {
 public:
  void open(text_entity const& part) {
    auto const kind = part.style.kind;
    is_code_ = kind == entity_kind::code || kind == entity_kind::pre;
    auto const marker = detail::loose_marker_of(kind);
    if (!marker.empty()) {
      out_ += marker;
    } else {
      bool const is_picture = kind == entity_kind::custom_emoji || kind == entity_kind::date;
      out_ += is_picture ? "![" : "[";
    }
    if (kind != entity_kind::pre) return;
    if (detail::is_language(part.style.value)) out_ += part.style.value;
    out_ += '\n';
  }

  void close(text_entity const& part) {
    is_code_ = false;
    auto const marker = detail::loose_marker_of(part.style.kind);
    out_ += marker;
    if (!marker.empty()) return;
    out_ += "](";
    for (char const c : detail::address_of(part.style)) {
      if (c == ')' || c == '\\') out_ += '\\';
      out_ += c;
    }
    out_ += ')';
  }

  void write(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (!is_code_ && is_doubtful(text, i)) out_ += '\\';
      out_ += text[i];
    }
  }

  std::string take() { return std::move(out_); }

 private:
  std::string out_;
  bool is_code_ = false;
};

/// `inside` is what stands in code.
bool has_loose_form(text_entity const& part, std::string_view inside) {
  auto const kind = part.style.kind;
  if (kind == entity_kind::quote || kind == entity_kind::underline || !is_asked_for(kind))
    return false;
  if (kind == entity_kind::link)
    return detail::is_loose_address(part.style.value) &&
           part.style.value.size() <= detail::max_loose_address / 2;
  return inside.find('`') == std::string_view::npos;
}

}  // namespace

std::string to_loose_markdown(formatted_text const& text) {
  auto shown = text.entities();
  detail::unit_cursor cursor(text.text());
  std::erase_if(shown, [&](text_entity const& one) {
    bool const is_code = one.style.kind == entity_kind::code || one.style.kind == entity_kind::pre;
    if (!is_code) return !has_loose_form(one, {});
    // One comes after the other, so the way through the text is one.
    auto const begin = cursor.seek(static_cast<std::size_t>(one.offset));
    auto const end = cursor.seek(static_cast<std::size_t>(one.end()));
    return !has_loose_form(one, std::string_view(text.text()).substr(begin, end - begin));
  });
  loose_printer to;
  detail::markup_walk(text.text(), shown, to).run();
  return to.take();
}

}  // namespace mtp::MTP_ABI
