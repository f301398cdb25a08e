// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Random texts through every parser and printer. MTP_TEXT_ROUNDS=1000000 takes a million of each.
#include "random_text.hpp"

#include <mtp/text/html.hpp>
#include <mtp/text/markdown.hpp>
#include <mtp/text/split.hpp>
#include <mtp/text/text_error.hpp>
#include <support/catch.hpp>

using namespace mtp;
using namespace mtp::test;

namespace {

constexpr int usual_rounds = 20'000;

bool is_kind(text_entity const& one, entity_kind kind) { return one.style.kind == kind; }

bool is_whole_lines(formatted_text const& text, text_entity const& one) {
  auto const part = text.text_of(one);
  auto const begin = static_cast<std::size_t>(part.data() - text.text().data());
  auto const end = begin + part.size();
  return (begin == 0 || text.text()[begin - 1] == '\n') &&
         (end == text.text().size() || text.text()[end] == '\n');
}

formatted_text quotes_of(formatted_text const& text) {
  return without(text, [](auto const& one) { return !is_kind(one, entity_kind::quote); });
}
formatted_text whole_quotes_of(formatted_text const& text) {
  return without(text, [&](auto const& one) {
    return !is_kind(one, entity_kind::quote) || !is_whole_lines(text, one);
  });
}

/// What a text loses on its way through MarkdownV2 is a quote within a line, or a line break that
/// is something. Without quotes it is nothing.
void check_markdown(formatted_text const& text) {
  auto const markdown = to_markdown(text);
  INFO(shown(text) << " as " << markdown);
  auto const again = parse_markdown(markdown);
  if (again.text() != text.text()) FAIL_CHECK("became " << shown(again));
  if (quotes_of(again) != whole_quotes_of(text)) FAIL_CHECK("became " << shown(again));
  if (quotes_of(text).entities().empty() && again != text) FAIL_CHECK("became " << shown(again));
  if (parse_markdown(to_markdown(again)) != again) FAIL_CHECK("changed " << shown(again));
}

formatted_text of_loose_markdown(formatted_text const& text) {
  return without(text, [&](auto const& one) {
    bool const is_code = is_kind(one, entity_kind::code) || is_kind(one, entity_kind::pre);
    return is_kind(one, entity_kind::quote) || is_kind(one, entity_kind::underline) ||
           (is_code && text.text_of(one).find('`') != std::string_view::npos);
  });
}

/// Parses; what is no text of that kind is none.
template <class Parser>
void feed(Parser parse, std::string const& to) {
  try {
    auto const out = parse(to);
    CHECK(formatted_text(out.text(), out.entities()) == out);
  } catch (text_error const& e) {
    CHECK(e.offset() <= to.size());
  }
}

}  // namespace

TEST_CASE("the normal form of random parts is one", "[text][random]") {
  text_maker make(1);
  for (int i = 0; i < text_rounds(usual_rounds); ++i) {
    auto const text = make.text(20, 8);
    formatted_text const again(text.text(), text.entities());
    if (again != text) FAIL_CHECK(shown(text) << " became " << shown(again));
  }
}

TEST_CASE("HTML of random texts gives them again", "[text][html][random]") {
  text_maker make(2);
  for (int i = 0; i < text_rounds(usual_rounds); ++i) {
    auto const text = make.text(20, 8);
    auto const html = to_html(text);
    auto const again = parse_html(html);
    if (again != text) FAIL_CHECK(shown(text) << " as " << html << " became " << shown(again));
  }
}

TEST_CASE("MarkdownV2 of random texts gives them again", "[text][markdown][random]") {
  text_maker make(3);
  for (int i = 0; i < text_rounds(usual_rounds); ++i) {
    auto const text = make.text(20, 8);
    check_markdown(text);
    check_markdown(without(text, [](auto const& one) { return is_kind(one, entity_kind::quote); }));
  }
}

TEST_CASE("loose Markdown of random texts gives them again", "[text][markdown][random]") {
  text_maker make(4);
  for (int i = 0; i < text_rounds(usual_rounds); ++i) {
    auto const text = of_loose_markdown(make.text(20, 8));
    auto const markdown = to_loose_markdown(text);
    auto const again = parse_loose_markdown(markdown);
    if (again != text) FAIL_CHECK(shown(text) << " as " << markdown << " became " << shown(again));
  }
}

TEST_CASE("parsers take whatever somebody writes, or say where it is wrong", "[text][random]") {
  text_maker make(5);
  for (int i = 0; i < text_rounds(usual_rounds); ++i) {
    auto const words = i % 4 == 0 ? make.bytes(40) : make.words(30);
    feed(parse_html, words);
    feed(parse_markdown, words);
    feed(parse_loose_markdown, words);
  }
}

TEST_CASE("slices of a random text joined are the text", "[text][random]") {
  text_maker make(6);
  for (int i = 0; i < text_rounds(usual_rounds); ++i) {
    auto const text = make.text(15, 3);
    auto const at = make.below(text.size() + 1);
    auto const front = text.slice(0, at);
    auto const back = text.slice(front.size());
    auto const whole = front + back;
    CHECK(whole.text() == text.text());
    for (auto const& one : front.entities()) CHECK(one.end() <= static_cast<int>(front.size()));
    CHECK(formatted_text(back.text(), back.entities()) == back);
  }
}

TEST_CASE("random texts are split within the limits, and nothing but blanks is lost",
          "[text][split][random]") {
  text_maker make(7);
  auto const bare = [](std::string text) {
    std::erase_if(text, [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); });
    return text;
  };
  for (int i = 0; i < text_rounds(usual_rounds); ++i) {
    auto const text = make.text(30, 6);
    text_limits const limits{.max_size = 2 + make.below(30), .max_entities = 1 + make.below(6)};
    std::string all;
    for (auto const& one : split(text, limits)) {
      CHECK(one.size() <= limits.max_size);
      CHECK(one.entities().size() <= limits.max_entities);
      CHECK(!one.trimmed().empty());
      all += one.text();
    }
    if (bare(all) != bare(text.text())) FAIL_CHECK(shown(text) << " became " << all);
  }
}
