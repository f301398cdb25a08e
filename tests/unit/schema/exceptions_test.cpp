// SPDX-License-Identifier: MIT OR Apache-2.0
#include "support.hpp"

namespace {

using namespace mtp::tl::schema;

TEST_CASE("a list of exceptions says name, id and reason", "[schema][exceptions]") {
  exception_list const list = parse_exceptions("// why\n\n help.a#5 it is old \r\nb#00ff x\n", "e");
  CHECK(list.problems.empty());
  REQUIRE(list.entries.size() == 2);
  CHECK(list.entries[0].name == "help.a");
  CHECK(list.entries[0].id == 5);
  CHECK(list.entries[0].reason == "it is old");
  CHECK(list.entries[0].at.line == 3);
  CHECK(list.entries[1].id == 0xff);
}

TEST_CASE("a line of the list that says nothing is an error", "[schema][exceptions]") {
  for (char const* line :
       {"a", "a#5", "a#5 ", "#5 why", "a #5 why", "a#g why", "a#123456789 why"}) {
    exception_list const list = parse_exceptions(std::string("\n") + line, "e");
    INFO(line);
    REQUIRE(list.problems.size() == 1);
    CHECK(list.problems[0].what == problem::bad_exception);
    CHECK(list.problems[0].text().substr(0, 12) == "e:2:1: error");
    CHECK(list.entries.empty());
  }
}

TEST_CASE("an excepted id holds, and only that one", "[schema][exceptions]") {
  auto const list = parse_exceptions("a#5 it is old", "e").entries;
  parsed const good = parse("a#5 = A;", {.exceptions = list});
  CHECK(good.problems.empty());
  CHECK(good.schema.find_id(5) != nullptr);
  parsed const bad = parse("a#6 = A;", {.exceptions = list, .exceptions_file = "e"});
  REQUIRE(bad.problems.size() == 2);
  CHECK(bad.problems[0].what == problem::id_mismatch);
  CHECK(bad.problems[1].what == problem::needless_exception);
  CHECK(bad.problems[1].file == "e");
}

TEST_CASE("an exception that nothing needs is an error", "[schema][exceptions]") {
  auto const list = parse_exceptions("boolTrue#997275b5 just so", "e").entries;
  parsed const read =
      parse("boolTrue#997275b5 = Bool;", {.exceptions = list, .exceptions_file = "e"});
  REQUIRE(read.problems.size() == 1);
  CHECK(read.problems[0].what == problem::needless_exception);
  CHECK(read.problems[0].at.line == 1);
}

}  // namespace
