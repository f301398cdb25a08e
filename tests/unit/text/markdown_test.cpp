// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The cases are those that https://core.telegram.org/bots/api#markdownv2-style describes.
#include <mtp/text/markdown.hpp>

#include <mtp/text/styles.hpp>
#include <mtp/text/text_error.hpp>
#include <support/catch.hpp>

#include <chrono>
#include <string>

using namespace mtp;
using namespace mtp::text;
using namespace std::chrono_literals;

namespace {

struct wrong {
  std::string markdown;
  std::size_t line;
  std::size_t column;
  std::string expected;
};

constexpr char reserved[] = "a backslash before a character of markup";

}  // namespace

TEST_CASE("MarkdownV2 has the markup of the Bot API", "[text][markdown]") {
  CHECK(parse_markdown("*bold \\*text*") == bold("bold *text"));
  CHECK(parse_markdown("_italic \\*text_") == italic("italic *text"));
  CHECK(parse_markdown("__underline__") == underline("underline"));
  CHECK(parse_markdown("~strike~") == strike("strike"));
  CHECK(parse_markdown("||spoiler||") == spoiler("spoiler"));
  CHECK(parse_markdown("[inline](http://www.example.com/)") ==
        mtp::text::link("inline", "http://www.example.com/"));
  CHECK(parse_markdown("[who](tg://user?id=123456789)") == mention("who", 123456789));
  CHECK(parse_markdown("![\U0001F44D](tg://emoji?id=5368324170671202286)") ==
        custom_emoji("\U0001F44D", 5368324170671202286));
  CHECK(parse_markdown("`inline`") == code("inline"));
  CHECK(parse_markdown("```\nblock\n```") == pre("block\n"));
  CHECK(parse_markdown("```python\nblock```") == pre("block", "python"));
  CHECK(parse_markdown("```no language here```") == pre("no language here"));
}

TEST_CASE("MarkdownV2 has moments in each form", "[text][markdown]") {
  std::chrono::sys_seconds const when(1647531900s);
  CHECK(parse_markdown("![a](tg://time?unix=1647531900&format=wDT)") ==
        date("a", when, {.day_of_week = true, .long_date = true, .long_time = true}));
  CHECK(parse_markdown("![a](tg://time?unix=1647531900&format=t)") ==
        date("a", when, {.short_time = true}));
  CHECK(parse_markdown("![a](tg://time?unix=1647531900&format=r)") ==
        date("a", when, {.relative = true}));
  CHECK(parse_markdown("![a](tg://time?unix=1647531900)") == date("a", when));
}

TEST_CASE("MarkdownV2 is nested, and two underscores are taken before one", "[text][markdown]") {
  CHECK(parse_markdown("*bold _italic bold ~strike ||hidden||~ __under italic bold___ bold*") ==
        bold("bold " +
             italic("italic bold " + strike("strike " + spoiler("hidden")) + " " +
                    underline("under italic bold")) +
             " bold"));
  CHECK(parse_markdown("___both_**__") == italic(underline("both")));
  CHECK(parse_markdown("*a _b_**_c_ d*") == bold("a " + italic("bc") + " d"));
}

TEST_CASE("quotes of MarkdownV2 are lines, and stand apart by an empty bold", "[text][markdown]") {
  auto const both = parse_markdown(">one\n>two\n**>three\n>four||\nafter");
  CHECK(both == quote("one\ntwo") + "\n" + collapsed_quote("three\nfour") + "\nafter");
  CHECK(to_markdown(both) == ">one\n>two\n**>three\n>four||\nafter");
  CHECK(parse_markdown(">a ||b||") == quote("a " + spoiler("b")));
  CHECK(parse_markdown(">a ||b||||") == collapsed_quote("a " + spoiler("b")));
  CHECK(parse_markdown(">*a\n>b*\n>```c\n>d\n>e```") ==
        quote(bold("a\nb") + "\n" + pre("d\ne", "c")));
  CHECK(parse_markdown(">a\n\n>b") == quote("a") + "\n\n" + quote("b"));
}

TEST_CASE("a backslash makes any character of ASCII one of text", "[text][markdown]") {
  std::string all;
  std::string escaped;
  for (char c = 1; c < 127; ++c) {
    all += c;
    escaped += std::string("\\") + c;
  }
  CHECK(parse_markdown(escaped) == formatted_text(all));
  CHECK(parse_markdown(escape_markdown(all)) == formatted_text(all));
  CHECK(parse_markdown("\\\u00e9\\").text() == "\\\u00e9\\");
  CHECK(parse_markdown("`a\\`b\\\\`") == code("a`b\\"));
  CHECK(parse_markdown("```\na``b\\````") == pre("a``b`"));
  CHECK(parse_markdown("[a](x.y/\\)\\\\z)") == mtp::text::link("a", "x.y/)\\z"));
}

TEST_CASE("text in brackets alone is its own address", "[text][markdown]") {
  CHECK(parse_markdown("[https://x\\.y]") == mtp::text::link("https://x.y", "https://x.y"));
}

TEST_CASE("what is wrong with MarkdownV2 is said with its line and column", "[text][markdown]") {
  for (auto const& one : std::vector<wrong>{
           {"a.", 1, 2, reserved},
           {"a\n\u00e9-", 2, 2, reserved},
           {"a | b", 1, 3, reserved},
           {"a ! b", 1, 3, reserved},
           {"a]", 1, 2, reserved},
           {"*a", 1, 3, "*"},
           {"*a _b* c_", 1, 6, "_"},
           {"`a", 1, 3, "`"},
           {"```a\nb", 2, 2, "```"},
           {"[a](x", 1, 6, ")"},
           {"![a]", 1, 5, "("},
           {"![a](x.y)", 1, 5, "(tg://emoji?id=...) or (tg://time?unix=...)"},
           {"[a [b](x.y)](x.y)", 1, 4, "] before another address"},
           {">*a\nb*", 2, 1, "*"},
           {">>a", 1, 2, reserved},
           {">`a\nb`", 2, 1, "`"},
       }) {
    INFO(one.markdown);
    try {
      (void)parse_markdown(one.markdown);
      FAIL_CHECK("it was taken");
    } catch (markup_error const& e) {
      CHECK(e.line() == one.line);
      CHECK(e.column() == one.column);
      CHECK(e.expected() == one.expected);
    }
  }
}

TEST_CASE("MarkdownV2 leaves out quotes within a line", "[text][markdown]") {
  CHECK(to_markdown("a" + quote("b")) == "ab");
  CHECK(to_markdown("a\n" + quote("b")) == "a\n>b");
  CHECK(to_markdown(bold("a\n" + quote("b") + "\nc")) == "*a*\n>*b*\n*c*");
}

TEST_CASE("loose Markdown has what people type", "[text][markdown]") {
  CHECK(parse_loose_markdown("**a** __b__ ~~c~~ ||d||") ==
        bold("a") + " " + italic("b") + " " + strike("c") + " " + spoiler("d"));
  CHECK(parse_loose_markdown("`a*b` ```c\nd```") == code("a*b") + " " + pre("d", "c"));
  CHECK(parse_loose_markdown("**a __b__**") == bold("a " + italic("b")));
  CHECK(parse_loose_markdown("[a](https://x.y/)") == mtp::text::link("a", "https://x.y/"));
  CHECK(parse_loose_markdown("[a](tg://user?id=5)") == mention("a", 5));
  CHECK(parse_loose_markdown("![a](tg://emoji?id=5)") == custom_emoji("a", 5));
  CHECK(parse_loose_markdown("![a](x.y)") == "!" + mtp::text::link("a", "x.y"));
  CHECK(parse_loose_markdown("[**a**](x.y)") == mtp::text::link(bold("a"), "x.y"));
}

TEST_CASE("what is no pair in loose Markdown stands for itself", "[text][markdown]") {
  for (std::string const plain :
       {"**a", "a**", "2*3*4", "snake_case_name", "a | b", "`a", "```a", "[a](b)", "f[0](x)",
        "[a](x y.z)", "[](x.y)", "****", "a ~ b", "C:\\dir", "](x.y)", "[a]", "!"}) {
    INFO(plain);
    CHECK(parse_loose_markdown(plain) == formatted_text(plain));
    CHECK(parse_loose_markdown(to_loose_markdown(plain)) == formatted_text(plain));
  }
  CHECK(parse_loose_markdown("**a __b** c__") == bold("a __b") + " c__");
  CHECK(parse_loose_markdown("\\**a\\**") == formatted_text("**a**"));
}
