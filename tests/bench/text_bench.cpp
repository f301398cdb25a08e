// SPDX-License-Identifier: MIT OR Apache-2.0
// How fast texts are parsed, printed and split, and whether hostile ones take longer: each is fed
// at one size and at eight times that, and the time for a byte must stay the same. A growth of 8
// would be quadratic; up to 3 is memory that outgrows the caches. Processor time; of many rounds
// the best counts. The last line is JSON.
#include "figures.hpp"

#include <mtp/text/html.hpp>
#include <mtp/text/markdown.hpp>
#include <mtp/text/split.hpp>
#include <mtp/text/styles.hpp>
#include <mtp/text/text_error.hpp>

#include <algorithm>
#include <ctime>
#include <functional>
#include <string>
#include <vector>

namespace {

using namespace mtp;
using work = std::function<void(std::string const&)>;

constexpr std::size_t small = 64 * 1024;
constexpr std::size_t large = 8 * small;

double processor_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

std::string filled(std::string const& piece, std::size_t size) {
  std::string out;
  while (out.size() < size) out += piece;
  return out;
}

/// The best time for one byte.
double seconds_a_byte(work const& once, std::string const& input, int rounds) {
  double best = 1e9;
  for (int i = 0; i < rounds; ++i) {
    auto const start = processor_seconds();
    once(input);
    best = std::min(best, processor_seconds() - start);
  }
  return best / static_cast<double>(input.size());
}

/// Whatever is wrong ends a parser early: that is fast too.
work tolerant(formatted_text (*parse)(std::string_view)) {
  return [parse](std::string const& input) {
    try {
      (void)parse(input);
    } catch (text_error const&) {}
  };
}

/// How much longer a byte takes in a text that is eight times as long.
double growth(work const& once, std::string const& piece) {
  auto const brief = seconds_a_byte(once, filled(piece, small), 15);
  auto const whole = seconds_a_byte(once, filled(piece, large), 5);
  return whole / std::max(brief, 1e-12);
}

double worst_growth(work const& once, std::vector<std::string> const& pieces) {
  double out = 0;
  for (auto const& one : pieces) out = std::max(out, growth(once, one));
  return out;
}

double mebibytes_a_second(work const& once, std::string const& input) {
  return 1 / seconds_a_byte(once, input, 10) / (1024 * 1024);
}

formatted_text sample(std::size_t size) {
  formatted_text out;
  while (out.text().size() < size)
    out += text::bold("Some words") + " of a text, " +
           text::link("a link", "https://example.org/") + ", \U0001F44D and " +
           text::code("x = 1;") + "\n" + text::quote("a quote") + "\n";
  return out;
}

}  // namespace

int main() {
  std::vector<std::string> const hostile{
      "<b>",  "<b></b>", "<b><i></b>", "&",     "&#",   "<a href=\"",  "<a x=1 y=2 ", "*",   "**",
      "_",    "__a",     "*_~||",      "[",     "[a](", "![a](",       "[a](x.y) ",   "`",   "```",
      "`a``", "||",      "\\",         ">",     "\n>",  "**>",         "```a\n",      "]( ", "<",
      "~~__", "[a](\\)", "e\u0301",    "a\n\n", "`a` ", "<pre><code>", "**a __b** ",  "\n",  " "};
  auto const html = tolerant(parse_html);
  auto const markdown = tolerant(parse_markdown);
  auto const loose = tolerant(parse_loose_markdown);
  work const split_it = [](std::string const& input) { (void)split(input); };
  auto const text = sample(small);
  work const print_html = [&](std::string const&) { (void)to_html(text); };
  work const print_markdown = [&](std::string const&) { (void)to_markdown(text); };
  bench::figures all;
  all.add("parse_html_mib_s", mebibytes_a_second(html, to_html(text)));
  all.add("parse_markdown_mib_s", mebibytes_a_second(markdown, to_markdown(text)));
  all.add("parse_loose_mib_s", mebibytes_a_second(loose, to_loose_markdown(text)));
  all.add("print_html_mib_s", mebibytes_a_second(print_html, to_html(text)));
  all.add("print_markdown_mib_s", mebibytes_a_second(print_markdown, to_markdown(text)));
  all.add("split_mib_s", mebibytes_a_second(split_it, text.text()));
  all.add("hostile_html_growth", worst_growth(html, hostile));
  all.add("hostile_markdown_growth", worst_growth(markdown, hostile));
  all.add("hostile_loose_growth", worst_growth(loose, hostile));
  all.add("hostile_split_growth", worst_growth(split_it, hostile));
  all.show();
}
