// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/bots/api#html-style
#include "text/markup_builder.hpp"
#include "text/special_address.hpp"

#include <mtp/text/html.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace mtp::MTP_ABI {
namespace {

constexpr std::string_view language_class = "language-";

struct tag_kind {
  std::string_view name;
  entity_kind kind;
};

/// `span` is a spoiler or an error.
constexpr std::array<tag_kind, 17> known_tags{{
    {"b", entity_kind::bold},
    {"strong", entity_kind::bold},
    {"i", entity_kind::italic},
    {"em", entity_kind::italic},
    {"u", entity_kind::underline},
    {"ins", entity_kind::underline},
    {"s", entity_kind::strike},
    {"strike", entity_kind::strike},
    {"del", entity_kind::strike},
    {"tg-spoiler", entity_kind::spoiler},
    {"span", entity_kind::spoiler},
    {"a", entity_kind::link},
    {"tg-emoji", entity_kind::custom_emoji},
    {"tg-time", entity_kind::date},
    {"code", entity_kind::code},
    {"pre", entity_kind::pre},
    {"blockquote", entity_kind::quote},
}};

struct attribute {
  std::string_view name;
  std::string value;
  std::size_t at;
};

bool is_html_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }
bool is_name(char c) {
  char const l = lower(c);
  return (l >= 'a' && l <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

bool is_same(std::string_view name, std::string_view of_ours) {
  return std::ranges::equal(name, of_ours, {}, lower);
}

std::optional<std::int32_t> character_numbered(std::string_view digits) {
  int const base = !digits.empty() && lower(digits.front()) == 'x' ? 16 : 10;
  if (base == 16) digits.remove_prefix(1);
  std::int32_t out = 0;
  auto const* const end = digits.data() + digits.size();
  auto const [at, problem] = std::from_chars(digits.data(), end, out, base);
  bool const is_surrogate = out >= 0xD800 && out <= 0xDFFF;
  if (problem != std::errc() || at != end || out <= 0 || out > 0x10FFFF || is_surrogate) return {};
  return out;
}

/// What `&name;` stands for; nothing when it stands for itself.
std::optional<std::string> named_character(std::string_view name) {
  if (name == "lt") return "<";
  if (name == "gt") return ">";
  if (name == "amp") return "&";
  if (name == "quot") return "\"";
  if (!name.starts_with('#')) return {};
  auto const value = character_numbered(name.substr(1));
  if (!value) return {};
  std::string out;
  detail::append_utf8(out, *value);
  return out;
}

/// Adds `raw` with its characters named `&...;` replaced.
void append_decoded(std::string& to, std::string_view raw) {
  constexpr std::size_t longest = 10;  // "#x10FFFF;", and no more than a zero before it
  while (!raw.empty()) {
    auto const amp = std::min(raw.find('&'), raw.size());
    to += raw.substr(0, amp);
    raw.remove_prefix(amp);
    if (raw.empty()) return;
    auto const name = raw.substr(1, longest);
    auto const end = name.find(';');
    auto const stands_for = end == std::string_view::npos ? std::optional<std::string>()
                                                          : named_character(name.substr(0, end));
    to += stands_for.value_or("&");
    raw.remove_prefix(stands_for ? end + 2 : 1);
  }
}

class html_parser {
 public:
  explicit html_parser(std::string_view html) : from_(html) {}

  formatted_text parse() {
    while (!from_.at_end()) {
      std::string piece;
      append_decoded(piece, from_.take_until("<"));
      to_.write(piece);
      if (from_.at_end()) break;
      tag_at_ = from_.at();
      from_.skip(1);
      if (from_.take("/")) {
        close();
      } else {
        open();
      }
    }
    if (!open_.empty()) from_.fail(end_tag_of(open_.back()));
    return to_.take();
  }

 private:
  struct element {
    std::string_view name;  // ours
    text_style style;
    std::size_t unit;
    std::size_t byte;
    std::string language = {};  // of a `code` that begins where its `pre` does
  };

  static std::string end_tag_of(element const& one) { return "</" + std::string(one.name) + ">"; }

  std::string_view take_name() {
    auto const begin = from_.at();
    while (is_name(from_.peek())) from_.skip(1);
    return from_.between(begin, from_.at());
  }
  void skip_blanks() {
    while (is_html_blank(from_.peek())) from_.skip(1);
  }

  void open() {
    auto const name = take_name();
    if (name.empty()) from_.fail("the name of a tag, or &lt;");
    auto const known =
        std::ranges::find_if(known_tags, [&](auto const& one) { return is_same(name, one.name); });
    if (known == known_tags.end()) from_.fail_at(tag_at_, "a tag that Telegram knows");
    if (open_.size() == max_markup_depth) from_.fail_too_deep();
    element one{known->name, {.kind = known->kind}, to_.units(), to_.bytes()};
    auto const attributes = take_attributes();
    apply(one, attributes);
    open_.push_back(std::move(one));
  }

  std::vector<attribute> take_attributes() {
    std::vector<attribute> out;
    for (;;) {
      skip_blanks();
      if (from_.take(">")) return out;
      auto const at = from_.at();
      auto const name = take_name();
      if (name.empty()) from_.fail("> or the name of an attribute");
      skip_blanks();
      out.push_back({name, from_.take("=") ? take_value() : std::string(), at});
    }
  }

  std::string take_value() {
    skip_blanks();
    char const mark = from_.peek();
    bool const is_quoted = mark == '"' || mark == '\'';
    if (is_quoted) from_.skip(1);
    auto const raw = from_.take_until(is_quoted ? std::string_view(&mark, 1) : " \t\n\r\f>\"'<=");
    if (is_quoted && !from_.take(std::string_view(&mark, 1))) from_.fail(std::string(1, mark));
    if (!is_quoted && raw.empty()) from_.fail("the value of an attribute");
    std::string out;
    append_decoded(out, raw);
    return out;
  }

  static attribute const* find(std::vector<attribute> const& in, std::string_view name) {
    auto const found =
        std::ranges::find_if(in, [&](auto const& a) { return is_same(a.name, name); });
    return found == in.end() ? nullptr : &*found;
  }
  attribute const& need(std::vector<attribute> const& in, std::string_view name) const {
    auto const* const found = find(in, name);
    if (!found) from_.fail_at(tag_at_, "the attribute " + std::string(name));
    return *found;
  }

  /// What the attributes of a tag say.
  void apply(element& to, std::vector<attribute> const& all) const {
    switch (to.style.kind) {
      case entity_kind::link:
        if (auto const* const href = find(all, "href")) to.style.value = href->value;
        break;
      case entity_kind::quote: to.style.collapsed = find(all, "expandable") != nullptr; break;
      case entity_kind::code: to.language = language_in(all); break;
      case entity_kind::custom_emoji: {
        auto const& id = need(all, "emoji-id");
        auto const number = detail::number_in(id.value);
        if (!number || *number == 0) from_.fail_at(id.at, "the number of an emoji");
        to.style.id = *number;
        break;
      }
      case entity_kind::date: apply_time(to.style, all); break;
      case entity_kind::spoiler:
        if (to.name == "span" && need(all, "class").value != "tg-spoiler")
          from_.fail_at(tag_at_, "the class tg-spoiler");
        break;
      default: break;
    }
  }

  static std::string language_in(std::vector<attribute> const& all) {
    auto const* const of = find(all, "class");
    if (!of || !of->value.starts_with(language_class)) return {};
    return of->value.substr(language_class.size());
  }

  void apply_time(text_style& to, std::vector<attribute> const& all) const {
    auto const& unix = need(all, "unix");
    auto const when = detail::number_in(unix.value);
    if (!when || *when < INT32_MIN || *when > INT32_MAX)
      from_.fail_at(unix.at, "seconds since 1970");
    to.date = static_cast<std::int32_t>(*when);
    auto const* const letters = find(all, "format");
    if (!letters) return;
    auto const format = detail::date_format_in(letters->value);
    if (!format) from_.fail_at(letters->at, "a form of dates, like r or wDT");
    to.format = *format;
  }

  void close() {
    auto const name = take_name();
    skip_blanks();
    if (open_.empty()) from_.fail_at(tag_at_, "text, since no tag is open");
    if (!is_same(name, open_.back().name) || !from_.take(">"))
      from_.fail_at(tag_at_, end_tag_of(open_.back()));
    auto one = std::move(open_.back());
    open_.pop_back();
    if (one.style.kind == entity_kind::link && one.style.value.empty())
      one.style.value = to_.since(one.byte);
    if (is_all_of_block(one)) {
      open_.back().language = std::move(one.language);
      code_end_ = to_.units();
      return;
    }
    if (one.style.kind == entity_kind::pre && code_end_ == to_.units())
      one.style.value = std::move(one.language);
    to_.add(std::move(one.style), one.unit);
  }

  /// Whether a `code` with a language begins where the `pre` around it does.
  bool is_all_of_block(element const& one) const {
    return one.style.kind == entity_kind::code && !open_.empty() &&
           open_.back().style.kind == entity_kind::pre && open_.back().unit == one.unit;
  }

  detail::markup_source from_;
  detail::markup_builder to_;
  std::size_t tag_at_ = 0;
  std::vector<element> open_ = {};
  std::size_t code_end_ = 0;  ///< where the last `code` within a `pre` ended
};

}  // namespace

formatted_text parse_html(std::string_view html) { return html_parser(html).parse(); }

}  // namespace mtp::MTP_ABI
