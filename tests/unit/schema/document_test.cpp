// SPDX-License-Identifier: MIT OR Apache-2.0
#include "support.hpp"

namespace {

using namespace mtp::tl::schema;
using mtp::test::parse_good;

TEST_CASE("a document finds declarations by id and by name", "[schema][document]") {
  document const read =
      parse_good("boolFalse = Bool; help.a = help.A; ---functions--- help.get = help.A;");
  REQUIRE(read.find_id(0xbc799737) != nullptr);
  CHECK(read.find_id(0xbc799737)->name.name == "boolFalse");
  CHECK(read.find_id(1) == nullptr);
  CHECK(read.find_constructor("help.a") == &read[1]);
  CHECK(read.find_function("help.get") == &read[2]);
  CHECK(read.find_function("help.a") == nullptr);
  CHECK(read.index_of(*read.find_function("help.get")) == 2);
}

TEST_CASE("a document lists the constructors of a type in the order of the text",
          "[schema][document]") {
  document const read = parse_good("a = B; b = A; c = B; ---functions--- f = B;");
  boxed_type const* const type = read.find_type("B");
  REQUIRE(type != nullptr);
  CHECK((type->constructors == std::vector<std::size_t>{0, 2}));
  CHECK(read.find_type("C") == nullptr);
  REQUIRE(read.types().size() == 2);
  CHECK(read.types()[0].name.name == "B");
  CHECK((read.counts() == counts{3, 1, 2}));
}

TEST_CASE("a document resolves bare types", "[schema][document]") {
  document const read = parse_good("a = A; b = B; c = B; d x:a y:%A = D;");
  auto const& fields = read.find_constructor("d")->fields;
  CHECK(read.resolve_bare(fields[0].type) == &read[0]);
  CHECK(read.resolve_bare(fields[1].type) == &read[0]);
}

TEST_CASE("a copy of a document is a document of its own", "[schema][document]") {
  document copy;
  {
    document const original = parse_good("a = A; b = A;");
    copy = original;
  }
  CHECK(copy.find_constructor("b") == &copy[1]);
}

}  // namespace
