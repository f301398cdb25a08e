// SPDX-License-Identifier: MIT OR Apache-2.0
#include "support.hpp"

namespace {

using namespace mtp::tl::schema;
using mtp::test::parse_good;

TEST_CASE("a definition prints as one line with an id of eight digits", "[schema][print]") {
  document const read =
      parse_good("b x:int = n.B; a flags:#\n t:flags.0?true  v:flags.1?Vector<%n.B>\n = A;");
  definition const& one = *read.find_constructor("a");
  std::string const printed = print(one);
  CHECK(printed.substr(0, 2) == "a#");
  CHECK(printed.substr(10) == " flags:# t:flags.0?true v:flags.1?Vector<%n.B> = A;");
}

TEST_CASE("TL's own types print as they are written", "[schema][print]") {
  CHECK(print(mtp::test::parse_one("vector {t:Type} # [t] = Vector t;")) ==
        "vector#1cb5c415 {t:Type} # [ t ] = Vector t;");
  CHECK(print(mtp::test::parse_one("int ?=Int;")) == "int#a8509bda ? = Int;");
  CHECK(print(mtp::test::parse_one("int128 4*[int]=Int128;")).substr(15) == " 4*[ int ] = Int128;");
}

TEST_CASE("a function with type variables prints them", "[schema][print]") {
  CHECK(print(mtp::test::parse_one(
            "---functions--- invokeWithLayer {X:Type} layer:int query:!X = X;")) ==
        "invokeWithLayer#da9b0d0d {X:Type} layer:int query:!X = X;");
}

TEST_CASE("what is printed parses to the same declaration", "[schema][print]") {
  document const first = parse_good(mtp::test::read_schema_file("api.tl"));
  std::string text;
  for (auto const& one : first.definitions()) {
    text += one.is_function() ? "---functions---\n" : "---types---\n";
    text += print(one) + '\n';
  }
  document const again = parse_good(text);
  REQUIRE(again.definitions().size() == first.definitions().size());
  for (std::size_t i = 0; i < first.definitions().size(); ++i) {
    REQUIRE(print(again[i]) == print(first[i]));
    REQUIRE(again[i].name == first[i].name);
    REQUIRE(again[i].section == first[i].section);
    REQUIRE(same(again[i].result, first[i].result));
  }
}

TEST_CASE("a normalised text has its own order", "[schema][print]") {
  document const read = parse_good(
      "n.c = n.C; b = B; a2 = A; // LAYER 3\n---functions---\nz = A; n.f = B; a = "
      "A;\n---types---\na1 x:int = A;");
  std::string const text = normalise(read, {"ours"});
  auto const at = [&](std::string const& what) { return text.find(what); };
  CHECK(text.starts_with("// LAYER 3\n// ours\n\na1#"));
  CHECK(at("a1#") < at("a2#"));
  CHECK(at("a2#") < at("\nb#"));
  CHECK(at("\nb#") < at("\n\nn.c#"));
  CHECK(at("n.c#") < at("\n\n---functions---\n\na#"));
  CHECK(at("\nz#") < at("\n\nn.f#"));
  CHECK(text.find('\r') == text.npos);
  CHECK(text.back() == '\n');
}

TEST_CASE("normalising twice changes nothing", "[schema][print]") {
  std::string const text = mtp::test::read_schema_file("api.tl");
  CHECK(normalise(parse_good(text)) == text);
}

}  // namespace
