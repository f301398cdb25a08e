// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The cases are those that https://core.telegram.org/bots/api#html-style describes.
#include <mtp/text/html.hpp>

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
  std::string html;
  std::size_t line;
  std::size_t column;
  std::string expected;
};

std::string repeated(int count, std::string const& what) {
  std::string out;
  for (; count > 0; --count) out += what;
  return out;
}

}  // namespace

TEST_CASE("HTML has the tags of the Bot API", "[text][html]") {
  CHECK(parse_html("<b>a</b>, <strong>a</strong>") == bold("a") + ", " + bold("a"));
  CHECK(parse_html("<i>a</i>, <em>a</em>") == italic("a") + ", " + italic("a"));
  CHECK(parse_html("<u>a</u>, <ins>a</ins>") == underline("a") + ", " + underline("a"));
  CHECK(parse_html("<s>a</s>, <strike>a</strike>, <del>a</del>") ==
        strike("a") + ", " + strike("a") + ", " + strike("a"));
  CHECK(parse_html("<span class=\"tg-spoiler\">a</span>, <tg-spoiler>a</tg-spoiler>") ==
        spoiler("a") + ", " + spoiler("a"));
  CHECK(parse_html("<a href=\"http://www.example.com/\">a</a>") ==
        mtp::text::link("a", "http://www.example.com/"));
  CHECK(parse_html("<a href=\"tg://user?id=123456789\">a</a>") == mention("a", 123456789));
  CHECK(parse_html("<tg-emoji emoji-id=\"5368324170671202286\">\U0001F44D</tg-emoji>") ==
        custom_emoji("\U0001F44D", 5368324170671202286));
  CHECK(parse_html("<code>a</code>") == code("a"));
  CHECK(parse_html("<pre>a</pre>") == pre("a"));
  CHECK(parse_html("<pre><code class=\"language-python\">a</code></pre>") == pre("a", "python"));
  CHECK(parse_html("<blockquote>a\nb</blockquote>") == quote("a\nb"));
  CHECK(parse_html("<blockquote expandable>a\nb</blockquote>") == collapsed_quote("a\nb"));
}

TEST_CASE("HTML has moments in each form", "[text][html]") {
  std::chrono::sys_seconds const when(1647531900s);
  auto const time = [](std::string const& letters) {
    return parse_html("<tg-time unix=\"1647531900\"" + letters + ">a</tg-time>");
  };
  CHECK(time("") == date("a", when));
  CHECK(time(" format=\"r\"") == date("a", when, {.relative = true}));
  CHECK(time(" format=\"t\"") == date("a", when, {.short_time = true}));
  CHECK(time(" format=\"wDT\"") ==
        date("a", when, {.day_of_week = true, .long_date = true, .long_time = true}));
  CHECK(time(" format=\"dt\"") == date("a", when, {.short_date = true, .short_time = true}));
  CHECK(to_html(time(" format='wDT'")) ==
        "<tg-time unix=\"1647531900\" format=\"wDT\">a</tg-time>");
}

TEST_CASE("HTML is nested", "[text][html]") {
  auto const nested = parse_html(
      "<b>bold <i>italic <s>strike <span class=\"tg-spoiler\">hidden</span></s> <u>under</u></i> "
      "b</b>");
  CHECK(nested ==
        bold("bold " +
             italic("italic " + strike("strike " + spoiler("hidden")) + " " + underline("under")) +
             " b"));
  CHECK(parse_html(to_html(nested)) == nested);
  CHECK(parse_html("<pre>a<code class=\"language-c\">b</code></pre>") == pre("ab"));
  CHECK(parse_html("<pre><code class=\"language-c\">a</code>b</pre>") == pre("ab"));
}

TEST_CASE("characters have names and numbers in HTML, and others stand for themselves",
          "[text][html]") {
  CHECK(parse_html("&lt;&gt;&amp;&quot;").text() == "<>&\"");
  CHECK(parse_html("&#65;&#x42;&#X43;&#128077;").text() == "ABC\U0001F44D");
  CHECK(parse_html("a & b &nbsp; &#0; &#xD800; &#x110000; &#; &lt").text() ==
        "a & b &nbsp; &#0; &#xD800; &#x110000; &#; &lt");
  CHECK(parse_html("<a href='x.y?a=1&amp;b=\"2\"'>l</a>") ==
        mtp::text::link("l", "x.y?a=1&b=\"2\""));
  CHECK(to_html("<a & \"b\">") == "&lt;a &amp; &quot;b&quot;&gt;");
}

TEST_CASE("tags are read in any case, their attributes with any quotation marks", "[text][html]") {
  CHECK(parse_html("<B>a</b >") == bold("a"));
  CHECK(parse_html("<a id=5 HREF = 'x.y' >l</A>") == mtp::text::link("l", "x.y"));
  CHECK(parse_html("<a>https://x.y</a>") == mtp::text::link("https://x.y", "https://x.y"));
  CHECK(parse_html("<b></b>x") == formatted_text("x"));
}

TEST_CASE("the address of a mention may have an access hash", "[text][html]") {
  auto const known = mention("a", 5, -2);
  CHECK(to_html(known) == "<a href=\"tg://user?id=5&amp;hash=fffffffffffffffe\">a</a>");
  CHECK(parse_html(to_html(known)) == known);
}

TEST_CASE("what is wrong with HTML is said with its line and column", "[text][html]") {
  for (auto const& one : std::vector<wrong>{
           {"a\n\u00e9<b>c", 2, 6, "</b>"},
           {"<b>a</i>", 1, 5, "</b>"},
           {"a</b>", 1, 2, "text, since no tag is open"},
           {"<script>", 1, 1, "a tag that Telegram knows"},
           {"a < b", 1, 4, "the name of a tag, or &lt;"},
           {"<b", 1, 3, "> or the name of an attribute"},
           {"<a href=\"x", 1, 11, "\""},
           {"<a href=>", 1, 9, "the value of an attribute"},
           {"<span>a</span>", 1, 1, "the attribute class"},
           {"<span class=\"x\">a</span>", 1, 1, "the class tg-spoiler"},
           {"<tg-emoji>a</tg-emoji>", 1, 1, "the attribute emoji-id"},
           {"<tg-emoji emoji-id=\"x\">a</tg-emoji>", 1, 11, "the number of an emoji"},
           {"<tg-time unix=\"99999999999\">a</tg-time>", 1, 10, "seconds since 1970"},
           {"<tg-time unix=\"1\" format=\"rt\">a</tg-time>", 1, 19,
            "a form of dates, like r or wDT"},
       }) {
    INFO(one.html);
    try {
      (void)parse_html(one.html);
      FAIL_CHECK("it was taken");
    } catch (markup_error const& e) {
      CHECK(e.code() == text_errc::bad_markup);
      CHECK(e.line() == one.line);
      CHECK(e.column() == one.column);
      CHECK(e.expected() == one.expected);
      CHECK(std::string(e.what()).find("expected " + one.expected) != std::string::npos);
    }
  }
}

TEST_CASE("HTML is nested as deep as is said, and no deeper", "[text][html]") {
  int const most = static_cast<int>(max_markup_depth);
  CHECK(parse_html(repeated(most, "<b>") + "a" + repeated(most, "</b>")) == bold("a"));
  try {
    (void)parse_html(repeated(100'000, "<b>"));
    FAIL_CHECK("it was taken");
  } catch (markup_error const& e) {
    CHECK(e.code() == text_errc::too_deep);
  }
}

TEST_CASE("HTML divides what crosses", "[text][html]") {
  formatted_text const crossing("abc",
                                {{{entity_kind::bold}, 0, 2}, {{entity_kind::italic}, 1, 2}});
  CHECK(to_html(crossing) == "<b>a<i>b</i></b><i>c</i>");
  formatted_text const link("abc",
                            {{{entity_kind::bold}, 0, 2}, {{entity_kind::link, "x.y"}, 1, 2}});
  CHECK(to_html(link) == "<b>a</b><a href=\"x.y\"><b>b</b>c</a>");
}

TEST_CASE("HTML leaves out what servers find", "[text][html]") {
  formatted_text const found("#a", {{{entity_kind::hashtag}, 0, 2}});
  CHECK(to_html(found) == "#a");
}
