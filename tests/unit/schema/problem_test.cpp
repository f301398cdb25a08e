// SPDX-License-Identifier: MIT OR Apache-2.0
#include "support.hpp"

namespace mtp::MTP_ABI::tl::schema {

bool operator==(diagnostic const& a, diagnostic const& b) {
  return a.what == b.what && a.at == b.at;
}
std::ostream& operator<<(std::ostream& out, diagnostic const& one) {
  return out << one.text() << " (" << static_cast<int>(one.what) << ')';
}

}  // namespace mtp::MTP_ABI::tl::schema

namespace {

using namespace mtp::tl::schema;

struct provoked {
  char const* text;
  problem what;
  position at;
};

constexpr provoked each_problem[] = {
    {"a = A;\n  $$ b = A;", problem::bad_character, {2, 3}},
    {"a = A; /* without end", problem::unclosed_comment, {1, 8}},
    {"a = A;\n// LAYER x", problem::bad_layer, {2, 1}},
    {"// LAYER -3", problem::bad_layer, {1, 1}},
    {"// LAYER 99999999999", problem::bad_layer, {1, 1}},
    {"// LAYER 1\n// LAYER 2", problem::bad_layer, {2, 1}},
    {"a = A;\n---values---\n", problem::bad_section, {2, 1}},
    {"a x:int y = A;", problem::unexpected_token, {1, 11}},
    {"a x int = A;", problem::unexpected_token, {1, 5}},
    {"a = ;", problem::unexpected_token, {1, 5}},
    {"a {X:Typ} = A;", problem::unexpected_token, {1, 6}},
    {"a {X Type} = A;", problem::unexpected_token, {1, 6}},
    {"= A;", problem::unexpected_token, {1, 1}},
    {"a. = A;", problem::unexpected_token, {1, 4}},
    {"a x:Vector<int = A;", problem::unexpected_token, {1, 16}},
    {"a x:flags.0 int = A;", problem::unexpected_token, {1, 13}},
    {"a 4*[ 7 ] = A;", problem::unexpected_token, {1, 7}},
    {"a 4x*[ int ] = A;", problem::unexpected_token, {1, 3}},
    {"a x:1 = A;", problem::unexpected_token, {1, 5}},
    {"a = A;\nb", problem::unexpected_end, {2, 2}},
    {"a = A", problem::unexpected_end, {1, 6}},
    {"a#123456789 = A;", problem::bad_id, {1, 2}},
    {"a#12g = A;", problem::bad_id, {1, 2}},
    {"a#0 = A;", problem::bad_id, {1, 2}},
    {"a = A;\nboolTrue#997275b6 = Bool;", problem::id_mismatch, {2, 1}},
    {"a x:int = A;\nb#4b56cb73 = B; c#4b56cb73 = B;", problem::id_mismatch, {2, 1}},
    {"a = A;\n a x:int = B;", problem::duplicate_name, {2, 2}},
    {"a x:int y:int x:long = A;", problem::duplicate_field, {1, 15}},
    {"---functions--- f {X:Type} {X:Type} q:!X = X;", problem::duplicate_variable, {1, 29}},
    {"a x:flags.0?int = A;", problem::unknown_flag_word, {1, 5}},
    {"a x:flags.0?int flags:# = A;", problem::unknown_flag_word, {1, 5}},
    {"a flags:int x:flags.0?int = A;", problem::unknown_flag_word, {1, 15}},
    {"a flags:# x:flags.32?int = A;", problem::bit_out_of_range, {1, 19}},
    {"a flags:# x:flags.4294967296?int = A;", problem::bit_out_of_range, {1, 19}},
    {"a flags:# x:flags.1a?int = A;", problem::bit_out_of_range, {1, 19}},
    {"a x:Nothing = A;", problem::unknown_type, {1, 5}},
    {"a x:Vector<Nothing> = A;", problem::unknown_type, {1, 12}},
    {"a x:nothing = A;", problem::unknown_type, {1, 5}},
    {"a x:%Nothing = A;", problem::unknown_type, {1, 5}},
    {"---functions--- f = Nothing;", problem::unknown_type, {1, 21}},
    {"---functions--- f q:!X = Bool;", problem::unknown_variable, {1, 21}},
    {"a = A; b = A; c x:%A = C;", problem::ambiguous_bare_type, {1, 19}},
    {"a x:Vector = A;", problem::bad_arguments, {1, 5}},
    {"a x:vector y:int = A;", problem::bad_arguments, {1, 5}},
    {"a x:Vector<int,long> = A;", problem::bad_arguments, {1, 5}},
    {"a x:int<long> = A;", problem::bad_arguments, {1, 5}},
    {"a x:Vector<#> = A;", problem::bad_arguments, {1, 12}},
    {"Big = A;", problem::bad_name, {1, 1}},
    {"a = small;", problem::bad_name, {1, 5}},
    {"a = Vector<int>;", problem::bad_name, {1, 5}},
    {"---functions--- f {X:Type} q:!X = !X;", problem::bad_name, {1, 35}},
    {"---functions--- f = int;", problem::bad_name, {1, 21}},
};

TEST_CASE("parser names every problem and where it stands", "[schema][problem]") {
  for (auto const& [text, what, at] : each_problem) {
    parsed const read = parse(text, {.file = "x.tl"});
    INFO(text << '\n' << mtp::tl::schema::text(read.problems));
    REQUIRE_FALSE(read.problems.empty());
    CHECK(read.problems.front().what == what);
    CHECK(read.problems.front().at == at);
    CHECK(read.problems.front().level == severity::error);
    CHECK_FALSE(read.ok());
    if (what != problem::id_mismatch) CHECK(read.problems.size() == 1);
  }
}

TEST_CASE("parser finds two declarations with one id", "[schema][problem]") {
  parsed const read = parse("a#997275b5 = A;\nb#997275b5 = A;", {.id_mismatch = severity::warning});
  REQUIRE(read.problems.size() == 3);
  CHECK(read.problems[2].what == problem::duplicate_id);
  CHECK(read.problems[2].at == position{2, 1});
  CHECK(read.schema.definitions().size() == 1);
}

TEST_CASE("parser refuses types nested beyond any use", "[schema][problem]") {
  std::string text = "a x:";
  for (int i = 0; i < 100000; ++i) text += "Vector<";
  parsed const read = parse(text + "int;");
  REQUIRE(read.problems.size() == 1);
  CHECK(read.problems[0].what == problem::too_deep);
}

TEST_CASE("a declaration has no more fields than can be looked through quickly", "[schema]") {
  auto const with_fields = [](int count) {
    std::string text = "a";
    for (int i = 0; i < count; ++i) text += " f" + std::to_string(i) + ":int";
    return parse(text + " = A;");
  };
  CHECK(with_fields(1000).ok());
  auto const read = with_fields(100'000);
  REQUIRE(read.problems.size() == 1);
  CHECK(read.problems[0].what == problem::too_long);
  std::string variables = "---functions--- f";
  for (int i = 0; i < 1001; ++i) variables += " {X" + std::to_string(i) + ":Type}";
  CHECK(parse(variables + " = Bool;").problems[0].what == problem::too_long);
}

TEST_CASE("parser finds all problems of a text in one run, in order", "[schema][problem]") {
  parsed const read = parse(
      "a x:flags.0?int = A;\n"
      "b = A;\n"
      "c x:Missing y:Absent = C;\n"
      "d x: = D;\n"
      "boolTrue#1 = Bool;\n"
      "e = A; $ f = A;\n",
      {.file = "t.tl"});
  CHECK((read.problems == std::vector<diagnostic>{
                              {problem::unknown_flag_word, severity::error, "", {1, 5}, ""},
                              {problem::unknown_type, severity::error, "", {3, 5}, ""},
                              {problem::unknown_type, severity::error, "", {3, 15}, ""},
                              {problem::unexpected_token, severity::error, "", {4, 6}, ""},
                              {problem::id_mismatch, severity::error, "", {5, 1}, ""},
                              {problem::bad_character, severity::error, "", {6, 8}, ""},
                          }));
  CHECK(read.schema.find_constructor("b") != nullptr);
  CHECK(read.schema.find_constructor("f") != nullptr);
  CHECK(read.schema.find_constructor("c") == nullptr);
}

TEST_CASE("a broken declaration causes no second error where its type is used",
          "[schema][problem]") {
  parsed const read = parse("a x:int y = help.A;\nb x:help.A y:Vector<help.A> = B;\nc z:a = C;");
  CHECK(read.problems.size() == 1);
}

TEST_CASE("parser goes on behind the next semicolon or section", "[schema][problem]") {
  parsed const read = parse("a x = A;; b = B;\nc x\n---functions---\nf = B;");
  CHECK(read.problems.size() == 3);
  CHECK(read.schema.find_constructor("b") != nullptr);
  CHECK(read.schema.find_function("f") != nullptr);
}

TEST_CASE("a strange schema may keep its ids and its missing types, with warnings",
          "[schema][problem]") {
  parsed const read = parse("a#5 x:Missing = A;",
                            {.id_mismatch = severity::warning, .unknown_type = severity::warning});
  CHECK(read.problems.size() == 2);
  CHECK(read.ok());
  REQUIRE(read.schema.find_id(5) != nullptr);
}

TEST_CASE("a diagnostic prints as compilers print", "[schema][problem]") {
  parsed const read = parse("a = A;\nb x:Missing = A;", {.file = "tl/x.tl"});
  REQUIRE(read.problems.size() == 1);
  CHECK(read.problems[0].text() == "tl/x.tl:2:5: error: nothing here makes a `Missing`");
  CHECK(text(read.problems) == read.problems[0].text() + "\n");
}

}  // namespace
