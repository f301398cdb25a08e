// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/bots/api#html-style
#include "text/markup_walk.hpp"
#include "text/special_address.hpp"

#include <mtp/text/html.hpp>

#include <fmt/format.h>

namespace mtp::MTP_ABI {
namespace {

class html_printer {
 public:
  void open(text_entity const& part) { out_ += opening(part.style); }
  void close(text_entity const& part) { out_ += closing(part.style); }
  void write(std::string_view text) { out_ += escape_html(text); }
  std::string take() { return std::move(out_); }

 private:
  static std::string opening(text_style const& style) {
    switch (style.kind) {
      case entity_kind::bold: return "<b>";
      case entity_kind::italic: return "<i>";
      case entity_kind::underline: return "<u>";
      case entity_kind::strike: return "<s>";
      case entity_kind::spoiler: return "<tg-spoiler>";
      case entity_kind::code: return "<code>";
      case entity_kind::quote: return style.collapsed ? "<blockquote expandable>" : "<blockquote>";
      case entity_kind::custom_emoji: return fmt::format(R"(<tg-emoji emoji-id="{}">)", style.id);
      case entity_kind::pre: return pre(style);
      case entity_kind::date: return time(style);
      default: return fmt::format(R"(<a href="{}">)", escape_html(detail::address_of(style)));
    }
  }
  static std::string closing(text_style const& style) {
    switch (style.kind) {
      case entity_kind::bold: return "</b>";
      case entity_kind::italic: return "</i>";
      case entity_kind::underline: return "</u>";
      case entity_kind::strike: return "</s>";
      case entity_kind::spoiler: return "</tg-spoiler>";
      case entity_kind::code: return "</code>";
      case entity_kind::quote: return "</blockquote>";
      case entity_kind::custom_emoji: return "</tg-emoji>";
      case entity_kind::pre: return style.value.empty() ? "</pre>" : "</code></pre>";
      case entity_kind::date: return "</tg-time>";
      default: return "</a>";
    }
  }
  static std::string pre(text_style const& style) {
    if (style.value.empty()) return "<pre>";
    return fmt::format(R"(<pre><code class="language-{}">)", escape_html(style.value));
  }
  static std::string time(text_style const& style) {
    auto const letters = detail::letters_of(style.format);
    if (letters.empty()) return fmt::format(R"(<tg-time unix="{}">)", style.date);
    return fmt::format(R"(<tg-time unix="{}" format="{}">)", style.date, letters);
  }

  std::string out_;
};

}  // namespace

std::string to_html(formatted_text const& text) {
  auto shown = text.entities();
  std::erase_if(shown, [](auto const& one) { return !is_asked_for(one.style.kind); });
  html_printer to;
  detail::markup_walk(text.text(), shown, to).run();
  return to.take();
}

std::string escape_html(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (char const c : text) {
    switch (c) {
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '&': out += "&amp;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  }
  return out;
}

}  // namespace mtp::MTP_ABI
