// SPDX-License-Identifier: MIT OR Apache-2.0
#include "support.hpp"

namespace {

using namespace mtp::tl::schema;
using mtp::test::parse_good;
using mtp::test::parse_one;

TEST_CASE("parser reads name, id, fields and type of a constructor", "[schema][parse]") {
  definition const one = parse_one("\n  help.point lat:double tag:string = help.Point;");
  CHECK((one.name == qualified_name{"help", "point"}));
  CHECK(one.full_name() == "help.point");
  CHECK(one.section == category::type);
  CHECK(one.result.kind == type_kind::boxed);
  CHECK((one.result.name == qualified_name{"help", "Point"}));
  REQUIRE(one.fields.size() == 2);
  CHECK(one.fields[1].name == "tag");
  CHECK(one.fields[1].type.kind == type_kind::string);
  CHECK((one.at == position{2, 3}));
  CHECK((one.fields[0].at == position{2, 14}));
  CHECK((one.fields[0].type.at == position{2, 18}));
}

TEST_CASE("parser pads short ids on the left", "[schema][parse]") {
  auto const read = parse({"a#f49ca0 = A;"}, {.id_mismatch = severity::warning});
  REQUIRE(read.schema.definitions().size() == 1);
  CHECK(read.schema[0].id == 0x00f49ca0);
  CHECK(read.schema[0].printed_id == 0x00f49ca0u);
}

TEST_CASE("parser knows every builtin type", "[schema][parse]") {
  definition const one = parse_one(
      "a f:# i:int l:long d:double x:int128 y:int256 s:string b:bytes o:Bool t:f.0?true r:true "
      "v:Vector<int> w:vector<A> q:Object = A;");
  std::vector<type_kind> kinds;
  for (auto const& each : one.fields) kinds.push_back(each.type.kind);
  CHECK((kinds == std::vector{type_kind::flag_word, type_kind::int32, type_kind::int64,
                              type_kind::float64, type_kind::int128, type_kind::int256,
                              type_kind::string, type_kind::bytes, type_kind::boolean,
                              type_kind::truth, type_kind::truth, type_kind::vector,
                              type_kind::vector, type_kind::object}));
  CHECK(one.fields[9].is_flag());
  CHECK_FALSE(one.fields[10].is_flag());
}

TEST_CASE("parser tells boxed vectors and elements from bare ones", "[schema][parse]") {
  document const read = parse_good(
      "b x:int = B; a u:Vector<B> v:vector<b> w:Vector<%B> x:Vector<Vector<long>> y:Vector long = "
      "A;");
  auto const& fields = read.find_constructor("a")->fields;
  REQUIRE(fields.size() == 5);
  CHECK_FALSE(fields[0].type.bare);
  CHECK(fields[0].type.element().kind == type_kind::boxed);
  CHECK(fields[1].type.bare);
  CHECK(fields[1].type.element().kind == type_kind::constructor);
  CHECK_FALSE(fields[1].type.element().percent);
  CHECK(fields[2].type.element().kind == type_kind::constructor);
  CHECK(fields[2].type.element().percent);
  CHECK(fields[3].type.element().element().kind == type_kind::int64);
  CHECK(fields[4].type.element().kind == type_kind::int64);
  CHECK(read.resolve_bare(fields[1].type.element()) == read.find_constructor("b"));
  CHECK(read.resolve_bare(fields[2].type.element()) == read.find_constructor("b"));
}

TEST_CASE("parser reads several flag words and their conditions", "[schema][parse]") {
  definition const one =
      parse_one("a flags:# x:flags.31?int flags2:# y:flags2.0?true z:flags.4?int = A;");
  REQUIRE(one.fields.size() == 5);
  CHECK(one.fields[0].is_flag_word());
  CHECK(one.fields[1].when->word == "flags");
  CHECK(one.fields[1].when->word_index == 0);
  CHECK(one.fields[1].when->bit == 31);
  CHECK(one.fields[3].when->word_index == 2);
  CHECK(one.fields[4].when->word_index == 0);
}

TEST_CASE("parser reads type variables and calls of them", "[schema][parse]") {
  definition const one = parse_one("---functions--- wrap {X:Type} {Y:Type} query:!X other:Y = X;");
  CHECK((one.variables == std::vector<std::string>{"X", "Y"}));
  CHECK(one.fields[0].type.kind == type_kind::function);
  CHECK(one.fields[0].type.name.name == "X");
  CHECK(one.fields[1].type.kind == type_kind::variable);
  CHECK(one.result.kind == type_kind::variable);
}

TEST_CASE("parser reads the declarations of TL's own types", "[schema][parse]") {
  CHECK(parse_one("int ? = Int;").form == body_form::opaque);
  definition const tuple = parse_one("int128 4*[ int ] = Int128;");
  CHECK(tuple.form == body_form::tuple);
  CHECK(tuple.tuple_size == 4);
  CHECK(tuple.element == "int");
  definition const counted = parse_one("vector {t:Type} # [ t ] = Vector t;");
  CHECK(counted.form == body_form::counted);
  CHECK_FALSE(counted.is_record());
  CHECK(counted.result.kind == type_kind::vector);
}

TEST_CASE("parser does not mind how declarations are laid out", "[schema][parse]") {
  document const read = parse_good("a = A; b // why not\n x:int /* and */ y : long\n=\nB\n;c=A;");
  CHECK(read.definitions().size() == 3);
  CHECK(read.find_constructor("b")->fields.size() == 2);
  CHECK((read.find_constructor("c")->at == position{5, 2}));
}

TEST_CASE("parser follows sections back and forth", "[schema][parse]") {
  document const read =
      parse_good("a = A;\n---functions---\nf = A;\n---types---\nb = A;\n---functions---\ng = A;");
  CHECK((read.counts() == counts{2, 2, 1}));
  CHECK(read.find_function("g") != nullptr);
  CHECK(read.find_constructor("g") == nullptr);
}

TEST_CASE("parser accepts one name as constructor and as function", "[schema][parse]") {
  document const read = parse_good("a = A; ---functions--- a x:int = A;");
  CHECK(read.find_constructor("a") != read.find_function("a"));
}

TEST_CASE("parser accepts an empty text", "[schema][parse]") {
  CHECK(parse_good("").definitions().empty());
  CHECK(parse_good(" \n// nothing\n").layer() == 0);
}

}  // namespace
