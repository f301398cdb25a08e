// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/text/formatted_text.hpp>

#include <mtp/text/styles.hpp>
#include <mtp/text/text_error.hpp>
#include <support/catch.hpp>

#include <chrono>
#include <string>

using namespace mtp;
using namespace mtp::text;

namespace {

text_entity part(entity_kind kind, int offset, int length) { return {{kind}, offset, length}; }

using kinds = std::vector<text_entity>;

}  // namespace

TEST_CASE("a text is made of typed pieces", "[text]") {
  auto const made = bold("Hello") + ", " + mtp::text::link("world", "https://example.org") + "!";
  CHECK(made.text() == "Hello, world!");
  REQUIRE(made.entities().size() == 2);
  CHECK(made.entities()[0] == part(entity_kind::bold, 0, 5));
  CHECK(made.entities()[1] == text_entity{{entity_kind::link, "https://example.org"}, 7, 5});
  CHECK(made.text_of(made.entities()[1]) == "world");
}

TEST_CASE("each piece is what it says", "[text]") {
  using namespace std::chrono;
  auto const style_of = [](formatted_text const& of) { return of.entities().at(0).style; };
  CHECK(style_of(italic("x")).kind == entity_kind::italic);
  CHECK(style_of(underline("x")).kind == entity_kind::underline);
  CHECK(style_of(strike("x")).kind == entity_kind::strike);
  CHECK(style_of(spoiler("x")).kind == entity_kind::spoiler);
  CHECK(style_of(code("x")).kind == entity_kind::code);
  CHECK(style_of(pre("x", "c")) == text_style{entity_kind::pre, "c"});
  CHECK(style_of(quote("x")) == text_style{entity_kind::quote});
  CHECK(style_of(collapsed_quote("x")).collapsed);
  CHECK(style_of(mention("x", 5, 6)) == text_style{entity_kind::mention_name, "", 5, 6});
  CHECK(style_of(custom_emoji("x", 7)) == text_style{entity_kind::custom_emoji, "", 7});
  auto const when = style_of(date("x", sys_seconds(9s), {.relative = true}));
  CHECK(when.date == 9);
  CHECK(when.format == date_format{.relative = true});
  CHECK(style_of(mtp::text::link("x", "tg://user?id=5&hash=ff")) == style_of(mention("x", 5, 255)));
  CHECK_THROWS_AS(date("x", sys_seconds(seconds(INT64_MAX))), error);
}

TEST_CASE("places of parts are counted in UTF-16 units", "[text]") {
  auto const made = formatted_text("\U0001F44D\u00e9 ") + bold("x");
  CHECK(made.size() == 5);
  CHECK(made.entities()[0] == part(entity_kind::bold, 4, 1));
}

TEST_CASE("what touches is one, what is bold twice is so once", "[text]") {
  CHECK(bold("a") + bold("b") == bold("ab"));
  CHECK(bold(bold("a") + "b") == bold("ab"));
  auto const links = mtp::text::link("a", "x.y") + mtp::text::link("b", "x.y");
  CHECK(links.entities().size() == 2);
}

TEST_CASE("a text may be added to itself", "[text]") {
  auto twice = bold("a") + "b";
  twice += twice;
  CHECK(twice == bold("a") + "b" + bold("a") + "b");
}

TEST_CASE("nothing stands inside code, no quote in anything, no link in a link", "[text]") {
  CHECK(code(bold("a")) == code("a"));
  CHECK(bold("a" + code("b") + "c") == bold("a") + code("b") + bold("c"));
  CHECK(quote("a" + quote("b")) == quote("ab"));
  CHECK(mtp::text::link(quote("b"), "x.y").entities().size() == 2);
  CHECK(mtp::text::link("a" + quote("b"), "x.y") == mtp::text::link("ab", "x.y"));
  CHECK(mtp::text::link(mention("a", 5), "x.y") == mtp::text::link("a", "x.y"));
}

TEST_CASE("of parts that cross the later one goes, when none can be divided", "[text]") {
  formatted_text const links("abcd",
                             {{{entity_kind::link, "x.y"}, 1, 3}, {{entity_kind::date}, 0, 2}});
  CHECK(links.entities() == kinds{part(entity_kind::date, 0, 2)});
  formatted_text const bold_too("abcd",
                                {part(entity_kind::bold, 1, 3), part(entity_kind::italic, 0, 2)});
  CHECK(bold_too.entities().size() == 2);
}

TEST_CASE("parts are cut to the text, and to whole characters", "[text]") {
  formatted_text const cut("\U0001F44Dab",
                           {part(entity_kind::bold, 1, 2), part(entity_kind::italic, 3, 99),
                            part(entity_kind::strike, -5, 6), part(entity_kind::code, 9, 1)});
  CHECK(cut.entities() == kinds{part(entity_kind::bold, 0, 3), part(entity_kind::strike, 0, 2),
                                part(entity_kind::italic, 3, 1)});
  formatted_text const huge("a", {{{entity_kind::bold}, INT32_MAX, INT32_MAX}});
  CHECK(huge.entities().empty());
}

TEST_CASE("a slice has the parts that are in it, and no half of a pair", "[text]") {
  auto const whole = "ab" + bold("cd") + "\U0001F44D" + italic("e");
  CHECK(whole.slice(3, 1) == bold("d"));
  CHECK(whole.slice(1, 2) == "b" + bold("c"));
  CHECK(whole.slice(5) == italic("e"));
  CHECK(whole.slice(0, 5) == whole.slice(0, 4));
  CHECK(whole.slice(99).empty());
  CHECK(whole.slice(5, 1).empty());
}

TEST_CASE("blanks at both ends are trimmed with their parts", "[text]") {
  CHECK((bold(" \n a") + " b \n").trimmed() == bold("a") + " b");
  CHECK(formatted_text(" \t\n").trimmed().empty());
}

TEST_CASE("text that is no UTF-8 is refused with its place, or repaired", "[text]") {
  for (std::string const wrong :
       {"ab\xFF", "ab\xC3", "ab\xED\xA0\x80", "ab\xC0\x80", "ab\xF4\x90\x80\x80"}) {
    try {
      formatted_text const none(wrong);
      FAIL_CHECK("it was taken");
    } catch (text_error const& e) {
      CHECK(e.code() == text_errc::invalid_utf8);
      CHECK(e.offset() == 2);
    }
  }
  auto const repaired = formatted_text::repaired(
      "a\xFF"
      "b\xC3",
      {part(entity_kind::bold, 0, 2)});
  CHECK(repaired.text() == "a\uFFFDb\uFFFD");
  CHECK(repaired.text_of(repaired.entities()[0]) == "a\uFFFD");
}
