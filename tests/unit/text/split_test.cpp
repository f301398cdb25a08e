// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/text/split.hpp>

#include <mtp/core/error.hpp>
#include <mtp/text/styles.hpp>
#include <support/catch.hpp>

#include <string>

using namespace mtp;
using namespace mtp::text;

namespace {

std::vector<std::string> texts(std::vector<formatted_text> const& of) {
  std::vector<std::string> out;
  for (auto const& one : of) out.push_back(one.text());
  return out;
}

using strings = std::vector<std::string>;

std::string times(int count, std::string const& what) {
  std::string out;
  for (; count > 0; --count) out += what;
  return out;
}

}  // namespace

TEST_CASE("a text within the limits stays as it is", "[text][split]") {
  auto const all = split(bold("a") + " b ");
  REQUIRE(all.size() == 1);
  CHECK(all[0] == bold("a") + " b ");
  CHECK(split("").empty());
  CHECK(split(" \n ").empty());
  CHECK(split(times(4096, "x")).size() == 1);
  CHECK(split(times(4097, "x")).size() == 2);
  CHECK(split(times(2049, "\U0001F44D")).size() == 2);
  CHECK(split(times(1025, "x"), text_limits::caption()).size() == 2);
}

TEST_CASE("a text is cut at an empty line, a line's end or a blank, whichever is best",
          "[text][split]") {
  CHECK(texts(split("one two\n\nthree\nfour", {.max_size = 16})) ==
        strings{"one two", "three\nfour"});
  CHECK(texts(split("one two\nthree four", {.max_size = 14})) == strings{"one two", "three four"});
  CHECK(texts(split("one two three", {.max_size = 9})) == strings{"one two", "three"});
  CHECK(texts(split("onetwothree", {.max_size = 9})) == strings{"onetwothr", "ee"});
  // An empty line near the beginning would waste the rest.
  CHECK(texts(split("a\n\nbcd efg", {.max_size = 8})) == strings{"a\n\nbcd", "efg"});
  CHECK(texts(split("one  \n  two", {.max_size = 6})) == strings{"one", "  two"});
}

TEST_CASE("no grapheme is divided that fits", "[text][split]") {
  std::string const family = "\U0001F468\u200D\U0001F469\u200D\U0001F467";  // 8 units
  CHECK(texts(split(times(3, family), {.max_size = 10})) == strings{family, family, family});
  std::string const flag = "\U0001F1E9\U0001F1EA";
  CHECK(texts(split(times(3, flag), {.max_size = 6})) == strings{flag, flag, flag});
  CHECK(texts(split("xe\u0301y", {.max_size = 2})) == strings{"x", "e\u0301", "y"});
  CHECK(texts(split("x\r\ny", {.max_size = 2})) == strings{"x", "y"});
  // One that is beyond the limit is.
  CHECK(split("e" + times(20, "\u0301"), {.max_size = 5}).size() == 5);
  CHECK(texts(split("\U0001F44D\U0001F44D", {.max_size = 3})) ==
        strings{"\U0001F44D", "\U0001F44D"});
}

TEST_CASE("no part is divided that fits into a text of its own", "[text][split]") {
  auto const all = split("12345678 " + mtp::text::link("a link here", "x.y"), {.max_size = 16});
  REQUIRE(all.size() == 2);
  CHECK(all[0] == formatted_text("12345678"));
  CHECK(all[1] == mtp::text::link("a link here", "x.y"));
  // A link is worth more than bold letters around it.
  auto const crossed =
      split(bold("ab cd ef " + mtp::text::link("gh ij kl", "x.y")), {.max_size = 12});
  CHECK(texts(crossed) == strings{"ab cd ef", "gh ij kl"});
}

TEST_CASE("a part that is too long goes on in the next text", "[text][split]") {
  auto const all = split("x " + pre("line one\nline two\nline three", "c"), {.max_size = 20});
  REQUIRE(all.size() == 2);
  CHECK(all[0] == "x " + pre("line one\nline two", "c").slice(0));
  CHECK(all[1] == pre("line three", "c"));
}

TEST_CASE("no text has more parts than are allowed", "[text][split]") {
  formatted_text many;
  for (int i = 0; i < 250; ++i) many += bold("x") + " ";
  auto const all = split(many);
  REQUIRE(all.size() == 3);
  CHECK(all[0].entities().size() == 100);
  CHECK(all[1].entities().size() == 100);
  CHECK(all[2].entities().size() == 50);
  auto const nested = split(bold(italic(strike("abc"))), {.max_entities = 2});
  REQUIRE(nested.size() == 1);
  CHECK(nested[0] == bold(italic("abc")));
}

TEST_CASE("limits that leave room for nothing are refused", "[text][split]") {
  for (text_limits const wrong : {text_limits{.max_size = 1}, text_limits{.max_entities = 0}}) {
    try {
      (void)split("x", wrong);
      FAIL_CHECK("they were taken");
    } catch (error const& e) {
      CHECK(e.code() == client_errc::bad_argument);
    }
  }
}
