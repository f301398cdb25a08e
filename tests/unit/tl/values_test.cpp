// SPDX-License-Identifier: MIT OR Apache-2.0
#include "support/catch.hpp"

#include <mtp/tl/service.hpp>

#include <array>
#include <deque>
#include <iomanip>
#include <sstream>
#include <string>

namespace tl = mtp::tl;

TEST_CASE("a string owns what it was made from", "[tl]") {
  std::string source = "hello";
  tl::string text = source;
  source = "other";
  CHECK(text == "hello");
  CHECK(text == std::string("hello"));
  CHECK(text.view() == "hello");
  tl::string copy = text;
  text = "changed";
  CHECK(copy == "hello");
  tl::string moved = std::move(copy);
  CHECK(moved == "hello");
  CHECK(copy.empty());
  moved = tl::string(moved);
  CHECK(moved < tl::string("help"));
  text = {};
  CHECK(text.empty());
  std::string_view const view = moved;
  CHECK(view.size() == 5);
  std::ostringstream printed;
  printed << std::setw(7) << moved << '!';
  CHECK(printed.str() == "  hello!");
}

TEST_CASE("bytes are made from texts, arrays and vectors", "[tl]") {
  std::array<std::uint8_t, 3> const raw = {'a', 'b', 'c'};
  CHECK(tl::bytes(raw) == tl::bytes("abc"));
  CHECK(tl::bytes(mtp::bytes{'a', 'b', 'c'}) == tl::bytes(std::string("abc")));
  tl::bytes const some = raw;
  CHECK(some.copy() == mtp::bytes{'a', 'b', 'c'});
}

TEST_CASE("a list is made from braces and from any range, and grows", "[tl]") {
  tl::list<std::int32_t> numbers = {1, 2, 3};
  CHECK(numbers.size() == 3);
  numbers.push_back(4);
  std::deque<int> const range = {1, 2, 3, 4};
  CHECK(numbers == tl::list<std::int32_t>(range));
  tl::list<tl::string> words = std::deque<std::string>{"a", "b"};
  for (int i = 0; i < 100; ++i) words.push_back(words[0]);
  CHECK(words.size() == 102);
  CHECK(words.back() == "a");
  auto copy = words;
  copy[0] = "z";
  CHECK(words[0] == "a");
  words = tl::list<tl::string>();
  CHECK(words.empty());
}

TEST_CASE("assigning a part of a value to the whole is legal", "[tl]") {
  tl::list<tl::list<tl::string>> nested = {{"a"}, {"b", "c"}};
  auto const expected = nested[1];
  nested[0] = nested[1];
  CHECK(nested[0] == expected);
  tl::string text = "a text that is longer than what fits in place";
  text = std::string_view(text).substr(2, 40);
  CHECK(text == "text that is longer than what fits in pl");
}
