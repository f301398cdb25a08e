// SPDX-License-Identifier: MIT OR Apache-2.0
#include "support.hpp"

#include <random>

namespace {

using namespace mtp::tl::schema;

/// A part of the real schema that has everything in it, small enough to parse thousands of times.
std::string sample() {
  return "// LAYER 9\n"
         "vector#1cb5c415 {t:Type} # [ t ] = Vector t;\n"
         "int ? = Int; int128 4*[ int ] = Int128;\n"
         "boolFalse#bc799737 = Bool; boolTrue#997275b5 = Bool; /* two */\n"
         "n.item flags:# a:flags.0?true b:flags.31?Vector<n.Item> flags2:# c:flags2.7?%Int = "
         "n.Item;\n"
         "---functions---\n"
         "invokeWithLayer#da9b0d0d {X:Type} layer:int query:!X = X;\n"
         "n.get id:Vector<long> raw:bytes rest:vector<n.item> = Vector<n.Item>;\n";
}

/// What must hold for any text whatsoever.
void check(std::string const& text) {
  parsed const read = parse(text);
  position before{1, 1};
  for (auto const& one : read.problems) {
    REQUIRE(before <= one.at);
    before = one.at;
  }
  parsed const again = parse(normalise(read.schema), {.unknown_type = severity::warning});
  REQUIRE(again.schema.definitions().size() == read.schema.definitions().size());
}

TEST_CASE("the sample is good", "[schema][mutation]") {
  parsed const read = parse(sample());
  INFO(text(read.problems));
  CHECK(read.ok());
}

TEST_CASE("a text cut anywhere gives errors, never a crash", "[schema][mutation]") {
  std::string const whole = sample();
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    check(whole.substr(0, size));
    check(whole.substr(size));
  }
}

TEST_CASE("a text with any byte replaced gives errors, never a crash", "[schema][mutation]") {
  std::string const whole = sample();
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (char with :
         {'\0', ';', '=', '#', '<', '>', '{', ':', '.', '!', '%', '/', '-', '9', 'Z', '\xff'}) {
      std::string text = whole;
      text[at] = with;
      check(text);
    }
  }
}

TEST_CASE("a text with pieces moved about gives errors, never a crash", "[schema][mutation]") {
  std::mt19937 random(42);
  auto const below = [&](std::size_t limit) { return random() % limit; };
  for (int round = 0; round < 3000; ++round) {
    std::string text = sample();
    for (int change = 0; change < 4; ++change) {
      std::size_t const from = below(text.size());
      std::string const piece = text.substr(from, 1 + below(20));
      if (below(2) == 0) text.erase(from, piece.size());
      text.insert(below(text.size() + 1), piece);
    }
    check(text);
  }
}

TEST_CASE("random tokens give errors, never a crash", "[schema][mutation]") {
  static constexpr char const* words[] = {
      "a", "A", "int", "Vector", "vector", "flags", "#", "#1a", ":", ".",
      "?", "!", "%",   "<",      ">",      "{",     "}", "[",   "]", "*",
      "=", ";", ",",   "4",      "Type",   "true",  "X", "n",   "\n"};
  std::mt19937 random(7);
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (int i = 0; i < 60; ++i)
      text += std::string(words[random() % std::size(words)]) + (random() % 2 ? " " : "");
    check(text);
  }
}

}  // namespace
